// The list of saved connections: what each API's data gives it, its states, and a thousand entries.
import { axe } from "../axe.mjs";
import { crate, shelf, test } from "../depot.mjs";
import { expect, typeOf } from "../fixtures.mjs";
import { picture } from "../picture.mjs";
import { mill } from "../workshop.mjs";

test("chartbrew: saved in the form, listed, cloned, deleted; a button for all that its data has", async ({ listed }) => {
  const { values } = typeOf("customerio");
  const list = await listed({ apis: "/pkg/apis/chartbrew.json", type: "customerio" });
  await expect(list.count).not.toHaveText(/Asking/);
  await list.form.fill({ ...values, name: "In the list" });
  await list.form.submit();
  await expect(list.row("In the list")).toContainText("Customer.io");
  await expect(list.row("In the list").getByRole("button")).toHaveText(["Edit", "Clone", "Test", "Delete"]);
  await list.button("Clone In the list").click();
  await expect(list.form.control("name")).toHaveValue("In the list");
  await expect(list.form.control("name")).toBeFocused();
  await expect(list.form.primary).toHaveText("Save connection");
  await list.button("Delete In the list").click();
  await list.button("Really delete In the list").click();
  await expect(list.count).toContainText("“In the list” was deleted.");
  expect(await list.form.stored("In the list")).toEqual([]);
  expect((await list.heard()).map(({ operation }) => operation)).toEqual(["create"]);
});

test("harbour: another API's list is its own, and what it has no update for cannot be edited", async ({ listed, sandbox }) => {
  const { values, title } = typeOf("modbus");
  const list = await listed({ apis: "/apis/harbour.json", baseUrl: `${sandbox.url}/harbour`, type: "modbus" });
  await list.form.fill({ ...values, name: "In the harbour" });
  await list.form.submit();
  await expect(list.row("In the harbour")).toContainText(title);
  await expect(list.row("In the harbour").getByRole("button")).toHaveText(["Clone", "Delete"]);
  await list.button("Clone In the harbour").click();
  await expect(list.form.control("endpoint.host")).toHaveValue(values["endpoint.host"]);
  await list.root.evaluate((element) => { element.type = "mqtt"; });
  await expect(list.count).not.toHaveText(/Asking/);
  await expect(list.row("In the harbour")).toHaveCount(0);
});

test("apinizer: one type after another, at most four at a time, shown as one list; edited and listed anew", async ({ page, sandbox, listed }) => {
  const { values, title } = typeOf("syslog");
  const asked = [];
  let [now, most] = [0, 0];
  const isList = (request) => request.method() === "GET" && new URL(request.url()).searchParams.has("type");
  page.on("request", (request) => {
    if (!isList(request)) return;
    asked.push(new URL(request.url()).searchParams.get("type"));
    most = Math.max(most, now += 1);
  });
  page.on("requestfinished", (request) => { if (isList(request)) now -= 1; });
  const known = await (await fetch(`${sandbox.url}/sandbox.json`)).json();
  const list = await listed({ apis: "/pkg/apis/apinizer.json", baseUrl: known.apinizer_url, settings: { projectName: known.projectName } });
  await expect(list.root.getByRole("button", { name: "Cancel" })).toBeHidden();
  const types = await page.evaluate(async () => (await customElements.get("jackfield-form").shared()).types("apinizer").filter(({ hidden }) => !hidden).map(({ id }) => id));
  expect(asked).toEqual(types);
  expect(most).toBeLessThanOrEqual(4);
  await list.form.root.getByRole("button", { name: title }).click();
  await list.form.fill({ ...values, name: "in-one-list" });
  await list.form.submit();
  await expect(list.row("in-one-list")).toContainText(title);
  await list.button("Edit in-one-list").click();
  await expect(list.form.control("name")).toHaveValue("in-one-list");
  await expect(list.form.primary).toHaveText("Save changes");
  await list.form.set("name", "renamed");
  await list.form.submit();
  await expect(list.row("renamed")).toHaveCount(1);
  await expect(list.row("in-one-list")).toHaveCount(0);
  await list.button("Delete renamed").click();
  await list.button("Really delete renamed").click();
  await expect(list.row("renamed")).toHaveCount(0);
});

test("an API that is listed by type: one type where one is named; a part that fails is said, the rest is shown", async ({ listed, server, sandbox, watch }) => {
  watch.allow(/status of 500/);
  server.tools.set("m1", mill(1, { name: "m1" })).set("l1", { kind: "lathe", name: "l1" });
  const list = await listed({ apis: "/e2e/workshop.json", baseUrl: `${sandbox.url}/workshop` });
  await expect(list.root.locator(".jf-type-title")).toHaveText(["l1", "m1"]);
  await list.page.route("**/workshop/tools?kind=lathe", (route) => route.fulfill({ status: 500, json: { problem: "The lathe is warm" } }));
  await list.root.evaluate((element) => element.refresh());
  await expect(list.root.getByRole("alert")).toContainText("Lathe: The server has a problem (500). Try again later. The lathe is warm");
  await expect(list.root.locator(".jf-type-title")).toHaveText(["m1"]);
  await list.root.evaluate((element) => { element.type = "mill"; });
  await expect(list.root.getByRole("alert")).toBeHidden();
  await expect(list.root.locator(".jf-type-title")).toHaveText(["m1"]);
  expect(server.calls.map(({ query }) => query).at(-1)).toBe("?kind=mill");
});

test("nothing saved", async ({ page, depot, listed }) => {
  const list = await listed();
  await expect(list.count).toHaveText("No connection is saved.");
  await expect(list.search).toBeHidden();
  expect(depot.calls).toEqual(["GET /things"]);
  await axe(page, "an empty list");
});

test("busy and cancelled; what is shown stays until an answer is here", async ({ page, depot, listed, watch }) => {
  watch.allow(/ERR_/);
  depot.put(shelf(1));
  depot.instead = () => "never";
  const list = await listed();
  await expect(list.count).toHaveText("Asking for the saved connections…");
  await axe(page, "a busy list");
  await list.button("Cancel").click();
  await expect(list.root.getByRole("alert")).toContainText("Cancelled.");
  await expect(list.button("Try again")).toBeFocused();
  await axe(page, "a list that was given up");
  depot.instead = undefined;
  await list.button("Try again").press("Enter");
  await expect(list.row("Shelf 1")).toBeVisible();
  await expect(list.count).toHaveText("1 connection");
  await expect(list.count).toBeFocused();
  depot.instead = () => "never";
  await list.root.evaluate((element) => element.refresh());
  await expect(list.count).toHaveText("Asking for the saved connections…");
  await expect(list.row("Shelf 1")).toBeVisible();
  await list.root.evaluate((element) => element.cancel());
  await expect(list.root.getByRole("alert")).toContainText("Cancelled.");
  await expect(list.row("Shelf 1")).toBeVisible();
});

test("refused and lost: the sentence, the server's word, and once more", async ({ page, depot, listed, watch }) => {
  watch.allow(/status of|ERR_/);
  depot.put(shelf(1));
  depot.instead = () => ({ status: 403, json: { problem: "Not on Sundays <b>" } });
  const list = await listed();
  const alert = list.root.getByRole("alert");
  await expect(alert).toContainText("This sign-in may not do that.");
  await expect(alert).toContainText("Not on Sundays <b>");
  await expect(list.count).toHaveText("");
  await axe(page, "a list with an error", "list-error");
  await list.root.evaluate((element) => { element.transport = async () => ({ lost: "network" }); element.refresh(); });
  await expect(alert).toContainText("The server could not be reached.");
  await expect(alert).not.toContainText("typed");
  depot.instead = undefined;
  await list.root.evaluate((element) => { element.transport = undefined; });
  await list.button("Try again").click();
  await expect(list.row("Shelf 1")).toBeVisible();
  await expect(alert).toBeHidden();
  await list.root.evaluate((element) => { element.apis = "/nothing.json"; });
  await expect(alert).toContainText("could not be loaded");
});

test("searched by name and type", async ({ page, depot, listed }) => {
  depot.put(...Array.from({ length: 6 }, (_, at) => shelf(at + 1)));
  const list = await listed();
  await expect(list.rows).toHaveCount(6);
  await expect(list.search).toBeHidden();
  depot.put(crate(1), { id: "é", kind: "crate", name: "Dépôt" });
  await list.root.evaluate((element) => element.refresh());
  await expect(list.rows).toHaveCount(8);
  await list.search.fill("  CRATE ");
  await expect(list.root.locator(".jf-type-title")).toHaveText(["Crate 1", "Dépôt"]);
  await expect(list.count).toHaveText("2 connections");
  await list.search.fill("crate depot");
  await expect(list.root.locator(".jf-type-title")).toHaveText(["Dépôt"]);
  await list.search.fill("nowhere");
  await expect(list.count).toHaveText("No connection matches “nowhere”. Try another word.");
  await axe(page, "nothing found in the list");
  await list.search.fill("");
  await expect(list.rows).toHaveCount(8);
  await axe(page, "a list", "list");
});

test("a thousand: a hundred at a time, and nothing is drawn again that did not change", async ({ page, depot, listed }) => {
  depot.put(...Array.from({ length: 1000 }, (_, at) => shelf(at + 1)));
  const list = await listed();
  await expect(list.count).toHaveText("1,000 connections");
  await expect(list.rows).toHaveCount(100);
  await page.evaluate(() => {
    window.changes = [];
    new MutationObserver((all) => { for (const one of all) window.changes.push(one.type === "childList" ? one.addedNodes.length + one.removedNodes.length : 0); })
      .observe(document.querySelector("jackfield-list .jf-entries"), { childList: true, characterData: true, subtree: true });
  });
  const touched = () => page.evaluate(() => window.changes.splice(0).reduce((sum, one) => sum + one, 0));
  await list.root.evaluate((element) => element.refresh());
  await expect.poll(() => depot.calls.length).toBe(2);
  await expect(list.count).toHaveText("1,000 connections");
  expect(await touched()).toBe(0);

  await list.button("Show 100 more").press("Enter");
  await expect(list.rows).toHaveCount(200);
  await expect(list.button("Edit Shelf 101")).toBeFocused();
  expect(await touched()).toBe(100);

  depot.things.set("s7", { ...depot.things.get("s7"), name: "Shelf seven" });
  await list.root.evaluate((element) => element.refresh());
  await expect(list.row("Shelf seven")).toBeVisible();
  expect(await touched()).toBe(2);

  // What is not shown is found too.
  await list.search.fill("shelf 1000");
  await expect(list.root.locator(".jf-type-title")).toHaveText(["Shelf 1000"]);
  expect(await touched()).toBe(201);
  await list.search.fill("");
  await expect(list.rows).toHaveCount(100);
  expect(await touched()).toBe(101);
});

test("at 320 px nothing is wider than the window, and the keyboard reaches everything in order", async ({ page, depot, listed }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  depot.put(...Array.from({ length: 8 }, (_, at) => shelf(at + 1)), { ...crate(9), name: `${"long".repeat(30)} name` });
  const list = await listed();
  await expect(list.rows).toHaveCount(9);
  const [wide, window] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
  expect(wide).toBeLessThanOrEqual(window);
  await picture(page, "list-narrow");
  await list.search.focus();
  for (const name of ["Edit Shelf 1", "Clone Shelf 1", "Test Shelf 1", "Delete Shelf 1", "Edit Shelf 2"]) {
    await page.keyboard.press("Tab");
    await expect(list.button(name)).toBeFocused();
  }
});

test("several properties ask once; taken out of the page it stops and forgets", async ({ page, depot, listed, watch }) => {
  watch.allow(/ERR_/);
  depot.put(shelf(1));
  const list = await listed();
  await expect(list.rows).toHaveCount(1);
  expect(depot.calls).toEqual(["GET /things"]);
  let gone;
  const aborted = new Promise((resolve) => { gone = resolve; });
  page.on("requestfailed", (request) => gone(request.failure().errorText));
  depot.instead = () => "never";
  await list.button("Edit Shelf 1").click();
  await expect.poll(() => depot.calls.length).toBe(2);
  const left = await page.evaluateHandle(() => { const element = document.querySelector("jackfield-list"); element.remove(); return element; });
  expect(await aborted).toContain("ERR_ABORTED");
  expect(await left.evaluate((element) => element.childNodes.length)).toBe(0);
  expect(await list.heard()).toEqual([]);
  // Back again it asks again.
  depot.instead = undefined;
  await left.evaluate((element) => document.querySelector("main").prepend(element));
  await expect(list.rows).toHaveCount(1);
});
