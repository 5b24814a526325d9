// Builds dist/ from src/, ../src and wasm/. Run by `cargo xtask build` once wasm/ holds the engine.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe } from "./manifest.mjs";
import { readWords, wrongWords } from "./words.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(here, "dist");
const json = (path) => JSON.parse(readFileSync(path, "utf8"));
const filesIn = (folder, end) => existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(end)).sort() : [];

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "apis"), { recursive: true });
mkdirSync(join(dist, "icons"));
mkdirSync(join(dist, "lang"));

const ENTRIES = ["index", "element", "list", "core", "strings", "lang", "inline"];
const slugs = new Set();
const { initSync, prepare } = await import("./wasm/jackfield_prover.js");
initSync({ module: readFileSync(join(here, "wasm/jackfield_prover_bg.wasm")) });
bundleApis();
await drawIcons();
writeWords();
writeGroups();
stampModules();
typeCheck();
describe(here, ENTRIES);
await bundleScripts();

/** One file per API: `{api, types}`, as hosts register their own, proved so that a page need not. */
function bundleApis() {
  const catalog = join(root, "catalog");
  for (const api of readdirSync(catalog, { withFileTypes: true })) {
    const folder = join(catalog, api.name);
    if (!api.isDirectory() || !existsSync(join(folder, "api.json"))) continue;
    const types = filesIn(folder, ".json").filter((name) => name !== "api.json").map((name) => read(join(folder, name)));
    const { ok, mistakes } = JSON.parse(prepare(JSON.stringify({ api: read(join(folder, "api.json")), types })));
    if (!ok) throw new Error(`${api.name}: ${JSON.stringify(mistakes, null, 2)}`);
    writeFileSync(join(dist, "apis", `${api.name}.json`), JSON.stringify(ok));
    types.forEach(noteIcon);
  }
  for (const name of filesIn(join(root, "www/apis"), ".json")) json(join(root, "www/apis", name)).types?.forEach(noteIcon);

  function read(path) {
    // `$schema` is for editors.
    const { $schema: _, ...rest } = json(path);
    return rest;
  }
  function noteIcon({ icon }) {
    if (icon) slugs.add(icon);
  }
}

/** The brands' own marks, from a package in the public domain; the element draws letters for the rest. */
async function drawIcons() {
  const icons = Object.values(await import("simple-icons"));
  const bySlug = new Map(icons.map((icon) => [icon.slug, icon]));
  const marks = {};
  for (const slug of [...slugs].sort()) {
    const icon = bySlug.get(slug);
    if (!icon) {
      console.log(`icons: simple-icons has no "${slug}"`);
      continue;
    }
    marks[slug] = `#${icon.hex}|${icon.path}`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="#${icon.hex}"><path d="${icon.path}"/></svg>\n`;
    writeFileSync(join(dist, "icons", `${slug}.svg`), svg);
  }
  generate("marks", `export default ${JSON.stringify(marks, null, 2)} as const;`);
}

/** English lies in the scripts, in parts that are loaded with what says them; each language in a file that a page loads if it wants. */
function writeWords() {
  const { parts, languages } = readWords(join(root, "locales"));
  for (const [name, words] of Object.entries(parts)) generate(name, `export default ${JSON.stringify(words, null, 2)} as const;`);
  for (const [lang, words] of languages) {
    const wrong = wrongWords(lang, words, languages.get("en"));
    if (wrong.length) throw new Error(`locales/${lang}.json:\n${wrong.join("\n")}`);
    const table = `const words = ${JSON.stringify({ lang, ...words }, null, 1)};`;
    writeFileSync(join(dist, "lang", `${lang}.js`), `import { registerWords } from "../lang.js";\n${table}\nregisterWords("${lang}", words);\nexport default words;\n`);
    writeFileSync(join(dist, "lang", `${lang}.d.ts`), 'import type { Words } from "../words.js";\ndeclare const words: Words;\nexport default words;\n');
  }
}

/** What reads connection strings: each group of dialects is a wasm. Bundlers find the files by these very expressions. */
function writeGroups() {
  const { groups, products } = json(join(root, "crates/strings/groups.json"));
  const loaders = Object.keys(groups).map((group) =>
    `  ${group}: () => begin("jackfield_${group}", import("../wasm/jackfield_${group}.js"), () => new URL("jackfield_${group}_bg.wasm", import.meta.url)),`);
  const pairs = (lists) => Object.entries(lists).flatMap(([name, list]) => list.map((one) => `  [${JSON.stringify(one)}, "${name}"],`));
  generate("strings-groups", [
    'import { begin } from "./begin.js";',
    "export const GROUPS = {", ...loaders, "};",
    "export const GROUP_OF: ReadonlyMap<string, keyof typeof GROUPS> = new Map([", ...pairs(groups).map((pair) => pair.replace(/"\],$/, '" as const],')), "]);",
    "/** The dialect that knows the `jdbc:` addresses of a product. */",
    "export const PRODUCTS: ReadonlyMap<string, string> = new Map([", ...pairs(products), "]);",
  ].join("\n"));
}

/** Scripts and modules know their build by a stamp: a section in each module, a constant in the scripts. */
function stampModules() {
  const names = ["jackfield", "jackfield_prover", "jackfield_sender", ...Object.keys(json(join(root, "crates/strings/groups.json")).groups).map((group) => `jackfield_${group}`)];
  const inputs = names.flatMap((name) => [`${name}.js`, `${name}_bg.wasm`]);
  const hash = createHash("sha256");
  for (const name of inputs) hash.update(readFileSync(join(here, "wasm", name)));
  const stamp = hash.digest("base64").slice(0, 8);
  generate("stamp", `export const stamp = ${JSON.stringify(stamp)};`);
  const short = (text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
  const section = Buffer.concat([short("jackfield"), Buffer.from(stamp)]);
  for (const name of inputs.filter((one) => one.endsWith(".wasm"))) {
    writeFileSync(join(dist, name), Buffer.concat([readFileSync(join(here, "wasm", name)), Buffer.from([0, section.length]), section]));
  }
}

function generate(name, text) {
  const path = join(here, `src/${name}.gen.ts`);
  const whole = `// Generated by build.mjs.\n${text}\n`;
  if (!existsSync(path) || readFileSync(path, "utf8") !== whole) writeFileSync(path, whole);
}

/** Checks everything and keeps the declarations that the entries lead to. */
function typeCheck() {
  const types = mkdtempSync(join(tmpdir(), "jackfield-types-"));
  try {
    const tsc = createRequire(import.meta.url).resolve("typescript/package.json");
    execFileSync(process.execPath, [join(dirname(tsc), "bin/tsc"), "-p", here, "--outDir", types], { stdio: "inherit" });
    cpSync(join(root, "src/js/contract.d.ts"), join(types, "contract.d.ts"));
    const seen = new Set();
    const follow = (name) => {
      if (seen.has(name)) return;
      seen.add(name);
      const text = readFileSync(join(types, `${name}.d.ts`), "utf8");
      writeFileSync(join(dist, `${name}.d.ts`), text);
      for (const [, next] of text.matchAll(/(?:from|import\()\s*"\.\/(.+?)\.js"/g)) follow(next);
    };
    ENTRIES.forEach(follow);
    cpSync(join(here, "assets"), join(dist, "assets"), { recursive: true });
  } finally {
    rmSync(types, { recursive: true, force: true });
  }
}

async function bundleScripts() {
  const common = { bundle: true, minify: true, target: "es2022", outdir: dist, logLevel: "warning", legalComments: "none" };
  const { metafile } = await build({
    ...common, entryPoints: ENTRIES.map((name) => join(here, `src/${name}.ts`)), absWorkingDir: root, metafile: true,
    format: "esm", splitting: true, loader: { ".wasm": "base64" }, chunkNames: "[name]-[hash]",
  });
  // Which script imports which, for the budget.
  writeFileSync(join(here, "wasm/metafile.json"), JSON.stringify(metafile));
  await build({ ...common, entryPoints: [join(here, "src/jackfield.css")] });
}
