// A value in a row whose name is that of a secret, or that came masked: the control of a secret, and no trace of it anywhere else.
import { axe } from "../axe.mjs";
import { expect, test } from "../fixtures.mjs";

const options = (form) => form.field("options");
const row = (form, number) => options(form).locator(".jf-row").nth(number - 1);
const name = (form, number) => row(form, number).locator("[data-field=key] input");
const value = (form, number) => row(form, number).locator("[data-field=value] input");
const show = (form, number) => row(form, number).getByRole("button", { name: "Show Value" });

/** MongoDB's fields, whose options are rows of a name and a value. */
async function begin(form) {
  await form.open("mongodb");
  await form.set("mode", "form");
  await form.reveal(options(form));
  await form.fill({ name: "Shop", host: "db.example.com", dbName: "shop" });
}

async function addRow(form) {
  await options(form).getByRole("button", { name: /^Add/ }).click();
}

/** Whatever a page, a host or a log can read. */
const traces = (page) => page.evaluate(() => {
  const form = document.querySelector("jackfield-form");
  return {
    markup: document.documentElement.outerHTML,
    text: document.body.innerText,
    events: window.events.join("\n"),
    draft: JSON.stringify(form.draft),
    preview: JSON.stringify(form.preview()),
    kept: JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie + location.href + JSON.stringify(history.state),
  };
});

test("a name that becomes a secret's covers the value beside it, and nothing else changes", async ({ page, demo, watch }) => {
  await page.addInitScript(() => {
    window.events = [];
    const keep = (event) => window.events.push(JSON.stringify(Object.fromEntries(Object.getOwnPropertyNames(event).map((name) => [name, event[name]]))));
    for (const type of ["change", "submit", "success", "refusal", "type"]) document.addEventListener(`jackfield-${type}`, keep);
  });
  await begin(demo);
  await addRow(demo);
  await addRow(demo);
  await name(demo, 1).fill("appName");
  await value(demo, 1).fill("seen");
  await name(demo, 2).focus();
  await page.keyboard.type("sslpasswor");
  await expect(value(demo, 2)).toHaveAttribute("type", "text");
  await page.keyboard.type("d");
  await expect(value(demo, 2)).toHaveAttribute("type", "password");
  await expect(name(demo, 2)).toBeFocused();
  await expect(name(demo, 2)).toHaveValue("sslpassword");
  await expect(value(demo, 1)).toHaveValue("seen");
  await expect(value(demo, 1)).toHaveAttribute("type", "text");
  await page.keyboard.press("Tab");
  await expect(value(demo, 2)).toBeFocused();
  await page.keyboard.type("canary");
  await expect(value(demo, 2)).toHaveValue("canary");
  for (const word of ["data-1p-ignore", "data-bwignore"]) await expect(value(demo, 2)).toHaveAttribute(word, /.*/);

  // By keyboard alone: shown, and covered again.
  await page.keyboard.press("Tab");
  await expect(show(demo, 2)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(value(demo, 2)).toHaveAttribute("type", "text");
  await page.keyboard.press("Space");
  await expect(value(demo, 2)).toHaveAttribute("type", "password");
  await axe(page);

  // Under another name it stays covered, and what is typed into it too.
  await name(demo, 2).fill("compressors");
  await expect(value(demo, 2)).toHaveAttribute("type", "password");
  await value(demo, 2).fill("canary too");
  await name(demo, 2).fill("sslpassword");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(value(demo, 1)).toHaveValue("canary too");
  await expect(value(demo, 1)).toHaveAttribute("type", "password");
  await expect(value(demo, 2)).toHaveAttribute("type", "text");

  await expect(page.locator("#request-view")).toContainText("•••");
  for (const [where, text] of Object.entries(await traces(page))) expect(text.includes("canary"), where).toBe(false);
  await page.getByRole("tab", { name: "cURL" }).click();
  await expect(page.locator("#request-view")).toContainText("curl");
  await demo.submit();
  await expect(demo.status).toHaveAttribute("data-state", "done");
  for (const [where, text] of Object.entries(await traces(page))) expect(text.includes("canary"), where).toBe(false);
  expect(watch.heard.join("\n")).not.toContain("canary");
  const [stored] = await demo.stored("Shop");
  expect(stored.options).toEqual([{ sslpassword: "canary too" }, { appName: "seen" }]);
});

test("what is given masked is covered until it is shown; a fill is undone with what was typed before", async ({ page, form }) => {
  await begin(form);
  const step = (action) => form.root.evaluate((form, action) => { form.step(action); }, action);
  await form.set("username", "typed");
  await addRow(form);
  await name(form, 1).fill("tls");
  await value(form, 1).fill("true");
  const filled = [{ key: "strange", value: { masked: "canary" } }, { key: "ssl", value: "true" }];
  await step({ do: "fill", values: { username: "filled", options: filled } });
  await expect(form.control("username")).toHaveValue("filled");
  await expect(value(form, 1)).toHaveAttribute("type", "password");
  await expect(value(form, 1)).toHaveValue("canary");
  await expect(value(form, 2)).toHaveAttribute("type", "text");
  await show(form, 1).click();
  await expect(value(form, 1)).toHaveAttribute("type", "text");
  await step({ do: "undo" });
  await expect(form.control("username")).toHaveValue("typed");
  await expect(row(form, 2)).toHaveCount(0);
  await expect(name(form, 1)).toHaveValue("tls");
  await expect(value(form, 1)).toHaveValue("true");
  await expect(value(form, 1)).toHaveAttribute("type", "text");
  // Nothing is left of it in the page.
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain("canary");
});

test("rows with a secret do not go along to another type, and the form that is left keeps them", async ({ form }) => {
  const extra = (column) => form.field("extraOptions").locator(`[data-field=${column}] input`);
  const change = async (title) => {
    await form.root.getByRole("button", { name: "Change type" }).click();
    await form.root.locator(".jf-types button").filter({ hasText: title }).first().click();
    await expect(form.control("name")).toBeVisible();
  };
  await form.open(null, "datafor");
  await form.root.locator(".jf-types button").filter({ hasText: "PostgreSQL" }).first().click();
  await form.set("hostname", "db.example.com");
  await form.set("extraOptions", [{ name: "ApplicationName", value: "shop" }, { name: "sslpassword", value: "canary" }]);
  await change("Greenplum");
  await expect(form.control("hostname")).toHaveValue("db.example.com");
  await form.reveal(form.field("extraOptions"));
  expect(await extra("value").evaluateAll((inputs) => inputs.map((input) => input.value))).not.toContain("canary");
  await change("PostgreSQL");
  await form.reveal(form.field("extraOptions"));
  await expect(extra("value").nth(1)).toHaveValue("canary");
  await expect(extra("value").nth(1)).toHaveAttribute("type", "password");
});
