// A language that nobody speaks: every word is longer, and every sentence stands between brackets. What has none was not taken from a table.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { readWords } from "../../pkg/words.mjs";
import { root } from "./sandbox.mjs";

export const PSEUDO = "en-x-pseudo";
const LETTERS = { a: "á", c: "ç", e: "ë", h: "ħ", i: "ï", n: "ñ", o: "ö", s: "š", t: "ţ", u: "û", A: "Á", C: "Ç", E: "Ë", S: "Š", T: "Ţ" };

/** Each word 40 % longer, placeholders as they are. */
function longer(sentence) {
  return sentence.replace(/\{\w+\}|[\p{L}\p{N}]+/gu, (word) => word.startsWith("{") ? word
    : Array.from(word, (letter) => LETTERS[letter] ?? letter).join("") + "·".repeat(Math.ceil(word.length * 0.4)));
}

/** What the user, the server and the descriptors say has brackets of its own. */
export const theirs = (text) => `⟪${text}⟫`;

/** Every sentence of the element. */
const english = readWords(path.join(root, "locales")).languages.get("en");
export const words = Object.fromEntries(Object.entries(english).map(([key, sentence]) => [key, sentence && `⟦${longer(sentence)}⟧`]));

/** The words for every text of these API bundles, each for wherever it stands. */
export async function textsOf(...bundles) {
  const found = {};
  const note = (text) => { if (typeof text === "string") found[`/${text}`] = theirs(longer(text)); };
  const walk = (node) => {
    if (typeof node !== "object" || !node) return;
    for (const [name, value] of Object.entries(node)) {
      if (["title", "label", "help", "unit", "row", "say"].includes(name)) note(value);
      if (name === "options" && Array.isArray(value)) for (const one of value) note(one?.value ?? one);
      walk(value);
    }
  };
  for (const bundle of bundles) walk(JSON.parse(await readFile(path.join(root, bundle), "utf8")));
  return found;
}

/** Texts and names in an element that are in no brackets and hold a letter or a digit, or that were put into a sentence as they are in English. */
export function bare(locator) {
  return locator.evaluate((top) => {
    const said = [];
    const visible = (node) => node.checkVisibility({ visibilityProperty: true });
    const texts = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    // What is typed, and the string that the fields make, are nobody's words; options of a list of suggestions are values.
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (visible(text.parentElement) && !text.parentElement.closest("textarea, code, datalist")) said.push(text.data);
    }
    for (const node of [top, ...top.querySelectorAll("*")]) {
      if (!visible(node)) continue;
      for (const name of ["aria-label", "aria-description", "aria-roledescription", "title", "alt"]) said.push(node.getAttribute(name) ?? "");
      // The placeholder of a field is an example of its descriptor.
      if (!node.closest("[data-field]")) said.push(node.getAttribute("placeholder") ?? "");
    }
    const inner = /⟦[^⟦⟧⟪⟫]*⟧|⟪[^⟦⟧⟪⟫]*⟫/gu;
    return said.filter((text) => {
      let rest = text;
      let plain = false;
      while (inner.test(rest)) {
        rest = rest.replace(inner, (part) => {
          // A word that is not longer comes from elsewhere; addresses, units, file types, places in a connection string and what Intl
          // puts into a list are no words of ours.
          const own = part.replace(/https?:\/\/[^\s⟧]+|\b(kB|and|or)\b/g, "");
          plain ||= part.startsWith("⟦") && /(?<![.\/_\p{L}\p{N}-])\p{L}{2,}(?![\p{L}\p{N}·\/_-])/u.test(own);
          return "";
        });
      }
      return plain || /[\p{L}\p{N}]/u.test(rest);
    });
  });
}

/** What does not fit where it stands: texts that are cut off, and parts that stand out of the element or of the page. */
export function crowded(locator) {
  return locator.evaluate((top) => {
    const wrong = [];
    const { left, right } = top.getBoundingClientRect();
    const name = (node) => `${node.tagName.toLowerCase()}.${node.className}: ${node.textContent.trim().slice(0, 40)}`;
    for (const node of top.querySelectorAll("*")) {
      // Inputs scroll what they hold, and what only screen readers get has no room.
      if (!node.checkVisibility({ visibilityProperty: true }) || node.closest("input, select, textarea, datalist, .jf-aside")) continue;
      const box = node.getBoundingClientRect();
      if (box.left < left - 1 || box.right > right + 1) wrong.push(`stands out: ${name(node)}`);
      if (node.clientWidth && node.scrollWidth > node.clientWidth + 1) wrong.push(`is cut off: ${name(node)}`);
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) wrong.push(`the page is ${scrollWidth} wide`);
    return wrong;
  });
}
