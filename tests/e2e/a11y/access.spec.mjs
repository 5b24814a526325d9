// For everyone: axe over every state, the keyboard alone, a narrow window.
import { axe } from "../axe.mjs";
import { described, ofType } from "../chosen.mjs";
import { expect, test, typeOf, types } from "../fixtures.mjs";
import { openForm } from "../open-form.mjs";
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
  test(`axe: ${api.api} ${type}`, ofType(api.api, type), async ({ page, form }) => {
    const name = (state) => (pictured.includes(type) ? `${state}-${type}` : undefined);
    await form.open(type, api.api);
    await axe(page, "empty", name("empty"));
    await form.set("name", "");
    await form.submit();
    await expect(form.status).toHaveAttribute("data-state", "invalid");
    await axe(page, "with faults", name("faults"));
    await form.fill(values);
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

// By hand; all types are opened in one page below.
for (const { api, type, values } of types) {
  test(`at 320 px nothing is wider than the window: ${api.api} ${type}`, { tag: "@all" }, async ({ page, form }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await form.open(type, api.api);
    await form.submit();
    await fits(page, "with faults");
    await form.fill(values);
    await fits(page, "filled");
    await picture(page, `narrow-${api.api}-${type}`);
  });
}

/** In the page: how wide the form that is open makes it, with faults and, where there are values, filled; all of it unfolded. */
function measure(values) {
  const form = document.querySelector("jackfield-form");
  const found = [];
  const note = (state) => {
    for (const section of form.querySelectorAll("details")) section.open = true;
    found.push([state, document.scrollingElement.scrollWidth]);
  };
  form.submit();
  note("submitted as it is");
  if (values && !form.busy) {
    form.step({ do: "fill", values });
    note("filled");
  }
  form.cancel();
  return found;
}

test("at 320 px no form of any type is wider than the window, all of it unfolded", async ({ page, demo }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await demo.open(null);
  // A form that lacks nothing would be saved.
  await demo.root.evaluate((form) => { form.transport = () => new Promise(() => undefined); });
  let filled = 0;
  for (const { api, type } of described) {
    await openForm(page, { api, type });
    const { values } = types.find((one) => one.api.api === api && one.type === type) ?? {};
    // A file is none of the values that a page can give.
    const given = values && Object.fromEntries(Object.entries(values).filter(([, value]) => !value?.file));
    const found = await page.evaluate(measure, given);
    for (const [state, width] of found) expect(width, `${api} ${type} ${state}`).toBeLessThanOrEqual(320);
    filled += found.length - 1;
  }
  expect(filled).toBeGreaterThan(types.length / 2);
});
