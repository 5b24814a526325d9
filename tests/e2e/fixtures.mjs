// What every test stands on: a sandbox per worker, and a page that may break no policy and write no unexpected error.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test as base, expect } from "@playwright/test";
import { FormPage, SmallPage } from "./form-page.mjs";
import { dataFolder, removeFolder, startSandbox } from "./sandbox.mjs";

export { expect };

const data = async (name) => JSON.parse(await readFile(path.join(import.meta.dirname, `data/${name}.json`), "utf8"));
/** The cases of every API: per type what is typed, what is sent and what is stored. */
export const apis = [await data("chartbrew"), await data("apinizer"), await data("harbour")];
export const types = apis.flatMap((api) => api.types.map((type) => ({ ...type, api })));
export const typeOf = (id) => types.find(({ type }) => type === id);
export const out = (name) => path.join(import.meta.dirname, "out", name);

/** Listens to everything that a page complains about. */
class Watch {
  #allowed = [];
  heard = [];
  #refusals = [];

  constructor(page) {
    page.on("console", (message) => {
      this.heard.push(message.text());
      if (message.type() === "error" || message.type() === "warning") this.#refusals.push(`console: ${message.text()}`);
    });
    page.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      // A name for examples is a test's own API.
      const known = !/^(https?|wss?):$/.test(protocol) || hostname === "127.0.0.1" || hostname === "localhost" || /(^|\.)example(\.(com|org|net))?$|\.test$/.test(hostname);
      if (!known) this.#refusals.push(`request to ${hostname}`);
    });
    page.on("pageerror", (error) => this.#refusals.push(`page error: ${error.message}`));
  }

  /** This test causes a complaint of this form and means to. */
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  unexpected() {
    return this.#refusals.filter((line) => !this.#allowed.some((pattern) => pattern.test(line)));
  }
}

export const test = base.extend({
  sandbox: [async ({}, use) => {
    const folder = await dataFolder();
    const sandbox = await startSandbox(folder);
    await use(sandbox);
    await sandbox.stop();
    await removeFolder(folder);
    // Where it is not built yet, cargo builds it first.
  }, { scope: "worker", timeout: 300_000 }],

  baseURL: async ({ sandbox }, use) => use(sandbox.url),

  /** Whether the page's policy is meant to be broken in this test. */
  policyBroken: [false, { option: true }],

  watch: [async ({ page, policyBroken }, use) => {
    const watch = new Watch(page);
    await use(watch);
    // What a test may do, the next one in the same browser may not.
    await page.context().clearPermissions();
    expect(watch.unexpected(), "what the page complained about").toEqual([]);
    if (policyBroken || page.isClosed() || page.url() === "about:blank") return;
    // Counted by a script of the page itself; a page that has no counter fails here too.
    expect(await page.evaluate(() => window.policyViolations), "what the page's policy refused").toEqual([]);
  }, { auto: true }],

  /** The demo page. */
  demo: async ({ page, sandbox }, use) => use(new FormPage(page, sandbox)),

  /** A page with the form alone, where a test is not about the demo. */
  form: async ({ page, sandbox, host }, use) => use(new SmallPage(page, sandbox, host)),

  /** Opens a page of tests/e2e/pages/, which the sandbox serves: same origin, same policy. */
  host: async ({ page, sandbox }, use) => {
    await use(async (file) => {
      await page.goto(`/e2e/${file}`);
      return new FormPage(page, sandbox);
    });
  },
});

/** The bodies of the requests that the page sent to a path that ends so. */
export function sent(page, method, end) {
  const bodies = [];
  page.on("request", (request) => {
    if (request.method() === method && new URL(request.url()).pathname.endsWith(end)) bodies.push(request.postDataJSON());
  });
  return bodies;
}
