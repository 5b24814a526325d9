// Texts as people paste them, played in the page: what is filled, what is said, what is looked at again, and one step back.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "../fixtures.mjs";
import { root } from "../sandbox.mjs";

const json = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const words = json("src/words/paste.en.json");
const common = json("src/words/en.json");
const reasons = json("src/words/strings.en.json");
const cases = readdirSync(path.join(root, "tests/data/paste")).flatMap((file) => json(`tests/data/paste/${file}`));
const list = (items) => new Intl.ListFormat("en", { type: "conjunction" }).format(items);

const types = new Map();
for (const one of cases.filter(({ values }) => !values)) {
  const name = `${one.api} ${one.type}`;
  types.set(name, [...types.get(name) ?? [], one]);
}

/** What the control of a field shows; undefined where there is none to look at. */
const shown = (form, id) => form.root.evaluate((element, field) => {
  const control = element.querySelector(`.jf-field[data-field="${CSS.escape(field)}"]`);
  if (!control || control.hidden || control.closest("[hidden]")) return undefined;
  if (control.dataset.kind === "rows") return control.querySelectorAll(".jf-row").length;
  const input = control.querySelector("input, select, textarea");
  if (!input || input.type === "radio") return undefined;
  return input.type === "checkbox" ? input.checked : input.value;
}, id);

async function play(form, { text, filled, left, unwrapped, warnings, at, code }) {
  const strings = form.root.locator(".jf-strings");
  const input = strings.getByLabel("Connection string", { exact: true });
  const before = await shown(form, Object.keys(filled ?? {}).find((id) => typeof filled[id] === "string") ?? "");
  if (!(await input.isVisible())) await strings.getByRole("button", { name: "Paste a connection string" }).click();
  // A line of input takes no line breaks.
  const line = text.replace(/[\r\n]/g, "");
  await input.fill(line);
  await input.press("Enter");
  if (code) {
    const whole = code === "empty" || code === "nothing_filled";
    await expect(strings.locator(".jf-fault"), text).toHaveText(whole ? reasons[code] : `At character ${at + 1}: ${reasons[code]}`);
    return;
  }
  await expect(input, text).toBeHidden();
  const note = await strings.locator(":scope > .jf-help").textContent();
  const off = unwrapped.filter((name) => name !== "blanks" || line === text || /^\s|\s$/.test(line));
  const tail = [
    left.length ? words["element.not_taken"].replace("{list}", list(left)) : "",
    off.length ? words["element.unwrapped"].replace("{list}", list(off.map((name) => words[`element.unwrapped.${name}`]))) : "",
  ].filter(Boolean).join(" ");
  expect(note, text).toMatch(/^\d+ fields? (was|were) filled in\./);
  expect(note.replace(/^.*? filled in\. ?/, ""), text).toBe(tail);
  for (const [id, value] of Object.entries(filled)) {
    const now = await shown(form, id);
    if (now !== undefined && value !== null) expect(now, `${text}: ${id}`).toBe(Array.isArray(value) ? value.length : value);
  }
  for (const { field, code: why } of warnings) {
    const sentence = words[`fault.${why}`] ?? common[`fault.${why}`];
    await expect(form.root.locator(`.jf-field[data-field="${field}"] .jf-fault`).filter({ hasText: sentence }).first(), text).toBeAttached();
  }
  await strings.getByRole("button", { name: "Undo" }).click();
  const first = Object.keys(filled).find((id) => typeof filled[id] === "string");
  expect(await shown(form, first ?? ""), text).toBe(before);
}

for (const [name, ofType] of types) {
  test(`${name}: ${ofType.length} texts as people paste them`, async ({ demo }) => {
    const [{ api, type }] = ofType;
    await demo.open(type, api);
    for (const one of ofType) await play(demo, one);
  });
}
