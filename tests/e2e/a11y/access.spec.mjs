// For everyone: axe over every state, the keyboard alone, a narrow window.
import { axe } from "../axe.mjs";
import { described, ofType } from "../chosen.mjs";
import { expect, test, typeOf, types } from "../fixtures.mjs";
import { picture } from "../picture.mjs";

test("axe: choosing a type", async ({ page, demo }) => {
  await demo.open(null);
  await axe(page, "all types", "types");
  await demo.root.getByRole("searchbox").fill("nothing like it");
  await axe(page, "no match");
  await page.locator("#settings summary").click();
  await axe(page, "settings", "settings");
  await page.getByRole("radio", { name: "Harbour" }).check();
  await axe(page, "the other API");
});

/** Of these there are pictures; the others look alike. */
const pictured = ["postgres", "api", "firestore", "mqtt"];

for (const { api, type, values } of types) {
  test(`axe: ${api.api} ${type}`, ofType(api.api, type), async ({ page, demo }) => {
    const name = (state) => (pictured.includes(type) ? `${state}-${type}` : undefined);
    await demo.open(type, api.api);
    await axe(page, "empty", name("empty"));
    await demo.set("name", "");
    await demo.submit();
    await expect(demo.status).toHaveAttribute("data-state", "invalid");
    await axe(page, "with faults", name("faults"));
    await demo.fill(values);
    await axe(page, "filled", name("filled"));
  });
}

test("axe: busy, refused, lost, listed, saved, deleted, copied", async ({ page, demo, watch }) => {
  watch.allow(/status of 400|ERR_FAILED/);
  const name = "Seen by axe";
  let answer = () => {};
  await page.route("**/team/*/connections", (route) => (route.request().method() === "POST" ? answer(route) : route.fallback()));
  const submit = async (state, next) => {
    answer = next;
    await demo.submit();
    await expect(demo.status).toHaveAttribute("data-state", state);
    await axe(page, state, state);
  };
  await demo.open("customerio");
  await demo.fill({ ...typeOf("customerio").values, name });
  await submit("busy", () => {});
  await demo.root.getByRole("button", { name: "Cancel" }).click();
  await axe(page, "cancelled");
  await submit("refused", (route) => route.fulfill({ status: 400, json: { message: "The key was refused by the other side." } }));
  await submit("lost", (route) => route.abort());
  await demo.root.getByRole("button", { name: "Show saved connections" }).click();
  await expect(demo.root.locator(".jf-listed")).not.toBeEmpty();
  await axe(page, "listed in the form");
  await submit("done", (route) => route.fallback());
  const row = page.locator("jackfield-list .jf-entry").filter({ hasText: name }).first();
  await row.getByRole("button", { name: /^Delete/ }).click();
  await axe(page, "asking before a delete", "asking");
  await row.getByRole("button", { name: /^Keep/ }).click();
  await row.getByRole("button", { name: /^Clone/ }).click();
  await expect(page.locator("#copied-from")).toBeVisible();
  await axe(page, "a copy", "copy");
});

/** A connection of an API whose list has every button. */
async function saveWithEveryButton(demo, name) {
  await demo.open("POSTGRESQL", "datafor");
  await demo.fill({ name, hostname: "db.example.com", databaseName: "orders", username: "app", password: "canary-list" });
  await demo.submit();
  await expect(demo.page.getByRole("button", { name: `Delete ${name}`, exact: true })).toBeVisible();
}

test("axe: a list with every button, in the narrow column beside the form", async ({ page, demo }) => {
  await saveWithEveryButton(demo, "Seen beside the form");
  await axe(page, "a filled list", "beside");
  await page.getByRole("button", { name: "Edit Seen beside the form" }).click();
  await expect(page.locator("#form-title")).toHaveText("Edit “Seen beside the form”");
  await axe(page, "opened from the list", "beside-edit");
  // Buttons that overlap or stick out are found by where they are.
  const panel = await page.locator("#saved").boundingBox();
  for (const button of await page.locator("jackfield-list").getByRole("button").all()) {
    if (!(await button.isVisible())) continue;
    const { x, width } = await button.boundingBox();
    expect(x).toBeGreaterThanOrEqual(panel.x);
    expect(x + width).toBeLessThanOrEqual(panel.x + panel.width);
  }
});

test("with the keyboard alone: choose, fill, mend, save, open, delete", async ({ page, demo }) => {
  await demo.open(null);
  const { keyboard } = page;
  const tabTo = async (target, most = 60) => {
    for (let steps = 0; steps < most; steps++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await keyboard.press("Tab");
    }
    throw new Error(`The Tab key does not reach ${target}`);
  };
  await tabTo(demo.root.getByRole("searchbox"));
  await keyboard.type("customer");
  await tabTo(demo.root.locator(".jf-types button").filter({ visible: true }).first());
  await keyboard.press("Enter");
  await tabTo(demo.control("name"));
  await keyboard.type("By keyboard");
  await keyboard.press("Enter");
  await expect(demo.control("password")).toBeFocused();
  await keyboard.type("canary-keys");
  await tabTo(demo.field("host").locator("input, select").first());
  await keyboard.press("ArrowDown");
  await tabTo(demo.primary);
  await keyboard.press("Enter");
  await expect(demo.status).toHaveAttribute("data-state", "done");
  const [record] = await demo.stored("By keyboard");
  expect(record).toMatchObject({ password: "canary-keys", host: "eu" });
  await tabTo(page.getByRole("button", { name: "Clone By keyboard" }));
  await keyboard.press("Space");
  await expect(page.locator("#copied-from")).toBeVisible();
  await tabTo(page.getByRole("button", { name: "Delete By keyboard" }));
  await keyboard.press("Space");
  await keyboard.press("Shift+Tab");
  await keyboard.press("Enter");
  await expect(page.locator("jackfield-list .jf-count")).toContainText("was deleted");
});

/** How wide the page is, and its window. */
const widths = (page) => page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);

async function fits(page, what) {
  const [wide, window] = await widths(page);
  expect(wide, what).toBeLessThanOrEqual(window);
}

test("at 320 px nothing is wider than the window: choosing a type, a filled list, the settings", async ({ page, demo }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await demo.open(null);
  await fits(page, "types");
  await picture(page, "narrow-types");
  await saveWithEveryButton(demo, "a-name-without-a-break-which-is-wider-than-the-window");
  await fits(page, "a filled list");
  await picture(page, "narrow-list");
  await page.locator("#settings summary").click();
  await fits(page, "settings");
});

for (const { api, type, values } of types) {
  test(`at 320 px nothing is wider than the window: ${api.api} ${type}`, ofType(api.api, type), async ({ page, demo }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await demo.open(type, api.api);
    await demo.submit();
    await fits(page, "with faults");
    await demo.fill(values);
    await fits(page, "filled");
    await picture(page, `narrow-${api.api}-${type}`);
  });
}

test("at 320 px no form of any type is wider than the window, all of it unfolded", async ({ page, demo }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await demo.open(null);
  const wide = await page.evaluate(openAll, { all: described.map(({ api, type }) => ({ api, type })), filled: types.map(({ api, type, values }) => ({ api: api.api, type, values })) });
  expect(wide).toEqual([]);
});

/** In the page: opens the form of every type, with faults and with values, and measures it. */
async function openAll({ all, filled }) {
  const form = document.querySelector("jackfield-form");
  const found = [];
  const measure = (what) => {
    for (const section of form.querySelectorAll("details")) section.open = true;
    const { scrollWidth } = document.scrollingElement;
    if (scrollWidth > innerWidth) found.push(`${what}: ${scrollWidth} px`);
  };
  /** Opens a form of one's own values; the one before is still there until then. */
  const open = async (api, type, values) => {
    const before = form.form;
    Object.assign(form, { api, type, values });
    while (!form.form || form.form === before) await new Promise(requestAnimationFrame);
  };
  for (const { api, type } of all) {
    const { values } = filled.find((one) => one.api === api && one.type === type) ?? {};
    await open(api, type, undefined);
    // What the form is filled with is of the element's own kinds, except for files.
    form.submit();
    if (!form.querySelector("[data-state=invalid]")) continue;
    measure(`${api} ${type} with faults`);
    if (!values) continue;
    form.step({ do: "fill", values: Object.fromEntries(Object.entries(values).filter(([, value]) => !value?.file)) });
    measure(`${api} ${type} filled`);
  }
  return found;
}
