// What each entry of the package costs a page, by the bundlers that pages use, and that nothing comes along that was not asked for.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { install } from "./harness.mjs";
import { weigh, weighFile } from "./sizes.mjs";
import { pack, root } from "./tarball.mjs";

const json = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const budget = json("tests/apps/sizes.json");

/** A name that only the script of a wasm holds, and the text of a wasm. */
const prover = "jackfield_prover_bg.js";
const sender = "jackfield_sender_bg.js";
const strings = ["postgres", "mysql", "sqlserver", "oracle", "lists", "urls", "paste"].map((group) => `jackfield_${group}_bg.js`);
const inline = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]).toString("base64").slice(0, 8);

/** Languages of their own, with a sentence that only they have. */
const languages = readdirSync(path.join(root, "locales")).map((file) => file.split(".")).filter(([lang, end]) => end === "json" && lang !== "en")
  .map(([lang]) => ({ name: `./lang/${lang}`, sentence: json(`locales/${lang}.json`)["fault.required"] }));

let project;
let tarball;
test.beforeAll(async () => {
  tarball = pack();
  // It brings both bundlers.
  project = await install({ name: "sizes" }, tarball.file);
});
test.afterAll(() => {
  project?.remove();
  tarball?.remove();
});

for (const [name, most] of Object.entries(budget.scripts)) {
  test(`${name}: ${most.esbuild} bytes by esbuild, ${most.vite} by Vite at most, and nothing that is not asked for`, async () => {
    for (const bundler of ["esbuild", "vite"]) {
      const { bytes, first, whole } = await weigh(bundler, name, project);
      console.log(`${name.padEnd(12)} ${bundler.padEnd(8)} ${bytes} bytes, brotli`);
      expect(bytes, bundler).toBeLessThanOrEqual(most[bundler]);
      // A limit that is far away holds nothing.
      expect(bytes, bundler).toBeGreaterThan(most[bundler] * 0.8);
      for (const late of [prover, sender, ...strings]) expect(first, `${bundler}: ${late} is loaded first`).not.toContain(late);
      expect(first.includes(inline), `${bundler}: a wasm as text is loaded first`).toBe(false);
      expect(whole.includes(inline), `${bundler}: a wasm as text`).toBe(name === "./inline");
      for (const { name: language, sentence } of languages) expect(whole.includes(sentence), `${bundler}: ${language}`).toBe(name === language);
    }
  });
}

test("what is looked for is there where it is asked for", async () => {
  const { whole } = await weigh("esbuild", "./strings", project);
  for (const late of strings) expect(whole).toContain(late);
  const { whole: core } = await weigh("esbuild", "./core", project);
  for (const late of [prover, sender]) expect(core).toContain(late);
  // Every script entry has its limit.
  const entries = Object.entries(json("pkg/package.json").exports).filter(([, { default: file }]) => file?.endsWith(".js")).map(([entry]) => entry);
  const known = entries.flatMap((entry) => entry.includes("*") ? languages.map(({ name }) => name) : [entry]);
  expect(Object.keys(budget.scripts).sort()).toEqual(known.sort());
});

for (const [file, most] of Object.entries(budget.files)) {
  test(`${file}: ${most} bytes at most`, () => {
    const whole = path.join(root, "pkg/dist", file);
    expect(existsSync(whole)).toBe(true);
    const bytes = weighFile(whole);
    console.log(`${file.padEnd(21)} ${bytes} bytes, brotli`);
    expect(bytes).toBeLessThanOrEqual(most);
    expect(bytes).toBeGreaterThan(most * 0.8);
  });
}
