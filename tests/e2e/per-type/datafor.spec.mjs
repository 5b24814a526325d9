// Every database of Datafor as a user meets it: added in the form, found in the list, edited, tested, deleted. The cases are data.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { axe } from "../axe.mjs";
import { test as base } from "../depot.mjs";
import { expect, sent } from "../fixtures.mjs";

const cases = JSON.parse(await readFile(path.join(import.meta.dirname, "../data/datafor.json"), "utf8"));

/** A type's case laid over what is usual: what is typed by label, and the body that is sent. A null takes a value away. */
function caseOf(type, port, name = `${type} of e2e`) {
  const { usual, types } = cases;
  const { values, body, ...rest } = types.find((one) => one.type === type);
  const [attributes, connectionPoolingProperties] = ["attributes", "connectionPoolingProperties"].map((part) => ({ ...usual.body[part], ...body[part] }));
  const whole = {
    ...rest,
    values: Object.entries({ ...usual.values, ...values }).filter(([, value]) => value !== null),
    body: { ...usual.body, ...body, attributes, connectionPoolingProperties },
  };
  const words = { type, port, name };
  return JSON.parse(JSON.stringify(whole).replaceAll(/\{(type|port|name)\}/g, (_, word) => words[word]));
}

/** A port and a server behind it that takes everyone in and says nothing. */
async function listener() {
  const server = createServer((socket) => socket.on("error", () => {}).end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: server.address().port, stop: () => once(server.close(), "close") };
}

const test = base.extend({
  /** Where something listens. */
  port: async ({}, use) => {
    const { port, stop } = await listener();
    await use(port);
    await stop();
  },

  /** A page with a list and a form of Datafor. */
  datafor: async ({ listed, sandbox }, use) => {
    await use(async (more = {}) => {
      const list = await listed({ apis: "/pkg/apis/datafor.json", baseUrl: `${sandbox.url}/datafor`, ...more });
      const { form, form: { root } } = list;
      return { list, form, root, result: root.getByRole("group", { name: "Result", exact: true }) };
    });
  },
});

test.use({ timezoneId: "Australia/Melbourne" });

/** The row whose first cell says so, or the one at this place. */
async function row(field, key) {
  const rows = field.locator(".jf-row");
  if (typeof key === "number") return rows.nth(key);
  const names = await rows.evaluateAll((all) => all.map((one) => one.querySelector("input").value));
  expect(names).toContain(key);
  return rows.nth(names.indexOf(key));
}

const control = (scope, label) => scope.getByLabel(label, { exact: true }).and(scope.page().locator("input, textarea, select"));
const group = (scope, label) => scope.getByRole("group", { name: label, exact: true });

/** Follows labels from the outside in: a field, or a list, its row and its cell. */
async function found(scope, [first, key, column]) {
  return column ? control(await row(group(scope, first), key), column) : control(scope, first);
}

/** Enters a value by the words on the page: text, a switch, a choice, rows to add, or cells of rows that are there. */
async function enter(scope, label, value) {
  if (Array.isArray(value)) {
    for (const cells of value) {
      await group(scope, label).getByRole("button", { name: /^Add row/ }).press("Enter");
      await fill(group(scope, label).locator(".jf-row").last(), Object.entries(cells));
    }
  } else if (typeof value === "object") {
    for (const [key, cells] of Object.entries(value)) await fill(await row(group(scope, label), key), Object.entries(cells));
  } else if (typeof value === "boolean") {
    await control(scope, label).setChecked(value);
  } else if (await control(scope, label).evaluate((element) => element.localName === "select")) {
    await control(scope, label).selectOption({ label: value });
  } else {
    // One that is stored is replaced.
    if (!await control(scope, label).isVisible()) await scope.getByRole("button", { name: `Replace ${label}` }).press("Enter");
    await control(scope, label).fill(value);
  }
}

const fill = async (scope, values) => { for (const [label, value] of values) await enter(scope, label, value); };

async function unfold(root) {
  const folded = root.locator("details:not([open]) > summary").filter({ visible: true });
  while (await folded.count()) await folded.first().press("Enter");
}

async function pick(root, title) {
  await root.getByRole("button", { name: title, exact: true }).press("Enter");
  await unfold(root);
}

/** The form with this type picked and filled. */
async function ready(root, { title, values }) {
  await pick(root, title);
  await fill(root, values);
}

/** What one thing became another at which place; null where nothing is. */
function changes(before, after, at = "") {
  if (JSON.stringify(before) === JSON.stringify(after)) return {};
  const deep = [before, after].every((one) => one && typeof one === "object");
  if (!deep) return { [at]: after ?? null };
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.assign({}, ...Array.from(keys, (key) => changes(before[key], after[key], `${at}/${key}`)));
}

/** Adds the connection of a case, past the page. */
async function put({ url, token }, { body }) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(`${url}${cases.at}add`, { method: "POST", headers, body: JSON.stringify(body) });
  expect(await answer.json()).toMatchObject({ success: true });
}

const shown = (sandbox, name) => sandbox.api(`${cases.at}get?name=${encodeURIComponent(name)}`);

/** Every password that the sandbox's file holds for this name, since no answer shows one. */
async function passwords(sandbox, name) {
  const text = await readFile(path.join(sandbox.data, "sandbox.sqlite"), "latin1");
  const records = text.matchAll(new RegExp(`"name":"${name}"[^\\0-\\x1f]*?"password":("[^"]*"|null)`, "g"));
  return [...new Set(Array.from(records, ([, password]) => JSON.parse(password)))];
}

for (const { type } of cases.types) {
  // These have every kind of control that the others have.
  const schemes = ["POSTGRESQL", "MSSQLNATIVE", "GENERIC"].includes(type) ? ["light", "dark"] : ["light"];
  test(`datafor ${type}: added, listed, edited, tested, deleted`, async ({ page, datafor, sandbox, port }) => {
    const { title, offers, values, body, edit, changes: expected } = caseOf(type, port);
    const { list, root, form, result } = await datafor();
    const added = sent(page, "POST", "/connection/add");
    await pick(root, title);
    for (const [label, value] of Object.entries(offers)) await expect(control(root, label)).toHaveValue(value);
    await fill(root, values);
    await axe(page, "filled in and unfolded", undefined, schemes);
    await form.submit();
    await expect(list.row(body.name)).toContainText(title);
    expect(added).toEqual([body]);

    const before = await shown(sandbox, body.name);
    const { id, password, databaseType, PORT_NUMBER, driverId, CUSTOM_URL, CUSTOM_DRIVER_CLASS, ...kept } = body;
    expect(before).toMatchObject({ ...kept, databaseType: { name: databaseType.name, shortName: databaseType.shortName } });
    await list.button(`Edit ${body.name}`).press("Enter");
    await expect(control(root, "Connection")).toBeFocused();
    await axe(page, "listed, and opened to be edited", undefined, schemes);
    await unfold(root);
    await fill(root, Object.entries(edit));
    await form.submit();
    await expect(result).toHaveAttribute("data-state", "done");
    const name = expected["/name"] ?? body.name;
    expect(changes(before, await shown(sandbox, name))).toEqual(expected);
    expect(await passwords(sandbox, name)).toContain(edit.Password ?? password);
    if (!edit.Password) expect(await passwords(sandbox, name)).toEqual([password]);

    await list.button(`Test ${name}`).press("Enter");
    await expect(list.row(name)).toContainText("The connection works.");
    await list.button(`Delete ${name}`).press("Enter");
    await expect(list.button(`Keep ${name}`)).toBeFocused();
    expect((await shown(sandbox, name)).id).toBe(before.id);
    await list.button(`Really delete ${name}`).press("Enter");
    await expect(list.row(name)).toHaveCount(0);
    expect(await shown(sandbox, name)).toMatchObject({ success: false });
  });
}

for (const { name, type, values, at, or = at, says } of cases.wrong) {
  test(`datafor, wrong: ${name}`, async ({ page, datafor }) => {
    const { root, form, result } = await datafor();
    const added = sent(page, "POST", "/connection/add");
    await ready(root, caseOf(type, "5432"));
    await fill(root, Object.entries(values));
    await form.submit();
    await expect(result).toHaveAttribute("data-state", "invalid");
    const wrong = (await found(root, at)).or(await found(root, or)).and(page.locator("[aria-invalid=true]"));
    await expect(wrong.first()).toBeFocused();
    await expect(wrong.first()).toHaveAccessibleDescription(new RegExp(`${says}$`));
    await expect(root.locator("[aria-invalid=true]")).toHaveCount(await wrong.count());
    expect(added).toEqual([]);
  });
}

for (const { name, answer, ...says } of cases.answers) {
  test(`datafor, answered: ${name}`, async ({ page, datafor, sandbox, port, watch }) => {
    watch.allow(/status of 401/);
    const one = caseOf("POSTGRESQL", port, `Answered ${name}`);
    await put(sandbox, one);
    let instead = "list";
    await page.route("**/api/connection/**", (route) => new URL(route.request().url()).pathname === cases.at + instead ? route.fulfill(answer) : route.fallback());
    const { list, root, form, result } = await datafor();
    const row = list.row(one.body.name);
    await expect(list.root.getByRole("alert")).toContainText(says.list);
    instead = "add";
    await list.button("Try again").press("Enter");
    await expect(row).toBeVisible();
    await ready(root, caseOf("MYSQL", port));
    await form.submit();
    await expect(result).toContainText(says.form);
    await expect(result.locator("b")).toHaveCount(0);
    await expect(control(root, "Password")).toHaveValue("canary-MYSQL");
    for (const [operation, ...buttons] of [["get", "Edit"], ["test", "Test"], ["deletebyname", "Delete", "Really delete"]]) {
      instead = operation;
      for (const button of buttons) await list.button(`${button} ${one.body.name}`).press("Enter");
      // The documented answer to a delete may be empty.
      if (says.deletes && operation === "deletebyname") await expect(row).toHaveCount(0);
      else await expect(row.getByRole("status"), operation).toContainText(says[operation] ?? says.list);
    }
    expect(await shown(sandbox, one.body.name)).toMatchObject({ name: one.body.name });
  });
}

test("datafor, tested: the system's own, one that reaches nobody, and one that is not saved yet", async ({ page, datafor, sandbox, port }) => {
  const { port: silent, stop } = await listener();
  await stop();
  const one = caseOf("POSTGRESQL", silent, "Where nobody listens");
  await put(sandbox, one);
  const { list, root, form, result } = await datafor();
  await list.button("Test Datafor repository").press("Enter");
  await expect(list.row("Datafor repository")).toContainText("The connection works.");
  await list.button("Test Where nobody listens").press("Enter");
  await expect(list.row("Where nobody listens")).toContainText(`127.0.0.1:${silent} refused the connection`);
  await axe(page, "a test that failed");
  await ready(root, caseOf("MYSQL", silent, "Never saved"));
  const tested = root.getByRole("group", { name: "Test connection", exact: true });
  await root.getByRole("button", { name: "Test connection" }).press("Enter");
  await expect(tested).toContainText(`127.0.0.1:${silent} refused the connection`);
  await expect(control(root, "Password")).toHaveValue("canary-MYSQL");
  await control(root, "Port number").fill(String(port));
  await root.getByRole("button", { name: "Test connection" }).press("Enter");
  await expect(tested).toContainText("The connection works.");
  expect(await shown(sandbox, "Never saved")).toMatchObject({ success: false });
});

test("datafor, cloned: refused under a name that is taken, then under its own", async ({ datafor, sandbox, port }) => {
  const one = caseOf("POSTGRESQL", port, "Taken");
  await put(sandbox, one);
  const { list, root, form, result } = await datafor();
  await list.button("Clone Taken").press("Enter");
  await expect(control(root, "Connection")).toHaveValue("Taken");
  await expect(control(root, "Password")).toHaveValue("");
  await form.submit();
  await expect(result).toContainText("The connection Taken already exists");
  await control(root, "Connection").fill("Not taken");
  await form.submit();
  await expect(list.row("Not taken")).toContainText(one.title);
  const [first, second] = [await shown(sandbox, "Taken"), await shown(sandbox, "Not taken")];
  expect(Object.keys(changes(first, second)).sort()).toEqual(["/id", "/name"]);
});

test("datafor: what may not be changed has no edit and no delete", async ({ page, datafor, sandbox, port }) => {
  await put(sandbox, caseOf("POSTGRESQL", port, "To be marked"));
  await page.route("**/connection/list?*", async (route) => {
    const response = await route.fetch();
    const { databaseConnections: [, one], ...rest } = await response.json();
    const marked = cases.marks.map(({ name, with: members }, at) => ({ ...one, id: String(at), name, ...members }));
    await route.fulfill({ response, json: { ...rest, databaseConnections: marked } });
  });
  const { list } = await datafor();
  for (const { name, buttons } of cases.marks) await expect(list.row(name).getByRole("button"), name).toHaveText(buttons);
});

/** Sets both elements of the page as a host does, and lets the list ask again. */
const configure = (page, given) => page.evaluate(({ token, header, ...given }) => {
  for (const element of document.querySelectorAll("jackfield-form, jackfield-list")) {
    Object.assign(element, given);
    if (token !== undefined) element.token = () => token;
    if (header) element.headers = ({ method }) => method === "GET" ? {} : header;
  }
  document.querySelector("jackfield-list").refresh();
}, given);

for (const { name, way, ...words } of cases.ways) {
  test(`datafor, signed in by ${name}; no trace of it in the page`, async ({ page, datafor, sandbox, port, watch }) => {
    // Before the page is told its token, the list asked with another.
    watch.allow(/status of 401/);
    const basic = btoa(`sandbox:${sandbox.token}`);
    const { token, header, cookie = "", query = null } = JSON.parse(JSON.stringify(words).replaceAll("{token}", sandbox.token).replaceAll("{basic}", basic));
    if (cookie) await page.request.get(`/datafor/sandbox-login?token=${sandbox.token}`);
    const { list, root, form, result } = await datafor({ auth: way });
    await expect(list.rows.first().or(list.button("Try again"))).toBeVisible();
    await page.evaluate(() => {
      window.events = [];
      for (const event of ["change", "submit", "success", "refusal"]) {
        document.addEventListener(`jackfield-${event}`, ({ plan, status, connection, field }) => window.events.push(JSON.stringify({ plan, status, connection, field })));
      }
    });
    const requests = [];
    page.on("request", (request) => { if (request.url().includes(cases.at)) requests.push(request); });
    await configure(page, { token });
    await expect(list.row("Datafor repository")).toBeVisible();
    const one = caseOf("DORIS", port, `Signed in by ${name}`);
    await ready(root, one);
    const preview = await root.evaluate((element) => JSON.stringify(element.preview()));
    expect(preview).toContain("curl");
    await form.submit();
    await expect(list.row(one.body.name)).toBeVisible();
    expect(requests.length).toBeGreaterThan(2);
    for (const request of requests) {
      const headers = await request.allHeaders();
      expect(headers.authorization).toBe(header);
      expect(headers.cookie ?? "").toContain(cookie);
      expect(new URL(request.url()).searchParams.get("token")).toBe(query);
    }
    const traces = await page.evaluate(() => [document.documentElement.outerHTML, location.href, ...window.events].join("\n"));
    expect(traces).toContain("/connection/add");
    for (const secret of [sandbox.token, basic, "canary"]) expect((preview + traces + watch.heard.join("\n")).includes(secret)).toBe(false);
  });
}

test("datafor: a header against forged calls is the host's, on everything that changes something", async ({ page, datafor, sandbox, port, watch }) => {
  watch.allow(/status of 403/);
  const answer = await fetch(`${sandbox.url}/datafor/api/csrf/token`, { headers: { authorization: `Bearer ${sandbox.token}` } });
  const csrf = answer.headers.get("x-csrf-token");
  // As the sandbox refuses when it is started with --csrf.
  const refusal = { status: 403, json: { success: false, code: "403", msg: "The header X-CSRF-TOKEN is missing or wrong." } };
  const guarded = [];
  await page.route(({ pathname }) => pathname.startsWith(cases.at), (route) => {
    const request = route.request();
    if (request.method() === "GET") return route.continue();
    const right = request.headers()["x-csrf-token"] === csrf;
    guarded.push([new URL(request.url()).pathname.slice(cases.at.length), right]);
    return right ? route.continue() : route.fulfill(refusal);
  });
  const { list, root, form, result } = await datafor();
  const one = caseOf("TIDB", port, "Guarded");
  await ready(root, one);
  await form.submit();
  await expect(result).toContainText("The header X-CSRF-TOKEN is missing or wrong.");
  await configure(page, { header: { "X-CSRF-TOKEN": csrf } });
  await form.submit();
  await expect(list.row("Guarded")).toBeVisible();
  await list.button("Edit Guarded").press("Enter");
  await control(root, "User").fill("writer");
  await form.submit();
  await expect(result).toHaveAttribute("data-state", "done");
  await list.button("Test Guarded").press("Enter");
  await expect(list.row("Guarded")).toContainText("The connection works.");
  await list.button("Delete Guarded").press("Enter");
  await list.button("Really delete Guarded").press("Enter");
  await expect(list.row("Guarded")).toHaveCount(0);
  expect(guarded).toEqual([["add", false], ["add", true], ["update", true], ["test", true], ["deletebyname", true]]);
});
