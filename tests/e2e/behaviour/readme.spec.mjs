// What the package's README shows is run as it stands: a page, an app, and the engine without a widget.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { FormPage } from "../form-page.mjs";
import { expect, test } from "../fixtures.mjs";

const pkg = path.join(import.meta.dirname, "../../../pkg");
const readme = await readFile(path.join(pkg, "README.md"), "utf8");
const blocks = (language) => Array.from(readme.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs")), ([, text]) => text);
const [page_, list] = blocks("html");
const [pageScript, app, headless, core, strings] = blocks("js");
const values = { name: "Shop", mode: "form", host: "db.example.com", username: "reader", password: "canary" };

/** A folder outside the repository with the package in it. */
async function project(use) {
  const folder = await mkdtemp(path.join(tmpdir(), "jackfield-readme-"));
  try {
    await mkdir(path.join(folder, "node_modules"));
    await symlink(pkg, path.join(folder, "node_modules/jackfield"));
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Serves files as the page's own, the package at /jackfield/, and an API that says yes. */
async function served(page, sandbox, files) {
  const { headers } = await fetch(`${sandbox.url}/`);
  const policy = headers.get("content-security-policy").replace("connect-src 'self'", "connect-src 'self' https://api.example.com");
  const types = { html: "text/html", js: "text/javascript", css: "text/css" };
  await page.route("**/readme/*", (route) => {
    const name = path.basename(new URL(route.request().url()).pathname);
    if (name.endsWith(".wasm")) return route.fulfill({ path: path.join(pkg, "dist", name) });
    return route.fulfill({ body: files[name], contentType: types[name.split(".").at(-1)], headers: { "content-security-policy": policy } });
  });
  await page.route("**/jackfield/**", (route) => route.fulfill({ path: path.join(pkg, "dist", new URL(route.request().url()).pathname.slice("/jackfield/".length)) }));
  const sent = [];
  const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "*", "access-control-allow-methods": "*" };
  await page.route("https://api.example.com/**", (route) => {
    const request = route.request();
    if (request.method() === "OPTIONS") return route.fulfill({ status: 204, headers: cors });
    if (request.method() === "GET") return route.fulfill({ status: 200, headers: cors, json: [] });
    sent.push({ url: request.url(), body: request.postDataJSON(), token: request.headers().authorization });
    return route.fulfill({ status: 200, headers: cors, json: { id: 7, ...request.postDataJSON() } });
  });
  return sent;
}

const counted = (html) => html.replace("<head>", '<head>\n<script src="/csp-count.js"></script>');

async function save(page, sandbox) {
  const form = new FormPage(page, sandbox);
  await form.root.locator(".jf-types button").filter({ hasText: "PostgreSQL" }).first().click();
  await form.fill(values);
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
}

test("a page, in two minutes", async ({ page, sandbox, watch }) => {
  const sent = await served(page, sandbox, { "index.html": counted(page_), "connections.js": pageScript });
  await page.addInitScript(() => sessionStorage.setItem("token", "mine"));
  await page.goto("/readme/index.html");
  await save(page, sandbox);
  expect(sent).toMatchObject([{ url: "https://api.example.com/team/1/connections", body: { host: "db.example.com" }, token: "Bearer mine" }]);
  expect(watch.heard).toContain("saved Shop");
});

test("an app, in two minutes", async ({ page, sandbox, watch }) => {
  const files = await project(async (folder) => {
    await writeFile(path.join(folder, "main.js"), app);
    const { outputFiles } = await build({
      entryPoints: [path.join(folder, "main.js")], bundle: true, splitting: true, format: "esm", outdir: path.join(folder, "out"), write: false, logLevel: "error",
    });
    return Object.fromEntries(outputFiles.map(({ path: file, text }) => [path.basename(file), text]));
  });
  const html = counted('<!doctype html><html lang="en"><head><title>App</title><link rel="stylesheet" href="main.css"><script type="module" src="main.js"></script></head><body></body></html>');
  const sent = await served(page, sandbox, { ...files, "index.html": html });
  await page.goto("/readme/index.html");
  await save(page, sandbox);
  expect(sent).toHaveLength(1);
  expect(watch.heard).toContain("saved Shop");
});

test("the list beside its form", async ({ page, sandbox }) => {
  const scripts = '<script type="module" src="/jackfield/index.js"></script><script type="module" src="/jackfield/list.js"></script><script type="module" src="main.js"></script>';
  await served(page, sandbox, {
    "index.html": counted(`<!doctype html><html lang="en"><head><title>List</title>${scripts}</head><body>${list}</body></html>`),
    "main.js": 'for (const element of document.querySelectorAll("jackfield-list, jackfield-form")) element.settings = { team_id: 1 };',
  });
  await page.goto("/readme/index.html");
  await expect(page.locator("jackfield-list")).toContainText("No connection is saved.");
  await expect(page.locator("jackfield-form").getByRole("searchbox")).toBeVisible();
});

test("without a widget, in two minutes; the same with a server; and a pasted connection string", async () => {
  const server = createServer((request, response) => response.writeHead(200, { "content-type": "application/json" }).end('{"id": 7, "name": "Shop"}'));
  await new Promise((ready) => { server.listen(0, "127.0.0.1", ready); });
  const given = [
    'import bundle from "jackfield/apis/chartbrew" with { type: "json" };',
    `const base_url = "http://127.0.0.1:${server.address().port}", token = async () => "mine";`,
  ];
  // Where the snippet only names a form, the host would have filled in the rest.
  const filled = core.replace('form.step({ do: "submit" })', `(${JSON.stringify(Object.entries(values))}.forEach(([field, value]) => form.step({ do: "set", field, value })), form.step({ do: "submit" }))`);
  const pasted = core.slice(0, core.indexOf('form.step({ do: "set"'));
  const said = await project(async (folder) => {
    const run = async (...lines) => {
      await writeFile(path.join(folder, "main.mjs"), lines.join("\n"));
      return (await promisify(execFile)(process.execPath, ["--no-warnings", "main.mjs"], { cwd: folder })).stdout.trim().split("\n");
    };
    return [
      await run(headless),
      await run(...given, filled),
      await run(...given, pasted, strings, 'console.log(form.view().fields.find(({ field }) => field === "host").value);'),
    ];
  }).finally(() => server.close());
  expect(said[0]).toEqual(["POST https://api.example.com/team/1/connections []"]);
  expect(said[1]).toEqual([expect.stringMatching(/Shop.*was saved\. \[\]$/)]);
  expect(said[2].at(-1)).toBe("db.example.com");
});

test("the pictures of the repository's README are there, small, and said in words", async () => {
  const text = await readFile(path.join(pkg, "../README.md"), "utf8");
  const [picture] = /<picture>.*?<\/picture>/s.exec(text);
  const files = Array.from(picture.matchAll(/(?:src|srcset)="([^"]+)"/g), ([, file]) => file);
  expect(files).toEqual(["docs/form-dark.webp", "docs/form-light.webp"]);
  expect(picture).toMatch(/media="\(prefers-color-scheme: dark\)" srcset="docs\/form-dark\.webp"/);
  expect(picture).toMatch(/alt="[^"]{30,}"/);
  for (const file of files) {
    const bytes = await readFile(path.join(pkg, "..", file));
    expect(bytes.subarray(8, 12).toString(), file).toBe("WEBP");
    expect(bytes.length, file).toBeGreaterThan(5_000);
    expect(bytes.length, file).toBeLessThan(60_000);
  }
  // What npm shows has no pictures that it could not show.
  expect(readme).not.toMatch(/<picture>|!\[[^\]]*\]\((?!https:)/);
});
