// A stored secret is a state: kept, replaced or removed, each with its way back, and never text.
import { axe } from "../axe.mjs";
import { test, vat } from "../cellar.mjs";
import { expect } from "../fixtures.mjs";

const press = (form, field, name) => form.field(field).getByRole("button", { name }).click();

test("what is stored is said and not shown, and what is not is said too", async ({ page, opened }) => {
  const form = await opened({ operation: "update", record: vat() });
  await expect(form.field("password")).toContainText("Stored, not shown");
  await expect(form.control("token")).toHaveAttribute("placeholder", "None stored");
  await expect(form.field("seal")).toContainText("Stored, not shown");
  // The server keeps the seal, whatever is sent, so it cannot be removed.
  for (const name of ["Replace Password", "Remove Password"]) await expect(form.field("password").getByRole("button", { name, exact: true })).toBeVisible();
  await expect(form.field("seal").getByRole("button")).toHaveAccessibleName("Replace Seal");
  await axe(page, "stored secrets", "secrets-stored");
});

test("a new form says nothing of what is stored", async ({ opened }) => {
  const form = await opened();
  await expect(form.root.getByText(/stored/i).filter({ visible: true })).toHaveCount(0);
  await expect(form.root.locator("[placeholder='None stored']")).toHaveCount(0);
});

test("replaced and removed, each with its way back", async ({ page, opened }) => {
  const form = await opened({ operation: "update", record: vat() });
  const field = form.field("password");
  await press(form, "password", "Replace");
  await expect(form.control("password")).toBeFocused();
  await form.control("password").pressSequentially("canary");
  await field.getByRole("button", { name: "Show" }).click();
  await expect(form.control("password")).toHaveAttribute("type", "text");
  await press(form, "password", "Keep the stored one");
  await expect(field).toContainText("Stored, not shown");
  await expect(field.getByRole("button", { name: "Replace" })).toBeFocused();
  await press(form, "password", "Remove");
  await expect(field).toContainText("Will be removed");
  await expect(field.getByRole("button", { name: "Keep" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(field).toContainText("Stored, not shown");
  expect(await form.root.evaluate(({ dirty }) => dirty)).toBe(false);
});

test("an edit leaves it alone, a new host asks for it, and one that is removed is not offered back", async ({ opened, cellar }) => {
  cellar.vats.set("v1", vat());
  const form = await opened({ operation: "update", record: vat() });
  await form.set("user", "writer");
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  expect(cellar.sent("PUT /vats/v1")[0].body).toEqual({ user: "writer" });

  await form.set("host", "new.example.com");
  await form.submit();
  await expect(form.control("password")).toHaveAccessibleDescription("The stored value is for another server than the one named now. Enter it again.");
  await form.set("host", "old.example.com");
  await press(form, "password", "Remove");
  cellar.vats.set("v1", vat({ user: "writer", hasPassword: false }));
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  await expect(form.field("password").getByRole("button", { name: "Keep" })).toHaveCount(0);
  await expect(form.control("password")).toHaveAttribute("placeholder", "None stored");
  expect(cellar.calls.map(({ body }) => JSON.stringify(body)).join()).not.toMatch(/•|stored/i);
});

test("a file is stored, replaced, removed, or none", async ({ page, opened, cellar }) => {
  cellar.vats.set("v1", vat());
  const form = await opened({ operation: "update", record: vat() });
  const field = form.field("ca");
  await expect(field).toContainText("Stored, not shown");
  await form.set("ca", { file: "ca.pem", text: "first" });
  await expect(field).toContainText("ca.pem, 5 B");
  await press(form, "ca", "Keep the stored one");
  await expect(field).toContainText("Stored, not shown");
  await expect(form.control("ca")).toBeFocused();
  await press(form, "ca", "Remove");
  await expect(field).toContainText("Will be removed");
  await press(form, "ca", "Keep");
  await expect(field).toContainText("Stored, not shown");
  await form.root.evaluate((form, record) => { form.record = record; }, vat({ hasCa: false }));
  await expect(field).toContainText("None stored");
  await expect(field.getByRole("button", { name: "Remove" })).toHaveCount(0);
});
