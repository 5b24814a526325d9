// Which connection types are tested in every way by default: one per API, and more until every kind of control is among them.
// The tests of all others carry a tag, and run with JACKFIELD_ALL.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { load } from "../../pkg/dist/core.js";
import { root } from "./sandbox.mjs";

export const bundles = ["pkg/dist/apis/chartbrew.json", "pkg/dist/apis/apinizer.json", "pkg/dist/apis/datafor.json", "www/apis/harbour.json"];

/** How a field is drawn, as far as its description says. */
function controlsOf(field, where = "") {
  const { kind, lines = false, options = [], columns = [], special, accept } = field;
  // JSON is an area of lines anyway, and a row has no room for a group of radio buttons.
  const few = kind === "choice" && !where && (options.length > 3 ? "of many" : "of few");
  const looks = [lines && kind !== "json" && "of lines", few, kind !== "file" && accept && "from a file", special && "with meanings"];
  const own = [where, kind, ...looks].filter(Boolean).join(" ");
  return [own, ...columns.flatMap((column) => controlsOf(column, "in a row:"))];
}

/** Every type of these APIs with its kinds of controls. */
async function describe() {
  const jackfield = await load();
  const found = [];
  for (const file of bundles) {
    const api = await jackfield.add(JSON.parse(await readFile(path.join(root, file), "utf8")));
    for (const { id, hidden } of jackfield.types(api)) {
      if (hidden) continue;
      const { sections } = jackfield.describe(api, id);
      const folded = sections.some(({ advanced }) => advanced) ? ["a section that unfolds"] : [];
      found.push({ api, type: id, controls: new Set([...folded, ...sections.flatMap(({ fields }) => fields.flatMap((field) => controlsOf(field)))]) });
    }
  }
  return found;
}

export const described = await describe();
export const controls = new Set(described.flatMap((one) => [...one.controls]));

/** The richest type of each API, then whichever has the most of what is missing. */
function choose() {
  const chosen = [];
  const missing = new Set(controls);
  const take = (candidates) => {
    const gain = ({ controls }) => [...controls].filter((control) => missing.has(control)).length;
    const best = candidates.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    chosen.push(best);
    for (const control of best.controls) missing.delete(control);
  };
  for (const api of new Set(described.map(({ api }) => api))) take(described.filter((one) => one.api === api));
  while (missing.size) take(described);
  return chosen;
}

export const chosen = choose();

/** The details of a test of this type: a tag, unless it runs by default. */
export function ofType(api, type) {
  return { tag: chosen.some((one) => one.api === api && one.type === type) ? [] : "@all" };
}
