// For everyone: axe over every state, the keyboard alone, a narrow window. The pictures in out/ are for people to look at.
import AxeBuilder from "@axe-core/playwright";
import { expect, out, test, typeOf, types } from "./fixtures.mjs";

async function axe(page, what) {
  const { violations } = await new AxeBuilder({ page }).options({ rules: { "target-size": { enabled: true } } }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("; ")}`);
  expect(found, what).toEqual([]);
}

const picture = (page, name) => page.screenshot({ path: out(`${name}.png`), fullPage: true });

for (const colorScheme of ["light", "dark"]) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test.slow();

    test(`axe: choosing a type (${colorScheme})`, async ({ page, demo }) => {
      await demo.open(null);
      await axe(page, "all types");
      await picture(page, `types-${colorScheme}`);
      await demo.root.getByRole("searchbox").fill("nothing like it");
      await axe(page, "no match");
      await page.locator("#settings summary").click();
      await axe(page, "settings");
      await picture(page, `settings-${colorScheme}`);
    });

    for (const { api, type, values } of types) {
      test(`axe: ${type} (${colorScheme})`, async ({ page, demo }) => {
        await demo.open(type, api.api);
        await axe(page, "empty");
        await demo.set("name", "");
        await demo.submit();
        await expect(demo.status).toHaveAttribute("data-state", "invalid");
        await axe(page, "with faults");
        await picture(page, `faults-${type}-${colorScheme}`);
        await demo.fill(values);
        await axe(page, "filled");
        await picture(page, `filled-${type}-${colorScheme}`);
      });
    }

    test(`axe: busy, refused, lost, saved, listed (${colorScheme})`, async ({ page, demo, watch }) => {
      watch.allow(/status of 400|ERR_FAILED/);
      const { values } = typeOf("customerio");
      let answer = () => {};
      await page.route("**/team/*/connections", (route) => (route.request().method() === "POST" ? answer(route) : route.fallback()));
      await demo.open("customerio");
      await demo.fill({ ...values, name: `Listed ${colorScheme}` });
      await demo.submit();
      await axe(page, "busy");
      await picture(page, `busy-${colorScheme}`);
      await demo.root.getByRole("button", { name: "Cancel" }).click();
      await axe(page, "cancelled");
      answer = (route) => route.fulfill({ status: 400, json: { message: "The key was refused by the other side." } });
      await demo.submit();
      await expect(demo.status).toHaveAttribute("data-state", "refused");
      await axe(page, "refused");
      await picture(page, `refused-${colorScheme}`);
      answer = (route) => route.abort();
      await demo.submit();
      await expect(demo.status).toHaveAttribute("data-state", "lost");
      await axe(page, "lost");
      await picture(page, `lost-${colorScheme}`);
      answer = (route) => route.fallback();
      await demo.submit();
      await expect(demo.status).toHaveAttribute("data-state", "done");
      await axe(page, "saved");
      const row = page.locator("#saved-list li").filter({ hasText: `Listed ${colorScheme}` }).first();
      await row.getByRole("button", { name: /^Delete/ }).click();
      await axe(page, "asking before a delete");
      await picture(page, `saved-${colorScheme}`);
      await row.getByRole("button", { name: /^Keep/ }).click();
      await row.getByRole("button", { name: /^Open/ }).click();
      await expect(page.locator("#copied-from")).toBeVisible();
      await axe(page, "a copy");
      await picture(page, `copy-${colorScheme}`);
    });
  });
}

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
  await tabTo(page.getByRole("button", { name: "Open a copy of By keyboard" }));
  await keyboard.press("Space");
  await expect(page.locator("#copied-from")).toBeVisible();
  await tabTo(page.getByRole("button", { name: "Delete By keyboard" }));
  await keyboard.press("Space");
  await keyboard.press("Shift+Tab");
  await keyboard.press("Enter");
  await expect(page.locator("#saved-status")).toContainText("is deleted");
});

test("at 320 px nothing is wider than the window", async ({ page, demo }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const fits = async (what) => {
    const [wide, window] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
    expect(wide, what).toBeLessThanOrEqual(window);
  };
  await demo.open(null);
  await fits("types");
  await picture(page, "narrow-types");
  for (const { api, type, values } of types) {
    await demo.open(type, api.api);
    await demo.submit();
    await fits(`${type} with faults`);
    await demo.fill(values);
    await fits(`${type} filled`);
    if (type === "postgres") await picture(page, "narrow-postgres");
  }
  await page.locator("#settings summary").click();
  await fits("settings");
});
