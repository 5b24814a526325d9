// axe-core: every rule once per state, the contrast of colours once per pair of them, in light and in dark.
import { createRequire } from "node:module";
import { expect } from "./fixtures.mjs";
import { picture } from "./picture.mjs";

const { source } = createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright"))("axe-core");

/** With JACKFIELD_ALL every text is judged, whatever its colours. */
const everything = Boolean(process.env.JACKFIELD_ALL);
/** The pairs of colours that this worker has judged, in any test. */
const judged = new Set();

/** Judges a state of the page. `name` takes a picture in each scheme. */
export async function axe(page, what, name, schemes = ["light", "dark"]) {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    // Colours may still be on their way from one scheme to the other.
    await page.evaluate(() => document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish()));
    if (colorScheme === "light") expect(await rules(page), `${what}: axe's rules`).toEqual([]);
    const { wrong, texts } = await contrast(page, everything ? new Set() : judged);
    expect(wrong, `${what}, ${colorScheme}`).toEqual([]);
    expect(texts, `${what}: there is text to judge`).toBeGreaterThan(0);
    if (name) await picture(page, `${name}-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

async function load(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(`${source}; undefined`);
}

/** What breaks a rule of axe that is not about colours. */
export async function rules(page) {
  await load(page);
  const { found, passes } = await page.evaluate(async () => {
    // The rule about the size of targets is off unless it is asked for.
    const options = { rules: { "target-size": { enabled: true }, "color-contrast": { enabled: false } }, resultTypes: ["violations"] };
    const { violations, passes } = await window.axe.run(document, options);
    return { found: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("; ")}`), passes: passes.length };
  });
  expect(passes, "axe found something to judge").toBeGreaterThan(0);
  return found;
}

/**
 * What is too faint, of the texts whose pair of colours is not in `known` yet; those that pass are added to it.
 * A text that axe cannot judge, such as one that is covered, does not count for another of its colours.
 */
export async function contrast(page, known) {
  await load(page);
  const { passed, ...found } = await page.evaluate(judgeTexts, [...known]);
  for (const pair of passed) known.add(pair);
  return found;
}

/** In the page. */
async function judgeTexts(known) {
  const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  /** Colours and opacity of everything behind an element, up to the page. */
  const backs = new Map();
  const behind = (node) => {
    if (!node) return "";
    if (!backs.has(node)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(node);
      const own = [backgroundColor === "rgba(0, 0, 0, 0)" ? "" : backgroundColor, backgroundImage === "none" ? "" : backgroundImage, opacity === "1" ? "" : opacity];
      backs.set(node, `${behind(node.parentElement)} ${own.join(" ").trim()}`.trim());
    }
    return backs.get(node);
  };
  const pairOf = (node) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(node);
    const points = Math.ceil(parseFloat(fontSize) * 72) / 96;
    const large = points >= 18 || (points >= 14 && Number(fontWeight) >= 700);
    const placeholder = node.matches(":placeholder-shown") ? getComputedStyle(node, "::placeholder") : undefined;
    return [scheme, color, textShadow === "none" ? "" : textShadow, placeholder?.color, placeholder?.opacity, behind(node), large ? "large" : ""].join("|");
  };
  const pairs = new Map();
  const note = (node) => { if (!pairs.has(node) && node.checkVisibility({ visibilityProperty: true })) pairs.set(node, pairOf(node)); };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) if (text.data.trim()) note(text.parentElement);
  for (const control of document.querySelectorAll("input, textarea, select")) note(control);

  const done = new Set(known);
  const fresh = [...pairs].filter(([, pair]) => !done.has(pair)).map(([node]) => node);
  if (!fresh.length) return { wrong: [], texts: pairs.size, judged: 0, passed: [] };
  const options = { runOnly: ["color-contrast"], resultTypes: ["violations", "passes"], elementRef: true };
  const { violations, passes } = await window.axe.run({ include: fresh }, options);
  const nodes = (results) => results.flatMap((result) => result.nodes);
  return {
    wrong: nodes(violations).map(({ target, failureSummary }) => `color-contrast: ${target} ${failureSummary}`),
    texts: pairs.size,
    judged: fresh.length,
    passed: [...new Set(nodes(passes).map(({ element }) => pairs.get(element)).filter(Boolean))],
  };
}
