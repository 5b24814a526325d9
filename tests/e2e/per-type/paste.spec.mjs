// Texts as people paste them: what is filled, what is said, what is looked at again, and one step back. All of them are played in one page.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { openForm } from "../open-form.mjs";
import { expect, test } from "../fixtures.mjs";
import { root } from "../sandbox.mjs";

const json = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const words = json("locales/paste.en.json");
const common = json("locales/en.json");
const reasons = json("locales/strings.en.json");
const cases = readdirSync(path.join(root, "tests/data/paste")).flatMap((file) => json(`tests/data/paste/${file}`));
const list = (items) => new Intl.ListFormat("en", { type: "conjunction" }).format(items);

const played = cases.filter(({ values }) => !values);
const types = [...new Set(played.map(({ api, type }) => `${api} ${type}`))];

/** In the page: pastes texts into the form that is open; gives what is seen after each, and after it was undone. */
async function paste(all) {
  const form = document.querySelector("jackfield-form");
  const strings = form.querySelector(".jf-strings");
  const button = (name) => [...strings.querySelectorAll("button")].find((one) => one.textContent === name && one.checkVisibility());
  const until = async (is) => { while (!is()) await new Promise(requestAnimationFrame); };

  /** What the control of a field shows; undefined where there is none to look at. */
  const shown = (id) => {
    const control = form.querySelector(`.jf-field[data-field="${CSS.escape(id)}"]`);
    if (!control || control.hidden || control.closest("[hidden]")) return undefined;
    if (control.dataset.kind === "rows") return control.querySelectorAll(".jf-row").length;
    const input = control.querySelector("input, select, textarea");
    if (!input || input.type === "radio") return undefined;
    return input.type === "checkbox" ? input.checked : input.value;
  };
  const shownOf = (ids) => Object.fromEntries(ids.map((id) => [id, shown(id)]).filter(([, value]) => value !== undefined));
  const faultsOf = (id) => Array.from(form.querySelectorAll(`.jf-field[data-field="${CSS.escape(id)}"] .jf-fault`), (fault) => fault.textContent);

  const found = [];
  for (const { text, filled = {}, warnings = [] } of all) {
    const ids = Object.keys(filled);
    const before = shownOf(ids);
    const group = strings.querySelector(".jf-paste");
    if (!group?.checkVisibility()) button("Paste a connection string").click();
    await until(() => strings.querySelector(".jf-paste input")?.checkVisibility());
    const input = strings.querySelector(".jf-paste input");
    // A line of input takes no line breaks: it leaves them out by itself.
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    const line = input.value;
    const fault = () => strings.querySelector(".jf-paste .jf-fault");
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await until(() => fault() || !input.checkVisibility());
    if (fault()) {
      found.push({ fault: fault().textContent });
      continue;
    }
    const seen = { line, note: strings.querySelector(":scope > .jf-help").textContent, shown: shownOf(ids), faults: Object.fromEntries(warnings.map(({ field }) => [field, faultsOf(field)])), before };
    button("Undo").click();
    found.push({ ...seen, undone: shownOf(ids) });
  }
  return found;
}

function judge({ text, filled, left, unwrapped, warnings, at, code }, { fault, line, note, shown, faults, before, undone }) {
  if (code) {
    const whole = code === "empty" || code === "nothing_filled";
    expect(fault, text).toBe(whole ? reasons[code] : `At character ${at + 1}: ${reasons[code]}`);
    return;
  }
  expect(fault, text).toBe(undefined);
  const off = unwrapped.filter((name) => name !== "blanks" || line === text || /^\s|\s$/.test(line));
  const tail = [
    left.length ? words["element.not_taken"].replace("{list}", list(left)) : "",
    off.length ? words["element.unwrapped"].replace("{list}", list(off.map((name) => words[`element.unwrapped.${name}`]))) : "",
  ].filter(Boolean).join(" ");
  expect(note, text).toMatch(/^\d+ fields? (was|were) filled in\./);
  expect(note.replace(/^.*? filled in\. ?/, ""), text).toBe(tail);
  for (const [id, value] of Object.entries(filled)) {
    if (id in shown && value !== null) expect(shown[id], `${text}: ${id}`).toBe(Array.isArray(value) ? value.length : value);
  }
  for (const { field, code: why } of warnings) {
    expect(faults[field], text).toContainEqual(expect.stringContaining(words[`fault.${why}`] ?? common[`fault.${why}`]));
  }
  expect(undone, text).toEqual(before);
}

test(`${played.length} texts as people paste them, into forms of ${types.length} types`, async ({ page, demo }) => {
  // What is not to be looked at need not be painted.
  await page.setViewportSize({ width: 320, height: 240 });
  await demo.open(null);
  let filled = 0;
  for (const name of types) {
    const [api, type] = name.split(" ");
    const ofType = played.filter((one) => one.api === api && one.type === type);
    await openForm(page, { api, type });
    const found = await page.evaluate(paste, ofType);
    for (const [index, one] of ofType.entries()) judge(one, found[index]);
    filled += found.filter(({ note }) => note).length;
  }
  expect(filled).toBeGreaterThan(played.length / 2);
});
