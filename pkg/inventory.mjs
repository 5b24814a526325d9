// Writes into dist/ what a release tells about itself: what is inside (CycloneDX), under which licences, and the hash of each file.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(here, "dist");
const json = (path) => JSON.parse(readFileSync(path, "utf8"));
const own = json(join(here, "package.json"));
const { values: options } = parseArgs({ options: { compiler: { type: "string" }, tags: { type: "boolean" } } });
if (!/^rustc \d/.test(options.compiler ?? "")) throw new Error("--compiler has to say what `rustc --version` of the build says");
const compiler = /^rustc (\S+)/.exec(options.compiler)[1];

/** What is compiled into the wasm, and what else is in the package. */
const parts = [...crates(), standardLibrary(), icons()].sort((one, other) => (one.name < other.name ? -1 : 1));

writeFileSync(join(dist, "sbom.cdx.json"), `${JSON.stringify(bill(), null, 2)}\n`);
writeFileSync(join(dist, "THIRD-PARTY-LICENSES.txt"), licences());
writeFileSync(join(dist, "integrity.json"), `${JSON.stringify(integrity(), null, 2)}\n`);

if (options.tags) printTags();

/** The crates of the wasms: what they need when they run, which no procedural macro is. */
function crates() {
  const asked = ["metadata", "--format-version", "1", "--locked", "--filter-platform", "wasm32-unknown-unknown"];
  const { packages, resolve } = JSON.parse(execFileSync("cargo", asked, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 }));
  const byId = new Map(packages.map((one) => [one.id, one]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const found = new Map();
  const visit = (id) => {
    const crate = byId.get(id);
    if (found.has(id) || crate.targets.some(({ kind }) => kind.includes("proc-macro"))) return;
    found.set(id, crate);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) if (kinds.some(({ kind }) => kind === null)) visit(pkg);
  };
  for (const { id, name } of packages) if (["jackfield", "jackfield-strings"].includes(name)) visit(id);
  return Array.from(found.values()).filter(({ source }) => source).map(({ name, version, license, authors, manifest_path: manifest }) => ({
    name, version, license: license.replaceAll("/", " OR "), purl: `pkg:cargo/${name}@${version}`,
    texts: textsIn(dirname(manifest)) ?? usual(license, authors.join(", ") || `the authors of ${name}`),
  }));
}

/** It is built along with the compiler of its version, so it is inside. */
function standardLibrary() {
  const license = "MIT OR Apache-2.0";
  return { name: "rust-std", version: compiler, license, purl: `pkg:generic/rust-std@${compiler}`, texts: usual(license, "The Rust Project Contributors") };
}

/** The brands' marks. */
function icons() {
  const folder = join(root, "node_modules/simple-icons");
  const { name, version, license } = json(join(folder, "package.json"));
  return { name, version, license, purl: `pkg:npm/${name}@${version}`, texts: textsIn(folder) };
}

function textsIn(folder) {
  const files = readdirSync(folder).filter((name) => /^(licen[sc]e|copying|notice|unlicense)/i.test(name)).sort();
  return files.length ? files.map((name) => readFileSync(join(folder, name), "utf8").trim()) : undefined;
}

/** The texts of these licences, for what comes without any. */
function usual(license, holder) {
  const files = [["MIT", "LICENSE-MIT"], ["Apache-2.0", "LICENSE-APACHE"]].filter(([name]) => license.includes(name));
  if (!files.length) throw new Error(`no text is known of ${license}, the licence of ${holder}`);
  return files.map(([, file]) => readFileSync(join(here, file), "utf8").replace(/^Copyright .*$/m, `Copyright (c) ${holder}`).trim());
}

/** CycloneDX 1.6. It names no time, so that the same sources give the same bytes. */
function bill() {
  const component = ({ name, version, license, purl }) =>
    ({ type: "library", "bom-ref": purl, name, version, licenses: [{ expression: license }], purl });
  const self = component({ ...own, purl: `pkg:npm/${own.name}@${own.version}` });
  return {
    bomFormat: "CycloneDX", specVersion: "1.6", version: 1,
    metadata: { tools: { components: [{ type: "application", name: "rustc", version: compiler, description: options.compiler }] }, component: self },
    components: parts.map(component),
    dependencies: [{ ref: self["bom-ref"], dependsOn: parts.map(({ purl }) => purl) }, ...parts.map(({ purl }) => ({ ref: purl }))],
  };
}

/** Each text once, below those that it belongs to. */
function licences() {
  const byText = new Map();
  for (const { name, version, license, texts } of parts) {
    for (const text of texts) {
      const plain = text.replaceAll("\r\n", "\n").trim();
      byText.set(plain, [...byText.get(plain) ?? [], `${name} ${version} (${license})`]);
    }
  }
  return Array.from(byText, ([text, names]) => `${names.join("\n")}\n\n${text}\n`).join(`\n${"-".repeat(80)}\n\n`);
}

/** What a page writes to be sure of the files: the scripts that others import stand in the import map. */
function printTags() {
  const hashes = integrity();
  const scripts = Object.entries(hashes).filter(([name]) => name.endsWith(".js"));
  console.log(`<link rel="stylesheet" href="/jackfield/jackfield.css" integrity="${hashes["jackfield.css"]}">`);
  console.log(`<script type="importmap">${JSON.stringify({ integrity: Object.fromEntries(scripts.map(([name, hash]) => [`/jackfield/${name}`, hash])) })}</script>`);
  console.log(`<script type="module" src="/jackfield/index.js" integrity="${hashes["index.js"]}"></script>`);
}

/** For `integrity` of script tags and import maps. */
function integrity() {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => relative(dist, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  const told = names.filter((name) => /\.(js|css|wasm|json)$/.test(name) && name !== "integrity.json").sort();
  return Object.fromEntries(told.map((name) => [name, `sha384-${createHash("sha384").update(readFileSync(join(dist, name))).digest("base64")}`]));
}
