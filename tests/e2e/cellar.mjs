// An API of the tests' own with secrets that the server does not show, files in a request of their own, and connection strings.
import { test as base } from "./fixtures.mjs";

/** What the server shows of a vat. */
export const vat = (more = {}) => ({ id: "v1", kind: "oak", name: "Vat 1", host: "old.example.com", port: 5432, user: "reader", hasPassword: true, hasToken: false, hasSeal: true, hasCa: true, ...more });

export const test = base.extend({
  /** A server that answers what it holds: what it was asked, and how it answers instead. */
  cellar: async ({ page }, use) => {
    const cellar = { vats: new Map(), calls: [], instead: undefined, sent: (what) => cellar.calls.filter((call) => call.what === what) };
    await page.route("**/cellar/**", async (route) => {
      const request = route.request();
      const what = `${request.method()} ${new URL(request.url()).pathname.split("/cellar")[1]}`;
      const multipart = request.headers()["content-type"]?.startsWith("multipart/form-data");
      const body = multipart ? request.postData() : request.postDataJSON();
      cellar.calls.push({ what, body });
      const instead = cellar.instead?.(what);
      if (instead === "never") return undefined;
      if (instead) return route.fulfill(instead);
      const id = /\/vats\/([^/]+)/.exec(what)?.[1];
      if (what === "GET /vats") return route.fulfill({ json: { items: [...cellar.vats.values()] } });
      if (what === "POST /test") return route.fulfill({ json: {} });
      const key = id ?? "new";
      if (request.method() !== "GET" && !multipart) cellar.vats.set(key, { ...cellar.vats.get(key) ?? vat({ id: "new", hasCa: false }), ...body });
      return route.fulfill({ json: cellar.vats.get(key) });
    });
    await use(cellar);
  },

  /** A page with the form, opened with these properties. */
  opened: async ({ page, host, sandbox, cellar }, use) => {
    await use(async (given = {}) => {
      const form = await host("list.html");
      await page.waitForFunction(() => document.documentElement.dataset.ready === "");
      await page.evaluate((given) => {
        window.told = [];
        const form = document.querySelector("jackfield-form");
        for (const name of ["success", "refusal"]) form.addEventListener(`jackfield-${name}`, ({ status }) => window.told.push(`${name} ${status.code}`));
        for (const element of document.querySelectorAll("jackfield-list, jackfield-form")) Object.assign(element, given);
      }, { apis: "/e2e/cellar.json", baseUrl: `${sandbox.url}/cellar`, type: "oak", ...given });
      if (given.type !== null) await form.control("name").waitFor();
      return Object.assign(form, { cellar, told: () => page.evaluate(() => window.told) });
    });
  },
});
