// The demo page itself: choosing, the request beside the form, the saved connections, the settings.
import { expect, sent, test, typeOf } from "../fixtures.mjs";
import { FormPage } from "../form-page.mjs";
import { dataFolder, removeFolder, startSandbox } from "../sandbox.mjs";

const list = (page) => page.locator("jackfield-list");
const row = (page, name) => list(page).locator(".jf-entry").filter({ hasText: name });
const count = (page) => list(page).locator(".jf-count");

test("a type is found by its name, its synonym, and chosen", async ({ page, demo }) => {
  await demo.open(null);
  const search = demo.root.getByRole("searchbox");
  const offered = demo.root.locator(".jf-types button");
  expect(await offered.count()).toBe(17);
  await search.fill("mariadb");
  await expect(offered).toHaveText([/MySQL/]);
  await search.fill("nothing like it");
  await expect(offered.filter({ visible: true })).toHaveCount(0);
  await expect(demo.root).toContainText(/no .*match|nothing/i);
  await search.fill("post");
  await offered.filter({ hasText: /^PostgreSQL/ }).click();
  await expect(demo.control("name")).toBeVisible();
  expect(new URL(page.url()).hash).toBe("#chartbrew/postgres");
  // Changing the type takes along what was typed; starting afresh does not.
  await demo.set("name", "Taken along");
  await demo.root.getByRole("button", { name: "Change type" }).click();
  await offered.filter({ hasText: /^Jira/ }).click();
  await expect(demo.control("name")).toHaveValue("Taken along");
  await page.getByRole("button", { name: "Start afresh" }).click();
  await expect(search).toBeVisible();
  expect(new URL(page.url()).hash).toBe("#chartbrew");
  await offered.filter({ hasText: /^PostgreSQL/ }).click();
  await expect(demo.control("name")).toHaveValue("");
});

test("every type says the same as the catalogue and makes no foreign request", async ({ page, demo, sandbox }) => {
  const foreign = [];
  page.on("request", (request) => { if (!request.url().startsWith(sandbox.url)) foreign.push(request.url()); });
  await demo.open(null);
  const titles = await demo.root.locator(".jf-types button").allTextContents();
  for (const title of ["API", "MongoDB", "ClickHouse", "Jira", "Stripe (legacy)"]) expect(titles.join("|")).toContain(title);
  expect(foreign).toEqual([]);
});

test("the request beside the form follows what is typed", async ({ page, demo, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { values, body } = typeOf("rdsPostgres");
  await demo.open("rdsPostgres");
  const view = page.locator("#request-view");
  await expect(view).toContainText("Not ready");
  await demo.fill(values);
  await expect(view).not.toContainText("Not ready");
  const { base_url, team_id } = await demo.settings();
  await expect(view.locator(".line")).toHaveText(`POST ${base_url}/team/${team_id}/connections`);
  await expect(view).toContainText("authorization: Bearer •••");
  const shown = JSON.parse(await view.locator("pre").last().textContent());
  expect(shown).toEqual({ ...body, password: "•••" });
  await page.getByRole("tab", { name: "HTTP" }).press("ArrowRight");
  await expect(page.getByRole("tab", { name: "cURL" })).toBeFocused();
  await expect(view).toContainText("curl");
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.getByRole("button", { name: "Copied", exact: true })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(base_url);
  expect(copied).not.toContain(values.password);
});

test("a saved connection is opened as a copy, and both are kept", async ({ page, demo }) => {
  const { values, body } = typeOf("clickhouse");
  await demo.open("clickhouse");
  await demo.fill({ ...values, name: "Copied from" });
  await demo.submit();
  await row(page, "Copied from").getByRole("button", { name: "Clone Copied from" }).click();
  await expect(page.locator("#copied-from")).toContainText("A copy of “Copied from”");
  await expect(demo.control("host")).toHaveValue(body.host);
  await expect(demo.root.locator("[aria-invalid=true]")).toHaveCount(0);
  const bodies = sent(page, "POST", "/connections");
  await demo.set("name", "The copy");
  // Whether a secret may come along is the engine's to say; typed again it is right in both cases.
  const replace = demo.field("password").getByRole("button", { name: /replace/i });
  if (await replace.count()) await replace.click();
  await demo.set("password", values.password);
  await demo.submit();
  await expect(row(page, "The copy")).toBeVisible();
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toMatchObject({ ...body, name: "The copy" });
  for (const never of ["id", "createdAt", "updatedAt", "hasSshPassword", "OAuth"]) expect(bodies[0]).not.toHaveProperty(never);
  expect(await demo.stored("Copied from")).toHaveLength(1);
  expect(await demo.stored("The copy")).toHaveLength(1);
});

test("deleting asks once before", async ({ page, demo }) => {
  await demo.open("customerio");
  await demo.fill({ ...typeOf("customerio").values, name: "To be deleted" });
  await demo.submit();
  const saved = row(page, "To be deleted");
  await saved.getByRole("button", { name: "Delete To be deleted" }).click();
  await expect(saved.getByRole("button", { name: "Keep To be deleted" })).toBeFocused();
  await saved.getByRole("button", { name: "Keep To be deleted" }).click();
  expect(await demo.stored("To be deleted")).toHaveLength(1);
  await saved.getByRole("button", { name: "Delete To be deleted" }).click();
  await saved.getByRole("button", { name: "Really delete To be deleted" }).click();
  await expect(count(page)).toContainText("“To be deleted” was deleted.");
  await expect(saved).toHaveCount(0);
  expect(await demo.stored("To be deleted")).toHaveLength(0);
});

test("the list outlives the server", async ({ page, watch }) => {
  watch.allow(/ERR_CONNECTION_REFUSED/);
  const data = await dataFolder();
  let sandbox = await startSandbox(data);
  const name = "Kept";
  const first = new FormPage(page, sandbox);
  await page.goto(sandbox.url);
  await expect(count(page)).toHaveText("No connection is saved.");
  await page.goto(`${sandbox.url}/#chartbrew/customerio`);
  await first.fill({ ...typeOf("customerio").values, name });
  await first.submit();
  await expect(row(page, name)).toBeVisible();
  await sandbox.stop();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(list(page).getByRole("alert")).toContainText("The server could not be reached.");
  await expect(row(page, name)).toBeVisible();
  sandbox = await startSandbox(data);
  await page.goto(sandbox.url);
  await expect(row(page, name)).toContainText("Customer.io");
  await sandbox.stop();
  await removeFolder(data);
});

test("an invented API is only data: choose it, save, be refused on a field, copy, delete", async ({ page, demo, watch }) => {
  watch.allow(/status of 409/);
  const { api, title, values } = typeOf("mqtt");
  const name = "Chosen by hand";
  await demo.open(null);
  await page.getByRole("radio", { name: "Harbour" }).check();
  await demo.root.locator(".jf-types button").filter({ hasText: title }).click();
  await demo.fill({ ...values, name });
  await demo.submit();
  await expect(row(page, name)).toContainText(title);
  // The server knows better than the form: this name is taken.
  await demo.fill({ ...values, name });
  await demo.submit();
  await expect(demo.field("name").locator(".jf-fault")).toHaveText("This name is taken.");
  await expect(demo.control("name")).toBeFocused();
  expect(await demo.stored(name, api)).toHaveLength(1);

  await row(page, name).getByRole("button", { name: /^Clone/ }).click();
  await expect(page.locator("#copied-from")).toContainText(`A copy of “${name}”`);
  await expect(demo.control("endpoint.host")).toHaveValue(values["endpoint.host"]);
  await demo.fill({ name: "By copy", "credentials.secret": values["credentials.secret"], "endpoint.ca": values["endpoint.ca"] });
  await demo.submit();
  await expect(row(page, "By copy")).toBeVisible();
  const [[first], [second]] = [await demo.stored(name, api), await demo.stored("By copy", api)];
  expect(second).toEqual({ ...first, name: "By copy" });

  await row(page, name).getByRole("button", { name: /^Delete/ }).click();
  await row(page, name).getByRole("button", { name: /^Really delete/ }).click();
  await expect(row(page, name)).toHaveCount(0);
  expect(await demo.stored(name, api)).toHaveLength(0);
});

test("deleting what is open for editing puts a new form there; deleting another one does not", async ({ page, demo }) => {
  const values = { hostname: "db.example.com", databaseName: "orders", username: "app", password: "canary-open" };
  await demo.open("POSTGRESQL", "datafor");
  for (const name of ["Stays open", "Goes first"]) {
    await demo.fill({ ...values, name });
    await demo.submit();
    await expect(row(page, name)).toContainText("PostgreSQL");
  }
  await expect(row(page, "Stays open").getByRole("button")).toHaveText(["Edit", "Clone", "Test", "Delete"]);
  await page.getByRole("button", { name: "Edit Stays open" }).click();
  const title = page.locator("#form-title");
  await expect(title).toHaveText("Edit “Stays open”");
  await expect(demo.control("name")).toBeFocused();
  await demo.set("databaseName", "parts");
  await demo.submit();
  await expect(page.locator("#reply-body")).toContainText("Saved: “Stays open” (PostgreSQL)");
  for (const name of ["Goes first", "Stays open"]) {
    await expect(title).toHaveText("Edit “Stays open”");
    await page.getByRole("button", { name: `Delete ${name}` }).press("Enter");
    await page.getByRole("button", { name: `Really delete ${name}` }).press("Enter");
    await expect(row(page, name)).toHaveCount(0);
    // The list is not drawn anew, so the focus is where the user goes on.
    await expect(list(page).locator(":focus")).toHaveCount(1);
  }
  await expect(title).toHaveText("New connection");
  await expect(demo.control("name")).toHaveValue("");
});

test("a test in the form is told in the reply, one in the list in its row, and the form stays as it is", async ({ page, demo }) => {
  await demo.open("POSTGRESQL", "datafor");
  await demo.fill({ name: "Tested", hostname: "127.0.0.1", databasePort: "1", databaseName: "orders", username: "app", password: "canary-test" });
  await demo.root.getByRole("button", { name: "Test connection" }).click();
  await expect(page.locator("#reply-body")).toContainText("The connection does not work.");
  await demo.submit();
  await page.getByRole("button", { name: "Test Tested" }).click();
  await expect(row(page, "Tested").getByRole("status")).toContainText("The connection does not work.");
  await expect(page.locator("#form-title")).toHaveText("New connection");
});

test("the other API's connections are its own", async ({ page, demo }) => {
  await demo.open("modbus", "harbour");
  await demo.fill({ ...typeOf("modbus").values, name: "Only in Harbour" });
  await demo.submit();
  await expect(row(page, "Only in Harbour")).toBeVisible();
  await page.getByRole("radio", { name: "Chartbrew" }).check();
  await expect(row(page, "Only in Harbour")).toHaveCount(0);
});

test("the settings point it at another server, and the token is never stored", async ({ page, demo, watch }) => {
  watch.allow(/ERR_|Failed to load/);
  const calls = [];
  await page.route("**/elsewhere/**", (route) => {
    calls.push({ method: route.request().method(), path: new URL(route.request().url()).pathname, authorization: route.request().headers().authorization });
    return route.fulfill({ json: route.request().method() === "GET" ? [] : { id: 9, name: "There", type: "customerio", subType: "customerio" } });
  });
  await demo.open("customerio");
  await page.locator("#settings summary").click();
  const token = page.getByLabel("Access token");
  await expect(token).toHaveAttribute("type", "password");
  await page.getByLabel("Server address").fill(new URL("/elsewhere", page.url()).href);
  await page.getByLabel("Team ID").fill("42");
  await token.fill("canary-token");
  await expect(page.locator("#where")).not.toHaveText("Sandbox");
  // A token on its way to a half-typed address would be given away: nothing is asked until the user does.
  await expect(page.locator("#saved-status")).toContainText("Refresh");
  await expect(list(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Refresh" }).focus();
  expect(calls).toEqual([]);
  await demo.fill({ ...typeOf("customerio").values, name: "There" });
  await demo.submit();
  await expect(page.locator("#reply-body")).toContainText("Saved: “There” (Customer.io) is connection 9.");
  await expect(count(page)).toHaveText("No connection is saved.");
  expect(calls).toContainEqual({ method: "GET", path: "/elsewhere/team/42/connections", authorization: "Bearer canary-token" });
  expect(calls).toContainEqual({ method: "POST", path: "/elsewhere/team/42/connections", authorization: "Bearer canary-token" });
  expect(await page.evaluate(() => document.documentElement.outerHTML + location.href + JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie)).not.toContain("canary-token");
  await page.reload();
  await expect(page.locator("#where")).toHaveText("Sandbox");
  await page.locator("#settings summary").click();
  await expect(page.getByLabel("Access token")).not.toHaveValue("canary-token");
});
