/** Elements that speak other languages than English. */
import { fieldsIn, typeIn, typesIn } from "./labels.js";
import { language, Speech } from "./language.js";
import { knows, wordsOf } from "./tables.js";

/** Has every element speak its language: those in the page and those to come. */
export function speak(): void {
  Object.assign(language, { wordsOf: wordsAt, follow, ignore, change, mark, typeIn, typesIn, fieldsIn });
  for (const speech of Array.from(Speech.all)) speech.follow();
}

/** The language is that of the element's own `lang`, else of the nearest ancestor that has one. */
function wordsAt({ element }: Speech): Speech["words"] {
  const lang = langOf(element);
  warn(lang);
  return { ...wordsOf(lang), ...element.words };
}

const observers = new WeakMap<Speech, MutationObserver>();

/** Watches `lang` on the element and on each of its ancestors, and on nothing else of the page. */
function follow(speech: Speech): void {
  ignore(speech);
  const observer = new MutationObserver(() => speech.again());
  for (const node of lineOf(speech.element)) observer.observe(node, { attributeFilter: ["lang"] });
  observers.set(speech, observer);
}

function ignore(speech: Speech): void {
  observers.get(speech)?.disconnect();
}

/** What was open stays open, and who was in the element stays where he was. */
function change({ element, changed }: Speech): void {
  const open = Array.from(element.querySelectorAll("details"), (section) => section.open);
  const held = element.querySelector(":focus")?.id;
  changed();
  element.querySelectorAll("details").forEach((section, at) => { section.open ||= open[at] ?? false; });
  if (held) element.querySelector<HTMLElement>(`#${held}`)?.focus();
}

/** What is said in another language than the page's is marked as such. */
function mark({ element, words: { lang = "en" } }: Speech, root: Element): void {
  const page = langOf(element).toLowerCase() || "en";
  if (!page.startsWith(lang.toLowerCase())) root.setAttribute("lang", lang);
}

function langOf(element: Element): string {
  return lineOf(element).find((node) => node.hasAttribute("lang"))?.getAttribute("lang") ?? "";
}

/** An element and its ancestors, from the inside out and over the borders of shadow trees. */
function lineOf(element: Element): Element[] {
  const { parentElement } = element;
  const root = element.getRootNode();
  const above = parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  return [element, ...above ? lineOf(above) : []];
}

const warned = new Set<string>();

/** Said once of each language, and not before every script of the page had its turn to bring the words. */
function warn(lang: string): void {
  const check = () => {
    if (knows(lang) || warned.has(lang)) return;
    warned.add(lang);
    console.warn(`jackfield: there are no words for lang="${lang}", so English is used.`);
  };
  if (document.readyState === "complete") check();
  else addEventListener("load", check, { once: true });
}
