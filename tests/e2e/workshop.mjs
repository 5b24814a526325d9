// An API of the tests' own: lists of rows, several choices, and an update. Its server is a few lines in this file.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test as base } from "./fixtures.mjs";

const bundle = path.join(import.meta.dirname, "data/workshop.json");

/** A mill that can be saved as it is. */
export const mill = (hosts, more = {}) => ({
  kind: "mill",
  name: "mill-1",
  speed: -1,
  key: "canary-key",
  hosts: Array.from({ length: hosts }, (_, row) => ({ host: `h${row + 1}.example.com`, port: 9200 + row, scheme: "http", password: `canary-${row + 1}` })),
  versions: ["TLS_1_3"],
  ...more,
});

export const test = base.extend({
  /** What the server holds by name, what it was sent, and what it says next. */
  server: async ({ page }, use) => {
    const server = { tools: new Map(), calls: [], answer: {} };
    const text = await readFile(bundle, "utf8");
    await page.route("**/apis.json", (route) => route.fulfill({ json: [{ bundle: "/e2e/workshop.json", sandbox: "/workshop" }] }));
    await page.route("**/e2e/workshop.json", (route) => route.fulfill({ contentType: "application/json", body: text }));
    await page.route("**/workshop/tools**", (route) => {
      const request = route.request();
      const url = new URL(request.url());
      const [method, name, body] = [request.method(), decodeURIComponent(url.pathname.split("/tools")[1].slice(1)), request.postDataJSON()];
      server.calls.push({ method, name, query: url.search, body });
      const { tools } = server;
      const json = { ok: true, ...server.answer };
      if (method === "GET") json.items = name ? [tools.get(name)] : [...tools.values()].filter(({ kind }) => kind === url.searchParams.get("kind"));
      if (method === "DELETE" || method === "PUT") tools.delete(name);
      if (body) tools.set(body.name, body);
      return route.fulfill({ json });
    });
    await use(server);
  },

  /** Opens this record on a page with the form alone. */
  opened: async ({ form, server }, use) => use((record, given) => open(form, server, record, given)),

  /** The same on the demo page. */
  openedInDemo: async ({ demo, server }, use) => use((record, given) => open(demo, server, record, given)),
});

async function open(form, server, record, { type = "mill", operation = "update", ...more } = {}) {
  await form.open(type, "workshop");
  await form.root.evaluate((element, given) => Object.assign(element, given), { record, operation, ...more });
  await expect(form.control("name")).toHaveValue(record.name);
  return server;
}

/** Collects what the form's live regions say from now on. */
export async function announcements(page) {
  await page.evaluate(() => {
    window.announced = [];
    const region = document.querySelector("jackfield-form .jf-live");
    new MutationObserver(() => { if (region.textContent) window.announced.push(region.textContent); }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => window.announced);
}
