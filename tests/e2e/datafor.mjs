// Datafor as a user meets it: its cases, which are data, a page with a list and a form, and fields that are found by the words on the page.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { test as base } from "./depot.mjs";
import { expect } from "./fixtures.mjs";

export const cases = JSON.parse(await readFile(path.join(import.meta.dirname, "data/datafor.json"), "utf8"));

/** A type's case laid over what is usual: what is typed by label, and the body that is sent. A null takes a value away. */
export function caseOf(type, port, name = `${type} of e2e`) {
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
export async function listener() {
  const server = createServer((socket) => socket.on("error", () => {}).end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: server.address().port, stop: () => once(server.close(), "close") };
}

export const test = base.extend({
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

/** The row whose first cell says so, or the one at this place. */
async function row(field, key) {
  const rows = field.locator(".jf-row");
  if (typeof key === "number") return rows.nth(key);
  const names = await rows.evaluateAll((all) => all.map((one) => one.querySelector("input").value));
  expect(names).toContain(key);
  return rows.nth(names.indexOf(key));
}

export const control = (scope, label) => scope.getByLabel(label, { exact: true }).and(scope.page().locator("input, textarea, select"));
const group = (scope, label) => scope.getByRole("group", { name: label, exact: true });

/** Follows labels from the outside in: a field, or a list, its row and its cell. */
export async function found(scope, [first, key, column]) {
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

export const fill = async (scope, values) => { for (const [label, value] of values) await enter(scope, label, value); };

export async function unfold(root) {
  const folded = root.locator("details:not([open]) > summary").filter({ visible: true });
  while (await folded.count()) await folded.first().press("Enter");
}

export async function pick(root, title) {
  await root.getByRole("button", { name: title, exact: true }).press("Enter");
  await unfold(root);
}

/** The form with this type picked and filled. */
export async function ready(root, { title, values }) {
  await pick(root, title);
  await fill(root, values);
}

/** What one thing became another at which place; null where nothing is. */
export function changes(before, after, at = "") {
  if (JSON.stringify(before) === JSON.stringify(after)) return {};
  const deep = [before, after].every((one) => one && typeof one === "object");
  if (!deep) return { [at]: after ?? null };
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.assign({}, ...Array.from(keys, (key) => changes(before[key], after[key], `${at}/${key}`)));
}

/** Adds the connection of a case, past the page. */
export async function put({ url, token }, { body }) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(`${url}${cases.at}add`, { method: "POST", headers, body: JSON.stringify(body) });
  expect(await answer.json()).toMatchObject({ success: true });
}

export const shown = (sandbox, name) => sandbox.api(`${cases.at}get?name=${encodeURIComponent(name)}`);

/** Every password that the sandbox's file holds for this name, since no answer shows one. */
export async function passwords(sandbox, name) {
  const text = await readFile(path.join(sandbox.data, "sandbox.sqlite"), "latin1");
  const records = text.matchAll(new RegExp(`"name":"${name}"[^\\0-\\x1f]*?"password":("[^"]*"|null)`, "g"));
  return [...new Set(Array.from(records, ([, password]) => JSON.parse(password)))];
}
