// A connection string that is pasted fills the fields, and the fields show the string that they make.
import { axe } from "../axe.mjs";
import { test, vat } from "../cellar.mjs";
import { expect } from "../fixtures.mjs";

/** The part of the form that is about connection strings. */
function parts(form) {
  const root = form.root.locator(".jf-strings");
  return {
    root,
    open: root.getByRole("button", { name: "Paste a connection string" }),
    input: root.getByLabel("Connection string", { exact: true }),
    fill: root.getByRole("button", { name: "Fill in" }),
    note: root.locator(":scope > .jf-help"),
    made: root.locator(".jf-built code"),
  };
}

async function paste(form, text) {
  const strings = parts(form);
  if (!(await strings.input.isVisible())) await strings.open.click();
  await strings.input.fill(text);
  await strings.input.press("Enter");
  return strings;
}

test("by keyboard alone: opened, pasted, filled in, saved", async ({ page, opened, cellar, watch }) => {
  const loaded = [];
  page.on("request", (request) => { if (/(mysql|paste)/.test(request.url())) loaded.push(request.url()); });
  const form = await opened();
  const strings = parts(form);
  expect(loaded).toEqual([]);
  await strings.open.focus();
  await page.keyboard.press("Enter");
  await expect(strings.input).toBeFocused();
  await expect(strings.input).toHaveAttribute("type", "password");
  await expect(strings.open).toHaveAttribute("aria-expanded", "true");
  await axe(page, "ready to paste", "strings-open");
  await page.keyboard.type("mysql://reader:canary%40x@db.example.com:3307/sales");
  await page.keyboard.press("Enter");
  await expect(form.control("host")).toBeFocused();
  await expect(strings.note).toHaveText("5 fields were filled in.");
  await expect(form.root.locator(".jf-live")).toHaveText("5 fields were filled in.");
  await expect(strings.input).toBeHidden();
  await expect(strings.input).toHaveValue("");
  for (const [id, value] of Object.entries({ host: "db.example.com", port: "3307", user: "reader", database: "sales", password: "canary@x" })) {
    await expect(form.control(id)).toHaveValue(value);
  }
  await expect(strings.made).toHaveText("mysql://reader:•••@db.example.com:3307/sales");
  await axe(page, "filled in", "strings-filled");
  expect(await form.root.evaluate(({ outerHTML }) => outerHTML)).not.toContain("canary");
  await form.set("name", "Pasted");
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  expect(cellar.sent("POST /vats")[0].body).toMatchObject({ host: "db.example.com", port: 3307, user: "reader", password: "canary@x", database: "sales" });
  expect(watch.heard.join("\n")).not.toContain("canary");
  expect(loaded.length).toBeGreaterThan(0);
});

test("what cannot be read is said with its place, and changes nothing", async ({ page, opened }) => {
  const form = await opened();
  await form.set("host", "kept.example.com");
  const strings = await paste(form, "mysql://reader:canary@db.example.com:99999/sales");
  const why = /At character 38: A port is 1 to 65535\.$/;
  await expect(strings.root.locator(".jf-fault")).toHaveText(why);
  await expect(strings.input).toHaveAccessibleDescription(why);
  await expect(strings.input).toHaveAttribute("aria-invalid", "true");
  await expect(strings.input).toBeFocused();
  await axe(page, "cannot be read", "strings-unreadable");
  await expect(form.control("host")).toHaveValue("kept.example.com");
  await expect(form.control("user")).toHaveValue("");
  // What is typed next is a new try.
  await page.keyboard.type("x");
  await expect(strings.root.locator(".jf-fault")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(strings.open).toBeFocused();
  await expect(strings.input).toHaveValue("");
});

test("what no field takes is named or counted, and a hidden password is not taken for one", async ({ opened }) => {
  const form = await opened();
  const strings = await paste(form, "mysql://reader:***@[::1]:3307/sales?charset=utf8&canary=canary");
  await expect(strings.note).toContainText("Not taken over: Password and 2 options.");
  await expect(form.control("password")).toHaveValue("");
  await expect(form.control("host")).toHaveValue("::1");
  expect(await form.root.evaluate(({ outerHTML }) => outerHTML)).not.toContain("canary");
});

test("a paste is undone as one step, and what was typed before comes back, secrets too", async ({ page, opened }) => {
  const form = await opened();
  await form.set("host", "typed.example.com");
  await form.set("password", "typed-before");
  const strings = await paste(form, "mysql://reader:canary@db.example.com:3307/sales");
  await expect(form.control("password")).toHaveValue("canary");
  await page.keyboard.press("Shift+Tab");
  const undo = strings.root.getByRole("button", { name: "Undo" });
  await undo.focus();
  await page.keyboard.press("Enter");
  await expect(form.control("host")).toHaveValue("typed.example.com");
  await expect(form.control("password")).toHaveValue("typed-before");
  await expect(form.control("user")).toHaveValue("");
  await expect(form.control("database")).toHaveValue("");
  await expect(strings.open).toBeFocused();
  await expect(strings.note).toHaveText("The fields are as they were before.");
  await expect(form.root.locator(".jf-live")).toHaveText("The fields are as they were before.");
  await expect(undo).toBeHidden();
});

test("a text that fills nothing is refused, and so is an empty one: nothing changes, and nobody hears of 0 fields", async ({ opened }) => {
  const form = await opened();
  await form.set("host", "kept.example.com");
  for (const [text, sentence] of [
    ["", "Enter a connection string."],
    ["  \n ", "Enter a connection string."],
    ["mongodb://u:canary@h/d", /^At character 1: A string of this kind does not begin like that/],
    ["Server=;Connection Timeout=5", /No field takes anything|At character/],
    ["mysql://reader:can@ary@db.example.com/sales", /%40/],
  ]) {
    const strings = await paste(form, text);
    await expect(strings.root.locator(".jf-fault"), text).toHaveText(sentence);
    await expect(form.control("host"), text).toHaveValue("kept.example.com");
    await expect(form.root.locator(".jf-live"), text).not.toContainText("0 fields");
  }
  expect(await form.root.evaluate(({ outerHTML }) => outerHTML)).not.toMatch(/canary|can@ary/);
});

test("what it was wrapped in is taken off and said, and a placeholder is filled in with a warning", async ({ page, opened }) => {
  const form = await opened();
  const strings = await paste(form, "export DATABASE_URL=\"mysql+pymysql://reader:<db_password>@db.example.com/sales\"");
  await expect(strings.note).toHaveText("4 fields were filled in. Taken off before reading: quotes, the name before it, and another spelling of the scheme.");
  await expect(form.control("password")).toHaveValue("<db_password>");
  const warning = form.field("password").locator(".jf-fault");
  await expect(warning).toHaveText("A placeholder was left in. Put the real value here.");
  await expect(warning).toHaveAttribute("data-level", "warning");
  await axe(page, "a placeholder", "strings-placeholder");
  await form.set("host", "other.example.com");
  await expect(warning).toHaveCount(1);
  await form.set("password", "real");
  await expect(warning).toHaveCount(0);
});

test("hosts, parameters and what the scheme says, both ways", async ({ opened }) => {
  const form = await opened({ type: "steel" });
  const strings = await paste(form, "mongodb+srv://u:canary@a.example.com/?w=1&w=2&tls=true");
  await expect(form.control("hosts")).toHaveValue("a.example.com");
  await expect(form.control("secure")).toBeChecked();
  await expect(form.field("options").locator(".jf-row")).toHaveCount(3);
  await expect(strings.made).toHaveText("mongodb+srv://u:•••@a.example.com/?w=1&w=2&tls=true");
  await form.set("secure", false);
  await form.set("hosts", "a.example.com:1,b.example.com:2");
  await expect(strings.made).toHaveText("mongodb://u:•••@a.example.com:1,b.example.com:2/?w=1&w=2&tls=true");
  // What cannot be written is not shown.
  await form.set("hosts", "a.example.com:99999");
  await expect(strings.made).toBeHidden();
});

test("a stored password is for the old host: a string for another one asks for it", async ({ opened, cellar }) => {
  cellar.vats.set("v1", vat());
  const form = await opened({ operation: "update", record: vat() });
  const strings = await paste(form, "mysql://reader@new.example.com:3306");
  await expect(strings.made).toHaveText("mysql://reader:•••@new.example.com:3306");
  await form.submit();
  await expect(form.field("password").locator(".jf-fault")).toContainText("for another server");
  expect(cellar.sent("PUT /vats/v1")).toEqual([]);
});

test("ten thousand characters of anything break nothing", async ({ opened }) => {
  const form = await opened();
  const strings = await paste(form, "mysql://" + "@:/?%[".repeat(1700));
  await expect(strings.root.locator(".jf-fault")).toBeVisible();
  await paste(form, "mysql://u:p@h.example.com");
  await expect(form.control("host")).toHaveValue("h.example.com");
});

test("where it cannot be loaded that is said, and the form goes on", async ({ page, opened, watch }) => {
  watch.allow(/ERR_FAILED/);
  await page.route("**/jackfield_mysql_bg.wasm", (route) => route.abort());
  const form = await opened();
  const strings = parts(form);
  await strings.open.click();
  await expect(strings.note).toContainText("could not be loaded");
  await page.unroute("**/jackfield_mysql_bg.wasm");
  await paste(form, "mysql://u@h.example.com");
  await expect(form.control("host")).toHaveValue("h.example.com");
});

test("inside a form of the page, Enter fills in and submits nothing", async ({ page, opened }) => {
  const form = await opened();
  await page.evaluate(() => {
    const outer = document.createElement("form");
    outer.addEventListener("submit", (event) => { event.preventDefault(); window.told.push("submit"); });
    const form = document.querySelector("jackfield-form");
    form.before(outer);
    outer.append(form);
  });
  await paste(form, "mysql://u@h.example.com");
  await expect(form.control("host")).toHaveValue("h.example.com");
  expect(await form.told()).toEqual([]);
  await expect(form.status).toBeHidden();
});

test("the line is copied as it stands", async ({ page, context, opened }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const form = await opened();
  await paste(form, "mysql://u:canary@h.example.com");
  await form.root.getByRole("button", { name: "Copy the connection string" }).click();
  await expect(form.root.locator(".jf-built")).toContainText("Copied.");
  // The port is what a new form has, since the string names none.
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("mysql://u:•••@h.example.com:5432");
});

test("in the demo: pasted, submitted, stored", async ({ demo }) => {
  await demo.open("postgres");
  const strings = await paste(demo, "postgres://reader:canary%2Fpw@db.example.com:5433/sales");
  await expect(demo.control("host")).toHaveValue("db.example.com");
  await expect(strings.made).toHaveText("postgres://reader:•••@db.example.com:5433/sales");
  await demo.set("name", "Pasted");
  await demo.submit();
  await expect(demo.status).toHaveAttribute("data-state", "done");
  expect(await demo.stored("Pasted")).toMatchObject([{ host: "db.example.com", port: "5433", dbName: "sales", username: "reader" }]);
});

test("jdbc: the product's own reader, and a line in the same spelling", async ({ form }) => {
  await form.open("MYSQL", "datafor");
  const strings = await paste(form, "jdbc:mysql://reader:canary@db.example.com:3307/sales?useSSL=true");
  await expect(form.control("hostname")).toHaveValue("db.example.com");
  await expect(form.control("databasePort")).toHaveValue("3307");
  await expect(strings.made).toHaveText(/^jdbc:mysql:\/\/.*db\.example\.com:3307\/sales/);
});

test("a port alone makes no string", async ({ form }) => {
  await form.open("POSTGRESQL", "datafor");
  const strings = parts(form);
  await strings.open.click();
  await expect(form.control("databasePort")).toHaveValue("5432");
  await form.set("hostname", "db.example.com");
  await expect(strings.made).toHaveText("postgresql://db.example.com:5432");
  await form.set("hostname", "");
  await expect(strings.made).toBeHidden();
});

test("without a page every group of dialects reads and writes", async () => {
  const { readString, startDialect } = await import("../../../pkg/dist/strings.js");
  for (const [dialect, text] of [
    ["postgres", "postgres://reader@db.example.com:5433/sales"],
    ["mysql", "mysql://reader@db.example.com:3307/sales"],
    ["sqlserver", "sqlserver://reader:pw@db.example.com:1433?database=sales"],
    ["oracle", "db.example.com:1521/sales"],
    ["redis", "redis://db.example.com:6380/1"],
    ["kafka", "one.example.com:9092,two.example.com:9092"],
    ["jdbc", "jdbc:oracle:thin:@//db.example.com:1521/sales"],
    ["jdbc", "jdbc:other://db.example.com:1/sales"],
  ]) {
    const { read, build } = await startDialect(dialect, text);
    const { parts } = read(text);
    expect(parts.hosts[0].host, text).toMatch(/example\.com$/);
    expect(build(parts, dialect === "kafka" ? undefined : read(text).form), text).toBe(text);
  }
  const kinds = [{ dialect: "jdbc", fill: {} }, { dialect: "mysql", fill: {} }];
  expect(await readString(kinds, "mysql://h:1/d")).toMatchObject({ kind: kinds[1], form: "uri", parts: { hosts: [{ host: "h", port: 1 }] } });
  expect(await readString(kinds, "mysql://h:x/d")).toEqual({ at: 10, reason: "port_number" });
  await expect(startDialect("nonsense")).rejects.toThrow("no dialect is called \"nonsense\"");
});
