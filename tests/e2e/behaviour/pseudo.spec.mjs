// Every state in a language of brackets, on a narrow page: what is hard-coded has none, and what does not fit shows.
import { test as base, vat } from "../cellar.mjs";
import { expect } from "../fixtures.mjs";
import { bare, crowded, PSEUDO, textsOf, theirs, words } from "../pseudo.mjs";

const cellar = "tests/e2e/pages/cellar.json";
const workshop = "tests/e2e/data/workshop.json";
const texts = await textsOf(cellar, workshop, "pkg/dist/apis/chartbrew.json");
const s = (key) => words[`element.${key}`];

const test = base.extend({
  /** Speaks the language on a page of 320 pixels; gives what looks at an element in it. */
  look: async ({ page }, use) => {
    await page.setViewportSize({ width: 320, height: 900 });
    await page.addInitScript(([lang, table]) => {
      document.addEventListener("DOMContentLoaded", async () => {
        document.documentElement.lang = lang;
        const { registerWords } = await import("/pkg/lang.js");
        registerWords(lang, table);
      });
    }, [PSEUDO, { ...words, ...texts }]);
    await use(async (locator, what) => {
      await expect(locator.first()).toContainText("⟧");
      await expect.poll(() => bare(locator), { message: `${what}: what is in no brackets`, timeout: 3000 }).toEqual([]);
      expect(await crowded(locator), `${what}: what does not fit`).toEqual([]);
    });
  },

  /** A form of an API whose answers are those of `answer`. */
  told: async ({ page, host }, use) => {
    await use(async (given) => {
      const form = await host("list.html");
      await page.route("**/e2e/workshop.json", (route) => route.fulfill({ path: workshop }));
      await page.waitForFunction(() => document.documentElement.dataset.ready === "");
      await form.root.evaluate((element, given) => {
        Object.assign(element, { baseUrl: "https://api.example.com", ...given });
        element.transport = async () => window.answer ?? new Promise(() => undefined);
      }, given);
      return Object.assign(form, { answer: (reply) => page.evaluate((reply) => { window.answer = reply; }, reply) });
    });
  },
});

test("what looks for words finds what has no brackets, and what does not fit", async ({ page, opened, look }) => {
  const form = await opened();
  await look(form.root, "as it is");
  await form.root.evaluate((element) => {
    const text = document.createElement("p");
    text.textContent = "Hello ⟦there⟧";
    text.title = "⟦ä· ⟪b⟫⟧";
    text.ariaLabel = "⟦ä·: in English⟧";
    text.style.setProperty("white-space", "nowrap");
    text.style.setProperty("width", "400px");
    element.firstElementChild.append(text);
  });
  expect(await bare(form.root)).toEqual(["Hello ⟦there⟧", "⟦ä·: in English⟧"]);
  expect((await crowded(form.root)).some((line) => line.includes("Hello"))).toBe(true);
  await page.setViewportSize({ width: 1280, height: 900 });
});

test("a form: new, with faults, with rows, files, tests, refusals", async ({ context, opened, cellar, look, watch }) => {
  watch.allow(/status of \d|ERR_/);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const form = await opened({ dryRun: true });
  await look(form.root, "new");
  await form.submit();
  await look(form.root, "with faults");
  await form.root.getByRole("button", { name: s("add_row") }).click();
  await form.root.getByRole("button", { name: s("add_row") }).click();
  await form.set("port", "70000");
  await form.set("host", "no host");
  await form.set("ca", { file: `${theirs("large")}.pem`, text: "x".repeat(3000) });
  await form.submit();
  await look(form.root, "rows and a file that is too large");
  await form.root.getByRole("button", { name: s("copy_curl") }).click();
  await expect(form.root).toContainText(s("copied"));
  await look(form.root, "copied");
  await form.field("options").locator(".jf-row-buttons button").nth(1).click();
  await form.field("options").locator(".jf-row-buttons button").nth(2).click();
  await form.field("options").locator(".jf-row-buttons button").nth(2).click();
  await look(form.root, "a row moved, rows removed");
  await form.fill({ name: theirs("Vat"), host: "h.example.com", port: "1", password: "canary", ca: { file: `${theirs("ca")}.pem`, text: "x" } });
  await form.field("password").locator(".jf-reveal").click();
  await look(form.root, "a secret that is shown");
  for (const [status, problem] of [[400, theirs("No")], [401, ""], [403, ""], [404, ""], [409, ""], [413, ""], [429, ""], [500, theirs("Ouch")]]) {
    cellar.instead = (what) => what.startsWith("POST") && { status, json: { problem } };
    await form.root.locator(".jf-buttons .jf-button").nth(1).click();
    await expect(form.tested).toHaveAttribute("data-state", /refused|lost/);
    await look(form.root, `a test that answered ${status}`);
    await form.submit();
    await expect(form.status).toHaveAttribute("data-state", /refused|lost/);
    await look(form.root, `${status}`);
  }
  cellar.instead = (what) => what.startsWith("POST") && "never";
  await form.root.locator(".jf-buttons .jf-button").nth(1).click();
  await form.submit();
  await look(form.root, "under way");
  await form.tested.getByRole("button").click();
  await form.root.locator(".jf-buttons").getByRole("button", { name: s("cancel") }).click();
  await expect(form.status).toHaveAttribute("data-state", "lost");
  await look(form.root, "cancelled");
  await form.status.getByRole("button", { name: s("offer_list") }).click();
  await expect(form.status).toContainText(s("list_empty"));
  await look(form.root, "the saved ones, none");
  cellar.instead = (what) => what.endsWith("/files") && { status: 500, json: {} };
  await form.root.locator(".jf-buttons .jf-button").nth(1).click();
  await form.submit();
  await expect(form.status).toContainText(s("offer_files"));
  await look(form.root, "saved without its files, and a good test");
  await form.set("user", "x");
  await look(form.root, "a test of before");
});

test("a saved connection: what is stored, removed, kept, and only looked at", async ({ opened, cellar, look }) => {
  cellar.vats.set("v1", vat({ name: theirs("Vat") }));
  const form = await opened({ operation: "update", record: vat({ name: theirs("Vat") }) });
  await look(form.root, "as it is stored");
  await form.field("password").getByRole("button", { name: s("remove") }).click();
  await form.field("token").locator("input").first().fill("x");
  await form.field("ca").getByRole("button", { name: s("remove") }).click();
  await form.set("host", "other.example.com");
  await look(form.root, "removed, replaced, moved");
  await form.submit();
  await look(form.root, "submitted");
  await form.root.evaluate((element) => { element.readOnly = true; });
  await look(form.root, "only to be looked at");
});

test("the group for connection strings", async ({ opened, look }) => {
  const form = await opened();
  await form.root.getByRole("button", { name: s("paste") }).click();
  const fill = form.root.getByRole("button", { name: s("paste_fill"), exact: true });
  const input = form.root.locator(".jf-paste input");
  await look(form.root, "open");
  for (const text of ["", "mysql:/x", "mysql://h:port", "mysql://h/%x", "mysql://[h", "postgres://h"]) {
    await input.fill(text);
    await fill.click();
    await expect(form.root.locator(".jf-paste .jf-fault")).toBeVisible();
    await look(form.root, `unreadable: ${text}`);
  }
  await input.fill("mysql://reader:canary@db.example.com:3307/sales?ssl-mode=REQUIRED&zone=x");
  await fill.click();
  await expect(form.root.locator(".jf-strings > .jf-help")).toContainText("5");
  await look(form.root, "filled");
});

test("every kind of field, and the picker", async ({ told, look }) => {
  const form = await told({ apis: "/e2e/workshop.json" });
  await form.root.getByRole("searchbox").waitFor();
  await look(form.root, "the picker");
  await form.root.getByRole("searchbox").fill("⟪nothing⟫");
  await look(form.root, "a search for nothing");
  await form.root.getByRole("searchbox").fill("mill");
  await expect(form.root.locator(".jf-type")).toHaveCount(1);
  await form.root.locator(".jf-type").click();
  await look(form.root, "a type");
  await form.submit();
  await look(form.root, "with faults");
  for (const id of ["hosts", "extras", "extras"]) await form.field(id).getByRole("button", { name: s("add_row") }).click();
  await form.fill({ name: theirs("mill"), versions: ["TLS_1_3"], hosts: [{ host: "h" }], extras: [{ name: "a", value: "{}" }, { name: "a", value: "{" }] });
  await form.submit();
  await look(form.root, "with faults in rows");
  await form.root.evaluate((element) => Object.assign(element, { apis: "/pkg/apis/chartbrew.json", api: "chartbrew", type: "api", settings: { team_id: 1 } }));
  await form.root.locator("[data-field=name]").first().waitFor();
  for (const section of await form.root.locator("summary").all()) await section.click();
  await form.submit();
  await look(form.root, "another API");
  await form.root.evaluate((element) => { element.type = "postgres"; });
  await form.fill({ mode: "form", ssl: true, sslMode: "prefer" });
  await form.submit();
  await look(form.root, "rules of a type");
});

test("the list, and a form that cannot open", async ({ page, opened, cellar, look, watch }) => {
  watch.allow(/status of \d|ERR_/);
  for (let at = 1; at < 10; at++) cellar.vats.set(`v${at}`, vat({ id: `v${at}`, name: at === 2 ? "" : theirs(`Vat ${at}`), sealed: at === 3 }));
  const form = await opened();
  const list = page.locator("jackfield-list");
  await list.evaluate((element) => { element.type = null; });
  await expect(list.locator(".jf-entry")).toHaveCount(9);
  await look(list, "nine");
  await list.getByRole("searchbox").fill("⟪none⟫");
  await look(list, "a search for nothing");
  await list.getByRole("searchbox").fill("");
  await list.getByRole("button", { name: s("list_test") }).first().click();
  await look(list, "tested");
  cellar.instead = (what) => what.startsWith("GET") && { status: 500, json: { problem: theirs("Ouch") } };
  await list.getByRole("button", { name: s("list_update") }).first().click();
  await look(list, "one that does not come");
  await list.evaluate((element) => { element.refresh(); });
  await look(list, "nothing came");
  await list.evaluate((element) => { element.apis = "/pkg/apis/chartbrew.json"; });
  await expect(list.locator(".jf-alert")).toContainText("team_id");
  await look(list, "a setting that the page did not give");
  await form.root.evaluate((element) => { element.apis = "/e2e/none/cellar.txt"; });
  await form.root.getByRole("alert").waitFor();
  await look(form.root, "no API");
});
