// The look is the host's: what THEMING.md promises is what the stylesheet does, and what a page says wins.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "../fixtures.mjs";
import { root } from "../sandbox.mjs";

const read = (file) => readFile(path.join(root, file), "utf8");
const uncommented = (css) => css.replace(/\/\*[\s\S]*?\*\//g, "");
const sheet = uncommented(await read("pkg/src/jackfield.css"));
const told = await read("pkg/THEMING.md");
const rows = told.split("\n").filter((line) => line.startsWith("|")).map((line) => line.split("|").map((cell) => cell.trim()));
const names = (text, pattern) => new Set(Array.from(text.matchAll(pattern), ([, name]) => name));

/** Custom properties with their defaults: what is told, and what the stylesheet reads. */
const properties = new Map(rows.flatMap(([, name, value]) => (/^`--jf-/.test(name) ? [[name.slice(1, -1), value.slice(1, -1)]] : [])));
const classes = names(rows.map(([, name]) => name).join(" "), /\.(jf-[a-z-]+)/g);

/** Every `var(--jf-…, default)` with the brackets inside it. */
function reads(css) {
  return Array.from(css.matchAll(/var\((--jf-[a-z-]+)(, )?/g), (match) => {
    let [open, end] = [1, match.index + match[0].length];
    while (open && end < css.length) open += { "(": 1, ")": -1 }[css[end++]] ?? 0;
    return [match[1], css.slice(match.index + match[0].length, end - 1)];
  });
}

test("the table of custom properties is the stylesheet's, with every default, and nothing is read in two places", () => {
  const found = reads(sheet);
  expect(found.length).toBeGreaterThan(30);
  expect(found.map(([name]) => name).sort()).toEqual([...properties.keys()].sort());
  for (const [name, value] of found) expect(value.replace(/var\(--_/g, "var(--jf-"), name).toBe(properties.get(name));
});

test("every colour and weight has a name: beside the defaults and the lettered tiles none is in the stylesheet", () => {
  const rest = reads(sheet).reduce((css, [name, value]) => css.replace(`var(${name}, ${value})`, ""), sheet);
  const literal = rest.split("\n").filter((line) => /#[0-9a-f]{3,8}\b|rgb|hsl|oklch|light-dark/.test(line) && !line.includes("data-tone"));
  expect(literal).toEqual([]);
  const [used, defined] = [names(rest, /var\((--_[a-z-]+)\)/g), names(sheet, /(--_[a-z-]+):/g)];
  expect([...used].sort()).toEqual([...defined].sort());
});

test("the table of classes is that of the elements and of the stylesheet", async () => {
  const sources = (await readdir(path.join(root, "pkg/src"), { recursive: true })).filter((file) => file.endsWith(".ts"));
  const code = (await Promise.all(sources.map((file) => read(`pkg/src/${file}`)))).join("\n");
  const drawn = names(code, /["\s](jf-[a-z]+(?:-[a-z]+)*)(?=[\s"`])/g);
  // The id of a form that nobody has.
  drawn.delete("jf-none");
  expect([...drawn].sort()).toEqual([...classes].sort());
  for (const name of names(sheet, /\.(jf-[a-z-]+)/g)) expect(classes).toContain(name);
  const attributes = names(rows.map((row) => row.join(" ")).join(" "), /\[([a-z-]+)/g);
  for (const name of names(sheet, /\[(data-[a-z-]+)/g)) expect(attributes).toContain(name);
});

test("no stylesheet forces anything or says left and right", async () => {
  for (const file of ["pkg/src/jackfield.css", "www/demo.css", "www/looks/ledger.css"]) {
    const css = uncommented(await read(file));
    expect(css, file).not.toContain("!important");
    const declared = Array.from(css.matchAll(/(?<=[;{]\s*)([a-z-]+):([^;}]*)/g), ([, name, value]) => ({ name, value }));
    expect(declared.length, file).toBeGreaterThan(30);
    const physical = ({ name, value }) => /^((min|max)-)?(width|height)$|\b(left|right|top|bottom)\b/.test(name) || /\b(left|right)\b/.test(value);
    expect(declared.filter(physical), file).toEqual([]);
  }
});

test("the second look uses nothing that is not told", async () => {
  const css = uncommented(await read("www/looks/ledger.css"));
  const used = { properties: names(css, /(--jf-[a-z-]+)/g), classes: names(css, /\.(jf-[a-z-]+)/g) };
  expect(used.properties.size).toBeGreaterThan(15);
  expect([...used.properties].filter((name) => !properties.has(name))).toEqual([]);
  expect([...used.classes].filter((name) => !classes.has(name))).toEqual([]);
  // No selector but the page's root and these classes.
  const bare = names(css, /(?:^|[{}])\s*([^{}@]+?)\s*\{/g);
  expect([...bare].filter((selector) => !/^(:root|(select)?\.jf-[^#[]+)$/.test(selector))).toEqual([]);
});

/** Adds rules as a stylesheet of the page, behind the package's or before it. */
const style = (page, css, { first = false } = {}) => page.evaluate(({ css, first }) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  if (!first) document.adoptedStyleSheets.push(sheet);
  else for (const rule of [...sheet.cssRules].reverse()) document.styleSheets[0].insertRule(rule.cssText, 0);
}, { css, first });

/** How every part looks, as the browser worked it out. */
const computed = (page) => page.evaluate(() => [...document.querySelectorAll("jackfield-form, jackfield-form *")].map((node) => {
  const { color, backgroundColor, fontSize, fontFamily, fontWeight, padding, margin, border, borderRadius, gap, width, height } = getComputedStyle(node);
  return [node.className || node.localName, color, backgroundColor, fontSize, fontFamily, fontWeight, padding, margin, border, borderRadius, gap, width, height].join("; ");
}));

test("a theme with missing or empty properties keeps every default", async ({ page, host }) => {
  const form = await host("bare.html");
  await expect(form.control("name")).toBeVisible();
  // Its icon is drawn by a script that comes later.
  await expect(form.root.locator(".jf-icon svg path")).toBeAttached();
  const before = await computed(page);
  expect(before.length).toBeGreaterThan(50);
  await style(page, `jackfield-form { ${[...properties.keys()].map((name) => `${name}: initial;`).join(" ")} }`);
  expect(await computed(page)).toEqual(before);
});

/** In the page: which of these rules change nothing. */
function deadOf(rules) {
  document.getElementById("seen").focus();
  const kinds = new Map([...document.querySelectorAll("jackfield-form, jackfield-form *")].map((node) => [node.localName + node.className + node.dataset.state, node]));
  const asked = ["font-family", "font-size", "font-weight", "line-height", "color", "background-color", "border", "border-radius", "outline", "padding", "gap",
    "inline-size", "block-size", "max-inline-size", "min-block-size", "grid-template-columns", "transition-duration"];
  const seen = () => {
    for (const one of document.getAnimations()) one.finish();
    return Array.from(kinds.values(), (node) => asked.map((name) => getComputedStyle(node)[name]).join()).join("\n");
  };
  window.theme.replaceSync("");
  const plain = seen();
  return rules.filter((rule) => {
    window.theme.replaceSync(rule);
    return seen() === plain;
  });
}

test("every custom property changes something, on the element and around it", async ({ page, host }) => {
  test.slow();
  const other = (name) => /radius|border|outline|gap|space/.test(name) ? "9px" : /size/.test(name) ? "23px" : /width|padding|height|icon/.test(name) ? "57px" : /column/.test(name) ? "300px"
    : /leading/.test(name) ? "3" : /weight/.test(name) ? "900" : /font/.test(name) ? "fantasy" : /motion/.test(name) ? "7s" : "rgb(1, 2, 3)";
  const form = await host("bare.html");
  await expect(form.control("name")).toBeVisible();
  await page.evaluate(() => {
    window.theme = new CSSStyleSheet();
    document.adoptedStyleSheets.push(window.theme);
    // A part of every kind stands in the page, so that each property has something to show itself on.
    const form = document.querySelector("jackfield-form");
    const part = (tag, name, data = {}, text = "text") => {
      const node = document.createElement(tag);
      node.className = name;
      node.textContent = text;
      for (const [key, value] of Object.entries(data)) node.setAttribute(key, value);
      form.append(node);
      return node;
    };
    for (const state of ["invalid", "lost", "done", "busy"]) part("div", "jf-status", { "data-state": state }).append(Object.assign(document.createElement("p"), { className: "jf-status-title", textContent: state }));
    part("code", "jf-code");
    part("a", "jf-link");
    part("ul", "jf-types");
    part("div", "jf-row");
    part("p", "jf-fault", { "data-level": "warning" });
    part("input", "jf-input", { id: "seen" });
  });
  await page.keyboard.press("Tab");
  // The pointer is nowhere, so the last one shows itself nowhere yet.
  const tried = [...properties.keys()].filter((name) => name !== "--jf-hover").flatMap((name) => [":root", "jackfield-form"].map((where) => `${where} { ${name}: ${other(name)} }`));
  expect(await page.evaluate(deadOf, tried)).toEqual([]);
  await page.evaluate(() => window.theme.replaceSync(":root { --jf-hover: rgb(1, 2, 3) }"));
  await form.root.locator(".jf-reveal").first().hover();
  await expect(form.root.locator(".jf-reveal").first()).toHaveCSS("background-color", "rgb(1, 2, 3)");
});

for (const first of [true, false]) {
  test(`a page's plain class wins, its stylesheet ${first ? "before" : "after"} the package's, and its reset takes nothing apart`, async ({ page, host }) => {
    const form = await host("bare.html");
    await expect(form.control("name")).toBeVisible();
    await style(page, "p, ul, h2, fieldset, legend { margin: 3em; padding: 3em; border: 5px solid; } button, input { background: red; border-radius: 1px; min-block-size: 0; } .jf-primary { background: rgb(1, 2, 3); } .jf-input { border-color: rgb(4, 5, 6); } .jf-field { display: flex; } jackfield-form { padding: 3px; }", { first });
    await expect(form.primary).toHaveCSS("background-color", "rgb(1, 2, 3)");
    await expect(form.control("name")).toHaveCSS("border-top-color", "rgb(4, 5, 6)");
    await expect(form.root).toHaveCSS("padding-top", "3px");
    await expect(form.root.locator(".jf-section").first()).toHaveCSS("margin-top", "0px");
    await expect(form.root.locator(".jf-title")).toHaveCSS("border-top-width", "0px");
    await expect(form.control("name")).toHaveCSS("background-color", "rgb(255, 255, 255)");
    // A class that gives a display does not bring back what is hidden.
    await expect(form.field("name")).toHaveCSS("display", "flex");
    await expect(form.field("host")).toBeHidden();
  });
}

test("the page's font, text size and colour scheme are taken over", async ({ page, host }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  const form = await host("bare.html");
  await expect(form.control("name")).toBeVisible();
  // A page that says nothing of schemes is light, and so is what stands in it.
  await expect(form.root).toHaveCSS("background-color", "rgb(255, 255, 255)");
  await style(page, "body { font: 21px fantasy; color-scheme: dark; }");
  await expect(form.root).toHaveCSS("background-color", "rgb(21, 24, 30)");
  for (const part of [form.root, form.control("name"), form.primary]) {
    await expect(part).toHaveCSS("font-family", "fantasy");
    await expect(part).toHaveCSS("font-size", "21px");
  }
});

for (const [place, css] of Object.entries({
  "a row": "main { display: flex; }",
  "a grid": "main { display: grid; grid-template-columns: auto; justify-content: start; }",
  "what is as wide as its content": "main { inline-size: fit-content; }",
})) {
  test(`in ${place} of the page the form is as wide as it can be`, async ({ page, host }) => {
    const form = await host("bare.html");
    await expect(form.control("name")).toBeVisible();
    await style(page, `h1 { display: none; } body { margin: 8px; } ${css}`);
    for (const [width, least] of [[1280, 600], [320, 260]]) {
      await page.setViewportSize({ width, height: 800 });
      expect((await form.root.boundingBox()).width).toBeGreaterThanOrEqual(least);
      expect(await page.evaluate(() => document.scrollingElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}

test("the page's address keeps the look, and one that is not offered is none", async ({ page, demo }) => {
  await demo.open("customerio");
  await page.locator("#look").selectOption({ label: "Ledger" });
  await expect(demo.control("name")).toHaveCSS("border-radius", "0px");
  expect(new URL(page.url()).search).toBe("?look=ledger");
  expect(new URL(page.url()).hash).toBe("#chartbrew/customerio");
  await page.reload();
  await expect(demo.control("name")).toHaveCSS("border-radius", "0px");
  await expect(page.locator("#look")).toHaveValue("ledger");
  await page.locator("#look").selectOption({ label: "Plain" });
  await expect(demo.control("name")).toHaveCSS("border-radius", "8px");
  expect(new URL(page.url()).search).toBe("");
  await page.goto("/?look=../pkg/jackfield#chartbrew/customerio");
  await expect(demo.control("name")).toBeVisible();
  await expect(page.locator("#look")).toHaveValue("");
  await expect(page.locator('link[href*="looks"]')).toHaveCount(0);
});
