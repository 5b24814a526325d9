// The element in pages of other people: inside their forms, twice on a page, taken away, with their own transport.
import path from "node:path";
import { expect, sent, test, typeOf } from "../fixtures.mjs";

const customerio = typeOf("customerio").values;

test("inside a host's form it submits itself and never the host's", async ({ page, host }) => {
  const bodies = sent(page, "POST", "/connections");
  const form = await host("inside.html");
  await expect(form.control("name")).toBeVisible();
  await form.control("name").fill("x".repeat(25));
  await form.control("name").press("Enter");
  await expect(form.status).toHaveAttribute("data-state", "invalid");
  await form.fill({ ...customerio, name: "In a wizard" });
  await form.control("password").press("Enter");
  await expect(form.status).toHaveAttribute("data-state", "done");
  expect(bodies).toHaveLength(1);
  expect(await page.evaluate(() => window.hostSubmits)).toBe(0);
  // The host's own form works as before, and nobody's secret is part of it.
  await page.getByRole("button", { name: "Next" }).click();
  expect(await page.evaluate(() => window.hostSubmits)).toBe(1);
  expect(await page.evaluate(() => [...new FormData(document.querySelector("#wizard")).values()].join(" "))).not.toContain(customerio.password);
});

test("two forms of one page have nothing in common", async ({ page, host }) => {
  const first = await host("two.html");
  const second = first.at(1);
  await expect(first.control("name")).toBeVisible();
  await expect(second.control("name")).toBeVisible();
  const ids = await page.locator("jackfield-form [id]").evaluateAll((elements) => elements.map(({ id }) => id));
  expect(ids.length).toBeGreaterThan(20);
  expect(new Set(ids).size).toBe(ids.length);
  const names = await page.locator("jackfield-form input[type=radio]").evaluateAll((radios) => radios.map((radio) => radio.name));
  expect(new Set(names).size).toBe(2);
  await first.set("name", "First");
  await second.set("mode", "form");
  await expect(second.control("name")).toHaveValue("");
  await expect(first.field("host")).toBeHidden();
  await second.page.locator("jackfield-form").nth(1).getByText("Database", { exact: true }).click();
  await expect(second.control("dbName")).toBeFocused();
});

test("taken out of the page it stops its request", async ({ page, host, watch }) => {
  watch.allow(/ERR_/);
  let gone;
  const aborted = new Promise((resolve) => { gone = resolve; });
  page.on("requestfailed", (request) => { if (request.method() === "POST") gone(request.failure().errorText); });
  await page.route("**/team/*/connections", () => {});
  const form = await host("bare.html");
  await form.fill(typeOf("timescaledb").values);
  // A form is busy before its request leaves: what sends is loaded with the first one.
  const request = page.waitForRequest((one) => one.method() === "POST");
  await form.submit();
  await request;
  await expect(form.status).toHaveAttribute("data-state", "busy");
  await page.evaluate(() => document.querySelector("jackfield-form").remove());
  expect(await aborted).toContain("ERR_ABORTED");
  expect(await page.evaluate(() => window.heard.map(({ type }) => type))).not.toContain("jackfield-success");
});

test("moved within the page it works as before", async ({ page, host }) => {
  const form = await host("bare.html");
  await form.fill({ name: "Moved" });
  await page.evaluate(() => document.querySelector("main").prepend(document.querySelector("jackfield-form")));
  await expect(form.control("name")).toBeVisible();
  await form.fill({ ...typeOf("timescaledb").values, name: "Moved" });
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
});

test("a host's own transport sends in the network's place", async ({ page, host }) => {
  const bodies = sent(page, "POST", "/connections");
  const form = await host("bare.html");
  await form.root.evaluate((element) => {
    element.transport = async (plan, { token }) => {
      window.planned = { method: plan.method, url: plan.url, name: plan.body.name, token };
      return { status: 200, type: "application/json", text: JSON.stringify({ id: 77, name: plan.body.name, type: "postgres", subType: "postgres" }) };
    };
  });
  await form.fill({ ...typeOf("timescaledb").values, name: "By proxy" });
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  const { token, base_url, team_id } = await form.settings();
  expect(await page.evaluate(() => window.planned)).toEqual({ method: "POST", url: `${base_url}/team/${team_id}/connections`, name: "By proxy", token });
  expect(bodies).toEqual([]);
  const success = await page.evaluate(() => window.heard.find(({ type }) => type === "jackfield-success").connection);
  expect(success).toEqual({ id: "77", name: "By proxy", type: "postgres" });
});

test("a transport that throws is a lost request, and its error is nobody's", async ({ host, watch }) => {
  const form = await host("bare.html");
  await form.root.evaluate((element) => { element.transport = () => { throw new Error("secret-in-error"); }; });
  await form.fill(typeOf("timescaledb").values);
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "lost");
  expect(watch.heard.join("\n")).not.toContain("secret-in-error");
  await expect(form.root).not.toContainText("secret-in-error");
});

test("a host can stop a submit, and sees no secret in it", async ({ page, host }) => {
  const bodies = sent(page, "POST", "/connections");
  const form = await host("bare.html");
  await page.evaluate(() => document.addEventListener("jackfield-submit", (event) => event.preventDefault()));
  await form.fill({ name: "Stopped", mode: "form", host: "db.example.com", password: "canary-stopped" });
  await form.submit();
  await expect.poll(() => page.evaluate(() => window.heard.filter(({ type }) => type === "jackfield-submit").length)).toBe(1);
  const plan = await page.evaluate(() => JSON.stringify(window.heard.find(({ type }) => type === "jackfield-submit").plan));
  expect(plan).toContain("•••");
  expect(plan).not.toContain("canary");
  expect(bodies).toEqual([]);
});

test("a keystroke is one call into the engine and touches no other field", async ({ page, host }) => {
  const form = await host("bare.html");
  await form.set("mode", "form");
  await form.set("host", "db.example.com");
  await form.root.evaluate((element) => {
    window.calls = [];
    const prototype = Object.getPrototypeOf(element.form);
    for (const name of ["step", "view", "preview"]) {
      const real = prototype[name];
      prototype[name] = function (...given) { window.calls.push(name); return real.apply(this, given); };
    }
    window.touched = [];
    for (const field of element.querySelectorAll("[data-field]")) {
      const own = field.dataset.field;
      new MutationObserver((changes) => { for (const change of changes) window.touched.push(`${own} ${change.type} ${change.attributeName ?? ""}`); })
        .observe(field, { attributes: true, childList: true, characterData: true, subtree: true });
    }
  });
  await form.control("dbName").focus();
  await page.evaluate(() => { window.calls.length = 0; window.touched.length = 0; });
  await page.keyboard.press("w");
  expect(await page.evaluate(() => window.calls)).toEqual(["step"]);
  expect(await page.evaluate(() => window.touched)).toEqual([]);
  await page.keyboard.type("arehouse");
  expect(await page.evaluate(() => window.calls)).toHaveLength("warehouse".length);
  expect(await page.evaluate(() => window.touched)).toEqual([]);
  // A switch touches the fields that it shows, and no others.
  await form.control("ssl").check();
  await expect(form.field("sslMode")).toBeVisible();
  const touched = await page.evaluate(() => [...new Set(window.touched.map((line) => line.split(" ")[0]))]);
  expect(touched).toEqual(["sslMode", "sslCa", "sslCert", "sslKey"]);
});

test("properties set before the element is defined count", async ({ page, host }) => {
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      const form = document.querySelector("jackfield-form");
      if (!form) return;
      observer.disconnect();
      window.early = !customElements.get("jackfield-form");
      form.values = { name: "Given early" };
    }).observe(document, { childList: true, subtree: true });
  });
  // The element's script comes once the page has read the tag.
  await page.route("**/pkg/index.js", async (route) => {
    await page.waitForFunction(() => "early" in window);
    await route.fallback();
  });
  const form = await host("bare.html");
  await expect(form.control("name")).toHaveValue("Given early");
  expect(await page.evaluate(() => window.early)).toBe(true);
});

test("two copies of the package on one page: a warning, and the form works", async ({ page, host, watch }) => {
  watch.allow(/is defined already/);
  // As a page has it whose parts were built apart, with another version each.
  await page.route("**/other/**", (route) => route.fulfill({ path: path.join(import.meta.dirname, "../../../pkg/dist", path.basename(new URL(route.request().url()).pathname)) }));
  const form = await host("bare.html");
  await expect(form.control("name")).toBeVisible();
  await page.evaluate(() => Promise.all(["/other/index.js", "/other/list.js", "/pkg/index.js"].map((script) => import(script))));
  expect(watch.heard.filter((line) => /is defined already/.test(line))).toEqual(["jackfield: <jackfield-form> is defined already."]);
  await form.set("name", "Still here");
  await expect(form.control("name")).toHaveValue("Still here");
});
