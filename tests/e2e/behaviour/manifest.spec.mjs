// custom-elements.json, and what is made of it, against the elements as they run: what exists is listed, and what is listed exists.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "../fixtures.mjs";

const pkg = path.resolve(import.meta.dirname, "../../../pkg");
const text = (file) => readFileSync(path.join(pkg, file), "utf8");
const json = (file) => JSON.parse(text(file));
const manifest = json("dist/custom-elements.json");
const declarations = manifest.modules.flatMap((module) => module.declarations.map((declaration) => ({ ...declaration, module: module.path })));
const elements = declarations.filter(({ customElement }) => customElement);
const names = (list) => list.map(({ name }) => name).sort();

/** A page with the scripts, without a form that is drawn. */
async function emptyPage(page, host) {
  await host("bare.html");
  await page.evaluate(async () => {
    document.querySelector("main").replaceChildren();
    await import("/pkg/list.js");
  });
}

for (const element of elements) {
  const { tagName, members, attributes } = element;
  const fields = members.filter(({ kind }) => kind === "field");
  const methods = members.filter(({ kind }) => kind === "method");

  test(`<${tagName}>: properties and methods, with what a new element holds`, async ({ page, host }) => {
    await emptyPage(page, host);
    const found = await page.evaluate((tag) => {
      const lifecycle = /^(constructor|\w+Callback)$/;
      const own = customElements.get(tag);
      const described = Object.entries(Object.getOwnPropertyDescriptors(own.prototype)).filter(([name]) => !lifecycle.test(name));
      const statics = Object.entries(Object.getOwnPropertyDescriptors(own)).filter(([, { value }]) => typeof value === "function");
      const fresh = document.createElement(tag);
      const shown = (value) => value === undefined ? "undefined" : JSON.stringify(value);
      return {
        fields: Object.fromEntries(described.filter(([, { get }]) => get).map(([name, { set }]) => [name, { readonly: !set, default: shown(fresh[name]) }])),
        methods: described.filter(([, { value }]) => typeof value === "function").map(([name]) => name).sort(),
        statics: statics.map(([name]) => name).sort(),
      };
    }, tagName);
    expect(found.fields).toEqual(Object.fromEntries(fields.map(({ name, readonly = false, default: value }) => [name, { readonly, default: value }])));
    expect(found.methods).toEqual(names(methods.filter((method) => !method.static)));
    expect(found.statics).toEqual(names(methods.filter((method) => method.static)));
  });

  test(`<${tagName}>: attributes, and which properties go with them`, async ({ page, host }) => {
    await emptyPage(page, host);
    const found = await page.evaluate(({ tag, fields, attributes }) => {
      const own = customElements.get(tag);
      const fresh = () => document.createElement(tag);
      // Every attribute that any property reads.
      const read = new Set();
      const spied = fresh();
      for (const way of ["getAttribute", "hasAttribute"]) spied[way] = (name) => { read.add(name); return Element.prototype[way].call(spied, name); };
      for (const name of fields) void spied[name];
      // What an attribute does to its property, and the property to its attribute.
      const changed = attributes.filter(({ name, fieldName }) => {
        const element = fresh();
        const before = JSON.stringify(element[fieldName]);
        element.setAttribute(name, "other");
        return JSON.stringify(element[fieldName]) !== before;
      });
      const reflected = attributes.filter(({ name, fieldName, type }) => {
        const element = fresh();
        element[fieldName] = type.text === "boolean" ? true : "other";
        return element.hasAttribute(name);
      });
      return { observed: own.observedAttributes, read: [...read], changed: changed.map(({ name }) => name), reflected: reflected.map(({ fieldName }) => fieldName) };
    }, { tag: tagName, fields: names(fields), attributes });
    expect([...new Set([...found.observed, ...found.read])].sort()).toEqual(names(attributes));
    expect(found.changed.sort()).toEqual(names(attributes));
    expect(found.reflected.sort()).toEqual(names(fields.filter(({ reflects }) => reflects)));
    expect(names(fields.filter(({ attribute }) => attribute))).toEqual(attributes.map(({ fieldName }) => fieldName).sort());
  });

  test(`<${tagName}>: custom properties, classes and states`, async ({ page, host }) => {
    await emptyPage(page, host);
    // The browser's own text of a rule leaves out shorthands that hold a variable.
    const style = text("dist/jackfield.css");
    const used = new Set([...style.matchAll(/--jf-[\w-]+/g)].map(([name]) => name));
    expect([...used].sort()).toEqual(names(element.cssProperties));
    // A class that the stylesheet leaves alone is a hook too, if the scripts set it.
    const scripts = readdirSync(path.join(pkg, "dist")).filter((name) => name.endsWith(".js")).map((name) => text(`dist/${name}`));
    const classes = new Set([style, ...scripts].flatMap((code) => [...code.matchAll(/\bjf-[\w-]+/g)].map(([name]) => name)));
    expect(element["x-classes"].length).toBeGreaterThan(10);
    expect(names(element["x-classes"]).filter((name) => !classes.has(name))).toEqual([]);
    // There are no states, so none is listed.
    expect(style).not.toContain(":state(");
    expect(element.cssStates).toBeUndefined();
  });
}

/** Opens a page whose API answers in it, and hears every event of the element. */
async function drive(page, host, tag, setUp) {
  await emptyPage(page, host);
  await page.evaluate(async ({ tag, setUp }) => {
    const [forms, lists] = await Promise.all([import("/pkg/element.js"), import("/pkg/list.js")]);
    window.events = {};
    const { dispatchEvent } = EventTarget.prototype;
    const element = document.createElement(tag);
    element.dispatchEvent = (event) => {
      const [name] = Object.entries({ ...forms, ...lists }).find(([, value]) => value === event.constructor) ?? [];
      window.events[event.type] = { class: name, properties: Object.keys(event).filter((key) => key !== "isTrusted").sort() };
      return dispatchEvent.call(element, event);
    };
    const saved = { id: 7, name: "Shop", type: "postgres", subType: "postgres" };
    window.answers = 200;
    element.transport = async ({ operation }) => {
      const body = operation === "list" ? [saved] : saved;
      return { status: window.answers, type: "application/json", text: JSON.stringify(body) };
    };
    Object.assign(element, { baseUrl: "https://api.example.com", settings: { team_id: 1 }, ...setUp });
    document.querySelector("main").append(element);
  }, { tag, setUp: { apis: "/pkg/apis/chartbrew.json", ...setUp } });
  return page.locator(tag);
}

/** The events of an element, as the manifest has them. */
function listed(tag) {
  const { events } = elements.find(({ tagName }) => tagName === tag);
  return Object.fromEntries(events.map(({ name, type }) => {
    const { members } = declarations.find((declaration) => declaration.name === type.text);
    return [name, { class: type.text, properties: names(members) }];
  }));
}

test("<jackfield-form>: events, each with its class and properties", async ({ page, host }) => {
  const form = await drive(page, host, "jackfield-form", {});
  await form.getByRole("searchbox").fill("timescale");
  await form.getByRole("button", { name: "Timescale" }).click();
  await form.locator('[data-field="mode"]').getByText("Separate fields").click();
  await form.locator('[data-field="name"] input').fill("Shop");
  await form.locator('[data-field="host"] input').fill("db.example.com");
  await form.getByRole("button", { name: "Test connection" }).click();
  await expect.poll(() => page.evaluate(() => Object.keys(window.events))).toContain("jackfield-test");
  await page.evaluate(() => { window.answers = 400; });
  await form.locator(".jf-primary").click();
  await expect.poll(() => page.evaluate(() => Object.keys(window.events))).toContain("jackfield-refusal");
  await page.evaluate(() => { window.answers = 200; });
  await form.locator(".jf-primary").click();
  await expect.poll(() => page.evaluate(() => window.events)).toEqual(listed("jackfield-form"));
});

test("<jackfield-list>: events, each with its class and properties", async ({ page, host }) => {
  const list = await drive(page, host, "jackfield-list", {});
  await list.getByRole("button", { name: "Edit Shop" }).click();
  await expect.poll(() => page.evaluate(() => Object.keys(window.events))).toContain("jackfield-open");
  await list.getByRole("button", { name: "Delete Shop" }).click();
  await list.getByRole("button", { name: "Really delete Shop" }).click();
  await expect.poll(() => page.evaluate(() => window.events)).toEqual(listed("jackfield-list"));
});

test("each class that is listed is exported where the manifest says, and registered under its tag", async ({ page, host }) => {
  await emptyPage(page, host);
  const exported = await page.evaluate((classes) => Promise.all(classes.map(async ({ name, module }) =>
    typeof (await import(module.replace("dist", "/pkg")))[name])), declarations);
  expect(exported).toEqual(declarations.map(() => "function"));
  const registered = manifest.modules.flatMap((module) => module.exports).filter(({ kind }) => kind === "custom-element-definition");
  expect(names(registered)).toEqual(elements.map(({ tagName }) => tagName).sort());
  expect(await page.evaluate((all) => Promise.all(all.map(async ({ name, declaration }) =>
    customElements.get(name) === (await import(declaration.module.replace("dist", "/pkg")))[declaration.name])), registered)).toEqual(registered.map(() => true));
});

test("editors are told the same: tags, attributes, properties and events", () => {
  const { contributions } = json("dist/web-types.json");
  const { tags } = json("dist/vscode.html-custom-data.json");
  for (const { tagName, attributes, members, events, cssProperties } of elements) {
    const webType = contributions.html.elements.find(({ name }) => name === tagName);
    expect(names(webType.attributes)).toEqual(names(attributes));
    expect(names(webType.js.properties)).toEqual(names(members.filter(({ kind, readonly }) => kind === "field" && !readonly)));
    expect(names(webType.js.events)).toEqual(names(events));
    expect(names(webType.css.properties)).toEqual(names(cssProperties));
    expect(names(tags.find(({ name }) => name === tagName).attributes)).toEqual(names(attributes));
  }
  const choices = tags[0].attributes.find(({ name }) => name === "secrets").values;
  expect(names(choices)).toEqual(["echo", "null", "omit", "reenter"]);
});

test("everything is described, and every file that is named is there", () => {
  const told = declarations.flatMap((declaration) => [
    declaration, ...declaration.members, ...declaration.attributes ?? [], ...declaration.events ?? [], ...declaration.cssProperties ?? [], ...declaration["x-classes"] ?? [],
  ]);
  expect(told.length).toBeGreaterThan(100);
  expect(told.filter(({ description }) => !description)).toEqual([]);
  const { customElements, "web-types": webTypes, exports } = json("package.json");
  const frameworks = ["./react", "./preact", "./solid", "./svelte", "./vue"];
  for (const way of frameworks) expect(text(exports[way].default)).toBe("export {};\n");
  const links = [...text("llms.txt").matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(5);
  const named = [customElements, webTypes, "THEMING.md", ...frameworks.flatMap((way) => Object.values(exports[way])), ...links];
  expect(named.filter((file) => !existsSync(path.join(pkg, file)))).toEqual([]);
});
