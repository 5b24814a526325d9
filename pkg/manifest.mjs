// Describes the package to editors and frameworks: custom-elements.json and what is made of it. Run by build.mjs.
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { vscodeData, webTypes } from "./describe/editors.mjs";
import { manifestOf } from "./describe/elements.mjs";
import { propsOf } from "./describe/frameworks.mjs";
import { withSources } from "./describe/sources.mjs";
import { themeOf } from "./describe/theme.mjs";

/** Which entry exports the class of an element, and which one registers it. */
const ENTRIES = {
  "jackfield-form": { exports: "dist/element.js", registers: "dist/index.js" },
  "jackfield-list": { exports: "dist/list.js", registers: "dist/list.js" },
};

/** Writes everything into dist/; throws where something public is not described. */
export function describe(here, entries) {
  const elements = withSources(here, (sources) => {
    const undescribed = entries.flatMap((entry) => sources.undescribed(entry));
    if (undescribed.length) throw new Error(`These need a doc comment: ${[...new Set(undescribed)].join(", ")}`);
    return sources.elements();
  });
  elements.forEach(check);
  const dist = join(here, "dist");
  const write = (name, data) => writeFileSync(join(dist, name), `${JSON.stringify(data, null, 1)}\n`);
  const manifest = manifestOf(elements, themeOf(readFileSync(join(here, "THEMING.md"), "utf8")), ENTRIES);
  write("custom-elements.json", manifest);
  write("vscode.html-custom-data.json", vscodeData(manifest));
  write("web-types.json", webTypes(manifest, JSON.parse(readFileSync(join(here, "package.json"), "utf8"))));
  writeFileSync(join(dist, "props.d.ts"), propsOf(elements));
  for (const file of readdirSync(join(here, "types"))) {
    cpSync(join(here, "types", file), join(dist, file));
    writeFileSync(join(dist, file.replace(/\.d\.ts$/, ".js")), "export {};\n");
  }
}

/** An attribute that is observed has a property or is named in the class's comment; a property has a default. */
function check({ tag, properties, attributes, observed }) {
  const known = new Set([...properties.map(({ attribute }) => attribute), ...attributes.map(({ name }) => name)]);
  for (const name of observed) if (!known.has(name)) throw new Error(`<${tag}>: nothing says what the attribute ${name} is; a getter or @attr does.`);
  for (const { name, default: value } of properties) if (value === undefined) throw new Error(`<${tag}>: ${name} needs a @default.`);
}
