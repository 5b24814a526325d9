// What a bundle of one entry weighs, by real bundlers: what a page loads first, and everything that it may load.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { command, files } from "./harness.mjs";

const brotli = (bytes) => brotliCompressSync(bytes).length;

/** How each bundler makes `<out>` of `<entry>.js`. */
const BUNDLERS = {
  esbuild: (entry, out) => `esbuild ${entry}.js --bundle --format=esm --splitting --minify --charset=utf8 --outdir=${out} --log-level=error`,
  vite: (entry, out) => `vite build --config ${entry}.vite.js --outDir ${out} --logLevel error`,
};

/** Bundles an app that uses everything that an entry of the package gives. */
export async function weigh(bundler, name, project) {
  const entry = path.posix.join("jackfield", name).replace(/\W/g, "-");
  const out = path.join("out", bundler, entry);
  mkdirSync(project.at(out), { recursive: true });
  // Kept where a bundler cannot know that nobody looks.
  writeFileSync(project.at(`${entry}.js`), `import * as all from "${path.posix.join("jackfield", name)}";\nglobalThis.all = { ...all };\n`);
  writeFileSync(project.at(`${entry}.vite.js`), `export default { build: { rollupOptions: { input: "${entry}.js" } } };\n`);
  await command(project.folder, BUNDLERS[bundler](entry, out));
  const scripts = files(project.at(out)).filter((file) => file.endsWith(".js")).map((file) => ({ file, text: readFileSync(file, "utf8") }));
  const first = firstLoad(scripts, scripts.find(({ file }) => path.basename(file).startsWith(entry)));
  return {
    bytes: first.reduce((sum, { text }) => sum + brotli(text), 0),
    first: first.map(({ text }) => text).join("\n"),
    whole: scripts.map(({ text }) => text).join("\n"),
  };
}

/** A script and all that it imports when it is loaded, not by `import(…)`. */
function firstLoad(scripts, script, seen = new Set()) {
  if (seen.has(script)) return [];
  seen.add(script);
  const names = Array.from(script.text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g), ([, name]) => name);
  const imported = names.map((name) => scripts.find(({ file }) => path.basename(file) === name));
  return [script, ...imported.flatMap((next) => firstLoad(scripts, next, seen))];
}

/** A file of the package as a server sends it. */
export function weighFile(file) {
  return brotli(readFileSync(file));
}
