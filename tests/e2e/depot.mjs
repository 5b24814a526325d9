// An API of the tests' own with every operation, and a page with a list and the form that it opens connections in.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test as base } from "./workshop.mjs";

const bundle = await readFile(path.join(import.meta.dirname, "data/depot.json"), "utf8");
export const shelf = (number, more = {}) => ({ id: `s${number}`, kind: "shelf", name: `Shelf ${number}`, aisle: number, key: `canary-${number}`, ...more });
export const crate = (number) => ({ id: `c${number}`, kind: "crate", name: `Crate ${number}` });

export const test = base.extend({
  /** A server of an invented API: what it holds, what it was asked, and how it answers instead. */
  depot: async ({ page }, use) => {
    const depot = { things: new Map(), calls: [], instead: undefined, put: (...all) => all.forEach((thing) => depot.things.set(thing.id, thing)) };
    await page.route("**/depot/**", (route) => {
      const request = route.request();
      const [method, url] = [request.method(), new URL(request.url())];
      const id = decodeURIComponent(url.pathname.split("/things/")[1] ?? "");
      depot.calls.push(`${method} ${url.pathname.split("/depot")[1]}`);
      const instead = depot.instead?.(method, id, request.postDataJSON());
      if (instead === "never") return undefined;
      if (instead) return route.fulfill(instead);
      if (method === "GET") return route.fulfill({ json: id ? depot.things.get(id) : { items: [...depot.things.values()].map(({ key: _, aisle: __, ...listed }) => listed) } });
      if (method === "DELETE") depot.things.delete(id);
      if (method === "PUT") depot.things.set(id, { ...request.postDataJSON(), id });
      return route.fulfill({ json: {} });
    });
    await use(depot);
  },

  /** A page with a list, configured; gives what tests touch of it. */
  listed: async ({ page, host, sandbox }, use) => {
    await use(async (config = {}) => {
      const form = await host("list.html");
      await page.route("**/e2e/depot.json", (route) => route.fulfill({ contentType: "application/json", body: bundle }));
      const { token, team_id, base_url } = await form.settings();
      const given = { apis: "/e2e/depot.json", baseUrl: `${sandbox.url}/depot`, ...config };
      if (given.apis.includes("chartbrew")) Object.assign(given, { baseUrl: base_url, settings: { team_id } });
      await page.waitForFunction(() => document.documentElement.dataset.ready === "");
      await page.evaluate(([given, token]) => {
        for (const element of document.querySelectorAll("jackfield-list, jackfield-form")) Object.assign(element, given, { token: () => token });
      }, [given, token]);
      return new ListPage(page, form);
    });
  },
});

/** The list as a user meets it. */
class ListPage {
  constructor(page, form) {
    Object.assign(this, { page, form, root: page.locator("jackfield-list") });
    this.count = this.root.locator(".jf-count");
    this.rows = this.root.locator(".jf-entry");
    this.search = this.root.getByRole("searchbox", { name: "Search connections" });
  }

  row(name) {
    return this.rows.filter({ has: this.page.getByText(name, { exact: true }) });
  }

  button(name) {
    return this.root.getByRole("button", { name, exact: true });
  }

  heard() {
    return this.page.evaluate(() => window.heard);
  }
}
