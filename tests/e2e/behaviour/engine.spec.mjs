// When the engine does not come, or breaks: the page says why, and nothing can be submitted.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, sent, test, typeOf } from "../fixtures.mjs";
import { root } from "../sandbox.mjs";

const wasm = "**/*.wasm";
const failures = [
  ["is not there", (route) => route.fulfill({ status: 404, body: "not found" })],
  ["cannot be reached", (route) => route.abort()],
  ["is a page of HTML", (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><title>Home</title>" })],
  ["is cut short", async (route) => {
    const whole = await readFile(path.join(root, "pkg/dist/jackfield_bg.wasm"));
    await route.fulfill({ status: 200, contentType: "application/wasm", body: whole.subarray(0, whole.length >> 1) });
  }],
];

for (const [how, answer] of failures) {
  test(`the engine's file ${how}: it says so, and Try again works`, async ({ page, host, watch }) => {
    watch.allow(/Failed to load resource|ERR_FAILED|wasm/i);
    await page.route(wasm, answer);
    const form = await host("bare.html");
    const alert = form.root.getByRole("alert");
    await expect(alert).toBeVisible();
    await expect(alert).toContainText("jackfield_bg.wasm");
    await expect(form.primary).toHaveCount(0);
    await page.unroute(wasm);
    await form.root.getByRole("button", { name: "Try again" }).click();
    await expect(form.control("name")).toBeVisible();
    await expect(alert).toHaveCount(0);
  });
}

test.describe("a policy without wasm-unsafe-eval", () => {
  test.use({ policyBroken: true });

  test("is named", async ({ page, host, watch }) => {
    watch.allow(/Content Security Policy|wasm/i);
    await page.route("**/e2e/bare.html", async (route) => {
      const { headers } = await fetch(new URL("/", route.request().url()));
      const policy = headers.get("content-security-policy");
      expect(policy).toContain("'wasm-unsafe-eval'");
      const body = await readFile(path.join(root, "tests/e2e/pages/bare.html"));
      await route.fulfill({ body, contentType: "text/html", headers: { "content-security-policy": policy.replace("'wasm-unsafe-eval'", "") } });
    });
    const form = await host("bare.html");
    await expect(form.root.getByRole("alert")).toContainText("wasm-unsafe-eval");
    await expect(form.root.getByRole("button", { name: "Try again" })).toBeVisible();
    await expect(form.primary).toHaveCount(0);
  });
});

test("the demo page says it too", async ({ page, watch }) => {
  watch.allow(/Failed to load resource/);
  await page.route(wasm, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("/");
  await expect(page.locator("#problem")).toContainText("jackfield_bg.wasm");
});

test("an engine that breaks while the form is open refuses the submit", async ({ page, host }) => {
  const bodies = sent(page, "POST", "/connections");
  const form = await host("bare.html");
  await form.fill(typeOf("timescaledb").values);
  await form.root.evaluate((element) => {
    Object.getPrototypeOf(element.form).step = () => { throw new WebAssembly.RuntimeError("unreachable"); };
  });
  await form.submit();
  await expect(form.status).toContainText(/engine stopped/i);
  await form.submit();
  expect(bodies).toEqual([]);
});

test("a bundle that is not there is said", async ({ page, host, watch }) => {
  watch.allow(/Failed to load resource/);
  await page.route("**/pkg/apis/chartbrew.json", (route) => route.fulfill({ status: 404, body: "" }));
  const form = await host("bare.html");
  await expect(form.root.getByRole("alert")).toContainText("chartbrew.json");
});

test("a bundle laid over a shipped API changes its types, wherever it stands among the addresses", async ({ page, host }) => {
  const over = { over: "chartbrew", types: [{ id: "postgres", title: "Our Postgres", fields: { port: { default: 6432 }, sshJumpPort: null } }] };
  await page.route("**/ours.json", (route) => route.fulfill({ json: over }));
  const form = await host("bare.html");
  await form.root.evaluate((element) => Object.assign(element, { apis: `${element.getAttribute("apis")} /ours.json`, api: "chartbrew", type: "postgres" }));
  await expect(form.root.getByRole("heading", { name: "Our Postgres" })).toBeVisible();
  await form.set("mode", "form");
  await expect(form.control("port")).toHaveValue("6432");
  await expect(form.field("sshJumpPort")).toHaveCount(0);
  await expect(form.field("password")).toBeVisible();
});

test("a mistake in a bundle laid over is named", async ({ page, host }) => {
  await host("bare.html");
  const mistakes = await page.evaluate(async () => {
    const { load } = await import("/pkg/core.js");
    const jackfield = await load();
    const add = (bundle) => jackfield.add(bundle).catch(({ mistakes }) => mistakes.map(({ place, text }) => `${place} ${text}`));
    const before = await add({ over: "chartbrew", types: [] });
    await jackfield.add("/pkg/apis/chartbrew.json");
    return [...before, ...await add({ over: "chartbrew", types: [{ id: "postgres", fields: { prot: { default: 1 } } }] })];
  });
  expect(mistakes).toEqual(["/over this API is not there: add it first", "/fields/prot “prot” is unknown; did you mean “port”?"]);
});
