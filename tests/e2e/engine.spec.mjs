// When the engine does not come, or breaks: the page says why, and nothing can be submitted.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, sent, test, typeOf } from "./fixtures.mjs";
import { root } from "./sandbox.mjs";

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
