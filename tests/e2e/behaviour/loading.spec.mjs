// Where the wasm may come from, and what is said when it does not come: one error with a code, an address and a cause, and another try.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "../fixtures.mjs";
import { root } from "../sandbox.mjs";

const wasm = "**/jackfield_bg.wasm";
const engine = (folder = "dist") => readFile(path.join(root, `pkg/${folder}/jackfield_bg.wasm`));
const answer = (body, contentType = "application/wasm", status = 200) => (route) => route.fulfill({ status, contentType, body });

/** The engine with another stamp, as an older version has it. */
async function older() {
  const bytes = await engine();
  bytes[bytes.length - 1] ^= 1;
  return bytes;
}

const half = async () => (await engine()).subarray(0, 100_000);

const failures = [
  ["is not there", "wasm_unreachable", () => answer("not found", "text/plain", 404)],
  ["cannot be reached", "wasm_unreachable", () => (route) => route.abort()],
  ["is a page of HTML", "wasm_unreadable", () => answer("<!doctype html><title>Home</title>", "text/html")],
  ["is cut short", "wasm_unreadable", async () => answer(await half())],
  ["is cut short and of the wrong media type", "wasm_unreadable", async () => answer(await half(), "text/plain")],
  ["is of another version", "wasm_version", async () => answer(await older())],
  ["says no version", "wasm_version", async () => answer(await engine("wasm"))],
];

/** Loads the engine in the page; gives what was thrown, or the APIs that it knows. */
const load = (page) => page.evaluate(async () => {
  const { load, JackfieldError } = await import("/pkg/core.js");
  return load().then((jackfield) => jackfield.apis(), (thrown) =>
    ({ typed: thrown instanceof JackfieldError, code: thrown.code, url: thrown.url, message: thrown.message, cause: String(thrown.cause) }));
});

for (const [how, code, answers] of failures) {
  test(`the wasm ${how}: one typed error, and it can be loaded again`, async ({ page, host, watch }) => {
    watch.allow(/Failed to load resource|ERR_FAILED/);
    await page.route(wasm, await answers());
    await page.addInitScript(() => {
      const { fetch } = window;
      window.asked = [];
      window.fetch = (where, how) => {
        window.asked.push(how.cache);
        return fetch(where, how);
      };
    });
    await host("empty.html");
    const thrown = await load(page);
    const url = new URL("/pkg/jackfield_bg.wasm", page.url()).href;
    expect(thrown).toMatchObject({ typed: true, code, url });
    expect(thrown.message).toContain(url);
    // Another version is no failure of anything below.
    expect(thrown.cause).toMatch(code === "wasm_version" ? /^undefined$/ : /Error/);
    await page.unroute(wasm);
    expect(await load(page)).toEqual([]);
    // An old file in the browser's cache would be met again and again.
    expect(await page.evaluate(() => window.asked)).toEqual(["default", "reload"]);
  });
}

test("a wasm of the wrong media type is as good as another", async ({ page, host }) => {
  await page.route(wasm, answer(await engine(), "application/octet-stream"));
  await host("empty.html");
  expect(await load(page)).toEqual([]);
});

test("a wasm that hangs is given up, and can be loaded again", async ({ page, host }) => {
  await page.clock.install();
  await page.route(wasm, () => {});
  await host("empty.html");
  const asked = page.waitForRequest(wasm);
  const thrown = load(page);
  await asked;
  await page.clock.fastForward("02:00");
  expect(await thrown).toMatchObject({ typed: true, code: "wasm_late", url: new URL("/pkg/jackfield_bg.wasm", page.url()).href });
  await page.unrouteAll({ behavior: "ignoreErrors" });
  expect(await load(page)).toEqual([]);
});

test("a response of the host that hangs is given up too", async ({ page, host }) => {
  await page.clock.install();
  await host("empty.html");
  const thrown = page.evaluate(async () => {
    const { load } = await import("/pkg/core.js");
    const loading = load(new Response(new ReadableStream(), { headers: { "content-type": "application/wasm" } }));
    window.begun = true;
    return loading.catch(({ code }) => code);
  });
  await page.waitForFunction(() => window.begun);
  await page.clock.fastForward("02:00");
  expect(await thrown).toBe("wasm_late");
});

test("without WebAssembly that is said", async ({ page, host }) => {
  await page.addInitScript(() => { delete globalThis.WebAssembly; });
  await host("empty.html");
  expect(await load(page)).toMatchObject({ typed: true, code: "wasm_missing" });
});

test.describe("a policy without wasm-unsafe-eval", () => {
  test.use({ policyBroken: true });

  test("is named, with the word that it lacks", async ({ page, sandbox, watch }) => {
    watch.allow(/Content Security Policy|wasm/i);
    const policy = (await fetch(sandbox.url)).headers.get("content-security-policy").replace("'wasm-unsafe-eval'", "");
    const body = await readFile(path.join(root, "tests/e2e/pages/empty.html"));
    await page.route("**/e2e/*", (route) => route.fulfill({ body, contentType: "text/html", headers: { "content-security-policy": policy } }));
    await page.goto("/e2e/empty.html");
    const thrown = await load(page);
    expect(thrown).toMatchObject({ typed: true, code: "wasm_blocked" });
    expect(thrown.message).toContain("'wasm-unsafe-eval' to its script-src");
  });
});

const sources = {
  "a URL": () => new URL("/pkg/jackfield_bg.wasm", location.href),
  "an address": () => "/pkg/jackfield_bg.wasm",
  "a response": () => fetch("/pkg/jackfield_bg.wasm"),
  "a response of no media type": async () => new Response(await (await fetch("/pkg/jackfield_bg.wasm")).arrayBuffer()),
  "a buffer": async () => (await fetch("/pkg/jackfield_bg.wasm")).arrayBuffer(),
  "bytes": async () => new Uint8Array(await (await fetch("/pkg/jackfield_bg.wasm")).arrayBuffer()),
  "a compiled module": () => WebAssembly.compileStreaming(fetch("/pkg/jackfield_bg.wasm")),
};

for (const [what, source] of Object.entries(sources)) {
  test(`${what} is taken as it is`, async ({ page, host }) => {
    const asked = [];
    page.on("request", (request) => { if (request.url().endsWith(".wasm")) asked.push(request.url()); });
    await host("empty.html");
    const handle = await page.evaluateHandle(source);
    const apis = await page.evaluate(async (from) => (await (await import("/pkg/core.js")).load(from)).apis(), handle);
    expect(apis).toEqual([]);
    expect(asked).toHaveLength(1);
  });
}

test("damaged bytes and a refused response are named as what they are", async ({ page, host, watch }) => {
  watch.allow(/Failed to load resource/);
  await host("empty.html");
  expect(await page.evaluate(async () => {
    const { load } = await import("/pkg/core.js");
    const told = (source) => load(source).catch(({ code, url }) => [code, url]);
    return [await told(new Uint8Array(9)), await told(await fetch("/pkg/no.wasm")), await told(5)];
  })).toEqual([
    ["wasm_unreadable", "(bytes)"],
    ["wasm_unreachable", new URL("/pkg/no.wasm", page.url()).href],
    ["wasm_unreadable", "(bytes)"],
  ]);
});

test("jackfield/inline: no wasm is asked for, by the form, its connection strings, or an API of the page's own", async ({ page, host }) => {
  const asked = [];
  page.on("request", (request) => { if (request.url().endsWith(".wasm")) asked.push(request.url()); });
  const form = await host("empty.html");
  const id = await page.evaluate(async () => {
    await import("/pkg/inline.js");
    const { JackfieldFormElement } = await import("/pkg/index.js");
    const jackfield = await JackfieldFormElement.shared();
    await jackfield.add("/pkg/apis/chartbrew.json");
    const element = document.createElement("jackfield-form");
    element.type = "postgres";
    document.querySelector("main").append(element);
    return jackfield.add("/e2e/cellar.json");
  });
  expect(id).toBeTruthy();
  await form.root.getByRole("button", { name: "Paste a connection string" }).click();
  await form.root.locator(".jf-strings").getByLabel("Connection string", { exact: true }).fill("postgres://db.example.com/sales");
  await form.root.getByRole("button", { name: "Fill in" }).click();
  await expect(form.control("host")).toHaveValue("db.example.com");
  expect(asked).toEqual([]);
});

test("a form whose engine does not come is named, says why, and keeps the focus on its button", async ({ page, host, watch }) => {
  watch.allow(/Failed to load resource/);
  await page.route(wasm, answer("not found", "text/plain", 404));
  const form = await host("bare.html");
  const group = form.root.getByRole("group", { name: "Connection" });
  await expect(group.getByRole("heading", { name: "Connection" })).toBeVisible();
  await expect(group.getByRole("alert")).toContainText("jackfield_bg.wasm");
  const again = group.getByRole("button", { name: "Try again" });
  await again.click();
  await expect(again).toBeFocused();
  await page.unroute(wasm);
  await page.keyboard.press("Enter");
  await expect(form.control("name")).toBeVisible();
});

/** Sends a list request to the page's own server; gives the reply, or what was thrown. */
const send = (page) => page.evaluate(async () => {
  const { load } = await import("/pkg/core.js");
  const plan = { id: 1, operation: "list", method: "GET", url: `${location.origin}/e2e/empty.html`, query: [], headers: {}, body: null, multipart: false, timeout: 30, auth: "none", repeatable: true };
  const jackfield = await load();
  return jackfield.send(plan).then((reply) => ({ status: reply.status, lost: reply.lost }), ({ code, url }) => ({ code, url }));
});

test("what sends comes with the first request; one that the network takes is lost, and can be sent again", async ({ page, host, watch }) => {
  watch.allow(/ERR_FAILED/);
  const asked = [];
  page.on("request", (request) => { if (request.url().includes("sender")) asked.push(request.url()); });
  await host("empty.html");
  expect(await load(page)).toEqual([]);
  expect(asked).toEqual([]);
  await page.route("**/jackfield_sender_bg.wasm", (route) => route.abort());
  expect(await send(page)).toEqual({ lost: "network" });
  await page.unroute("**/jackfield_sender_bg.wasm");
  expect(await send(page)).toEqual({ status: 200 });
  expect(asked.length).toBeGreaterThan(1);
});

test("what sends is not there: a typed error; and it is looked for beside an engine that lies elsewhere", async ({ page, host, watch }) => {
  watch.allow(/Failed to load resource/);
  await page.route("**/pkg/jackfield_sender_bg.wasm", answer("not found", "text/plain", 404));
  await host("empty.html");
  expect(await send(page)).toEqual({ code: "wasm_unreachable", url: new URL("/pkg/jackfield_sender_bg.wasm", page.url()).href });
  await page.route("**/elsewhere/*.wasm", async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1);
    await answer(await readFile(path.join(root, "pkg/dist", name)))(route);
  });
  await page.reload();
  await page.evaluate(async () => {
    const { load } = await import("/pkg/core.js");
    await load("/elsewhere/jackfield_bg.wasm");
  });
  expect(await send(page)).toEqual({ status: 200 });
});
