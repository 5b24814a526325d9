// What a page loads, as a server sends it (brotli, quality 11), and the budget for it: `node pkg/budget.mjs [budget.json]`.
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const path = process.argv[2] ?? join(root, "budget.json");
const { outputs } = JSON.parse(readFileSync(join(root, "pkg/wasm/metafile.json"), "utf8"));
const excesses = [];

console.log(`\n${"What a page loads, in bytes".padEnd(44)} ${"raw".padStart(9)} ${"brotli".padStart(9)}`);
for (const [name, entry] of Object.entries(JSON.parse(readFileSync(path, "utf8")))) report(name, entry);
if (excesses.length) throw new Error(excesses.join("\n"));

/** Prints an entry of the budget: files that a page loads together, and the bytes that they may take. */
function report(name, { files, max }) {
  if (!files?.length || !Number.isInteger(max)) throw new Error(`${path}: "${name}" needs files and max`);
  console.log(name);
  const total = { raw: 0, brotli: 0 };
  for (const file of withStaticImports(files.flatMap(matches))) {
    const bytes = readFileSync(join(root, file));
    const brotli = brotliCompressSync(bytes).length;
    print(file, bytes.length, brotli);
    total.raw += bytes.length;
    total.brotli += brotli;
  }
  print("together", total.raw, `${total.brotli} of ${max}`);
  if (total.brotli > max) excesses.push(`Over budget: ${name} takes ${total.brotli} bytes and may take ${max}.`);
}

function print(name, raw, brotli) {
  console.log(`  ${name.padEnd(42)} ${String(raw).padStart(9)} ${String(brotli).padStart(9)}`);
}

/** The files of a pattern: bundlers put a hash where its `*` stands. */
function matches(pattern) {
  const folder = dirname(pattern);
  const [start, end = ""] = basename(pattern).split("*");
  const fits = (name) => basename(pattern) === name || pattern.includes("*") && name.startsWith(start) && name.endsWith(end);
  const names = readdirSync(join(root, folder)).filter(fits);
  if (!names.length) throw new Error(`${pattern} is not there.`);
  return names.map((name) => `${folder}/${name}`);
}

/** The files, and every script that they import when they are loaded. What is loaded later, if at all, has an entry of its own. */
function withStaticImports(files) {
  const all = new Set(files);
  // A set also visits what is added during the walk.
  for (const file of all) {
    const imports = outputs[file]?.imports ?? [];
    for (const { path, kind } of imports) if (kind === "import-statement") all.add(path);
  }
  return [...all].sort();
}
