// For everyone: axe over every state, the keyboard alone, a narrow window. The pictures in out/ are for people to look at.
import { axe } from "../axe.mjs";
import { expect, out, test, typeOf, types } from "../fixtures.mjs";

test.slow();

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
  test(`axe: ${api.api} ${type}`, async ({ page, demo }) => {
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

test("at 320 px nothing is wider than the window", async ({ page, demo }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const fits = async (what) => {
    const [wide, window] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
    expect(wide, what).toBeLessThanOrEqual(window);
  };
  await demo.open(null);
  await fits("types");
  await page.screenshot({ path: out("narrow-types.png"), fullPage: true });
  for (const { api, type, values } of types) {
    await demo.open(type, api.api);
    await demo.submit();
    await fits(`${type} with faults`);
    await demo.fill(values);
    await fits(`${type} filled`);
    if (type === "postgres") await page.screenshot({ path: out("narrow-postgres.png"), fullPage: true });
  }
  await saveWithEveryButton(demo, "a-name-without-a-break-which-is-wider-than-the-window");
  await fits("a filled list");
  await page.screenshot({ path: out("narrow-list.png"), fullPage: true });
  await page.locator("#settings summary").click();
  await fits("settings");
});
