// A connection that may not be edited can be looked at, and tested.
import { axe } from "../axe.mjs";
import { test, vat } from "../cellar.mjs";
import { expect } from "../fixtures.mjs";

const sealed = vat({ sealed: true, options: { mode: "slow" }, notes: "of 1998" });

test("nothing can be edited, removed or saved, and a test still can be made", async ({ page, opened, cellar }) => {
  const form = await opened({ operation: "update", record: sealed, readOnly: true, dryRun: true });
  await expect(form.control("name")).toHaveValue("Vat 1");
  await expect(form.root.getByRole("button")).toHaveText(["Test connection"]);
  await expect(form.field("password")).toContainText("Stored, not shown");
  await expect(form.field("token")).toContainText("None stored");
  await expect(form.field("ca")).toContainText("Stored, not shown");
  await expect(form.root.getByText("are required")).toBeHidden();
  await axe(page, "a form only to be read", "read-only");
  // Text can still be reached and copied by keyboard, and Enter saves nothing.
  await form.control("name").focus();
  await page.keyboard.type("X");
  await page.keyboard.press("Enter");
  await form.root.evaluate((form) => { form.submit(); });
  await page.keyboard.press("Tab");
  await expect(form.control("host")).toBeFocused();
  await expect(form.control("name")).toHaveValue("Vat 1");
  await form.try.click();
  await expect(form.tested).toContainText("The connection works.");
  expect(cellar.calls.filter(({ what }) => !what.startsWith("GET")).map(({ what }) => what)).toEqual(["POST /test"]);
  await form.root.evaluate((form) => { form.removeAttribute("read-only"); });
  await expect(form.primary).toBeVisible();
  await expect(form.field("password").getByRole("button", { name: "Replace" })).toBeVisible();
});

test("the list offers to view what may not be edited", async ({ page, opened, cellar }) => {
  cellar.vats.set("v1", sealed).set("v2", vat({ id: "v2", name: "Vat 2" }));
  const form = await opened({ type: null });
  const row = (name) => page.locator("jackfield-list .jf-entry").filter({ has: page.getByText(name, { exact: true }) });
  await expect(row("Vat 1").getByRole("button")).toHaveText(["View", "Clone", "Test"]);
  await expect(row("Vat 2").getByRole("button")).toHaveText(["Edit", "Clone", "Test"]);
  await page.evaluate(() => document.addEventListener("jackfield-open", ({ operation, readOnly }) => window.told.push(`${operation} ${readOnly}`)));
  await row("Vat 1").getByRole("button", { name: "View Vat 1" }).click();
  await expect(form.control("name")).toHaveValue("Vat 1");
  await expect(form.primary).toBeHidden();
  await expect(form.control("name")).toHaveAttribute("readonly", "");
  await row("Vat 2").getByRole("button", { name: "Edit Vat 2" }).click();
  await expect(form.primary).toBeVisible();
  await row("Vat 1").getByRole("button", { name: "Clone Vat 1" }).click();
  await expect(form.primary).toHaveText("Save connection");
  expect(await form.told()).toEqual(["update true", "update false", "create false"]);
});
