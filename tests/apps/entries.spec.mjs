// The tarball itself: every entry is what package.json says, importing does nothing, and Node loads the engine from disk.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test as base } from "@playwright/test";
import { command, install } from "./harness.mjs";
import { pack, root } from "./tarball.mjs";

const test = base.extend({
  tarball: [async ({}, use) => {
    const tarball = pack();
    await use(tarball);
    tarball.remove();
  }, { scope: "worker" }],

  /** An empty project in which the tarball is installed. */
  project: [async ({ tarball }, use) => {
    const project = await install({ name: "node" }, tarball.file);
    cpSync(path.join(import.meta.dirname, "entries"), project.folder, { recursive: true });
    await use(project);
    project.remove();
  }, { scope: "worker" }],
});

const { exports } = JSON.parse(readFileSync(path.join(root, "pkg/package.json"), "utf8"));
const env = { ...process.env, FORCE_COLOR: "0", NO_COLOR: "1" };
const tool = (name, ...words) => execFileSync(process.execPath, [path.join(root, "node_modules", name), ...words], { encoding: "utf8", env });

test("publint has nothing to say", ({ tarball }) => {
  expect(tool("publint/src/cli.js", "run", "--strict", tarball.file)).toMatch(/All good!\s*$/);
});

test("are the types wrong? They are not", ({ tarball }) => {
  const report = JSON.parse(tool("@arethetypeswrong/cli/dist/index.js", "--profile", "esm-only", "--format", "json", tarball.file));
  const looked = Object.entries(report.analysis.entrypoints).filter(([, { isWildcard }]) => !isWildcard).map(([name]) => name);
  expect(looked.sort()).toEqual(Object.keys(exports).filter((name) => !name.includes("*")).sort());
  // Packages of modules only are not for `require` and not for what knows no `exports`.
  const matters = ({ resolutionKind }) => resolutionKind === "node16-esm" || resolutionKind === "bundler";
  expect(Object.values(report.problems).flat().filter(matters)).toEqual([]);
});

test("every file that an entry names is in the tarball, with types", ({ tarball }) => {
  const has = (file) => {
    const [start, end] = file.slice(2).split("*");
    return tarball.names.some((name) => name.startsWith(start) && name.endsWith(end ?? start));
  };
  for (const [name, entry] of Object.entries(exports)) {
    if (typeof entry === "string") expect(has(entry), name).toBe(true);
    else expect([has(entry.types), has(entry.default)], name).toEqual([true, true]);
  }
  for (const name of ["README.md", "LICENSE-APACHE", "LICENSE-MIT"]) expect(tarball.names).toContain(name);
});

test("it tells what is inside: hashes, parts and licences", ({ project }) => {
  const inside = (file) => path.join(project.folder, "node_modules/jackfield/dist", file);
  const hashes = JSON.parse(readFileSync(inside("integrity.json"), "utf8"));
  expect(Object.keys(hashes)).toEqual(expect.arrayContaining(["index.js", "jackfield.css", "jackfield_bg.wasm", "apis/chartbrew.json"]));
  for (const [file, hash] of Object.entries(hashes)) {
    expect(`sha384-${createHash("sha384").update(readFileSync(inside(file))).digest("base64")}`, file).toBe(hash);
  }
  const { bomFormat, specVersion, metadata, components, dependencies } = JSON.parse(readFileSync(inside("sbom.cdx.json"), "utf8"));
  expect([bomFormat, specVersion]).toEqual(["CycloneDX", "1.6"]);
  // The standard library is built along, so it is that of the compiler; the test run says which one that was.
  const [compiler] = metadata.tools.components;
  const library = components.find(({ name }) => name === "rust-std");
  expect([compiler.name, compiler.version]).toEqual(["rustc", library.version]);
  expect(compiler.description).toMatch(/^rustc \d+\.\d+/);
  if (process.env.JACKFIELD_COMPILER) expect(compiler.description).toBe(process.env.JACKFIELD_COMPILER);
  const lock = readFileSync(path.join(root, "Cargo.lock"), "utf8");
  const crates = components.filter(({ purl }) => purl.startsWith("pkg:cargo/"));
  expect(crates.map(({ name }) => name)).toEqual(expect.arrayContaining(["wasm-bindgen", "gloo-net", "rlsf", "thiserror"]));
  for (const { name, version } of crates) expect(lock, name).toContain(`name = "${name}"\nversion = "${version}"`);
  expect(dependencies[0].dependsOn).toHaveLength(components.length);
  const licences = readFileSync(inside("THIRD-PARTY-LICENSES.txt"), "utf8");
  for (const { name, version } of components) expect(licences).toContain(`${name} ${version} (`);
});

test("importing any script entry outside a page does nothing", async ({ project }) => {
  const named = Object.entries(exports).filter(([, { default: file }]) => file?.endsWith(".js"));
  // A language registers itself, which nobody sees who does not ask.
  const scripts = named.flatMap(([name]) => name.includes("*") ? ["de", "tr", "zh"].map((lang) => name.replace("*", lang)) : [name])
    .map((name) => path.posix.join("jackfield", name));
  expect(scripts.length).toBeGreaterThan(5);
  for (const name of scripts) {
    const { globals, asked, names } = JSON.parse(await command(project.folder, `node inert.js ${name}`));
    expect({ name, globals, asked }).toEqual({ name, globals: [], asked: [] });
    // Types for templates, and the wasm as text, give nothing by name.
    expect(names.length > 0, name).toBe(!/\/(inline|react|preact|solid|svelte|vue)$/.test(name));
  }
});

test("Node loads the engine from disk, says what is wrong, and tries again", async ({ project }) => {
  const told = JSON.parse(await command(project.folder, "node loading.js"));
  expect(told).toEqual({
    nowhere: ["JackfieldError", "wasm_unreachable", expect.stringMatching(/^file:.*no\.wasm$/), "ENOENT"],
    damaged: ["JackfieldError", "wasm_unreadable", "(bytes)", null],
    again: [],
    bundle: "chartbrew",
  });
});

test("a server judges again what a browser sent", async ({ project }) => {
  expect(JSON.parse(await command(project.folder, "node server.js"))).toEqual([
    { status: 200, faults: [] },
    { status: 422, faults: [expect.stringMatching(/^name: /)] },
    { status: 422, faults: [expect.stringMatching(/^name: /), expect.stringMatching(/^server\.host: /)] },
  ]);
});
