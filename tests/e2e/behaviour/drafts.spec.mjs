// Drafts, copies without secrets, and the request as a command for a shell.
import { axe } from "../axe.mjs";
import { test, vat } from "../cellar.mjs";
import { expect } from "../fixtures.mjs";

test("a draft is taken, kept as JSON and given back, without secrets and files", async ({ opened }) => {
  const form = await opened();
  await form.fill({ name: "Half", user: "reader", password: "canary", ca: { file: "ca.pem", text: "canary" } });
  expect(await form.root.evaluate(({ dirty }) => dirty)).toBe(true);
  const draft = await form.root.evaluate((form) => JSON.stringify(form.draft));
  expect(JSON.parse(draft)).toEqual({ version: "1", api: "cellar", type: "oak", values: { name: "Half", user: "reader" } });
  await form.root.evaluate((form) => { form.reset(); });
  await expect(form.control("name")).toHaveValue("");
  // The draft says which type it is of.
  await form.root.evaluate((form, draft) => { Object.assign(form, { type: null, draft: JSON.parse(draft) }); }, draft);
  await expect(form.control("name")).toHaveValue("Half");
  await expect(form.control("user")).toHaveValue("reader");
  await expect(form.control("password")).toHaveValue("");
});

test("a draft of another type is refused", async ({ opened }) => {
  const form = await opened();
  await form.root.evaluate((form) => { form.draft = { version: "1", api: "cellar", type: "steel", values: {} }; });
  await expect(form.root.getByRole("alert")).toContainText("draft");
  expect(await form.root.evaluate((form) => form.draft)).toBe(null);
});

test("reset goes back to what was loaded", async ({ opened }) => {
  const form = await opened({ operation: "update", record: vat() });
  await form.set("user", "other");
  await form.field("password").getByRole("button", { name: "Remove" }).click();
  await form.root.evaluate((form) => { form.reset(); });
  await expect(form.control("user")).toHaveValue("reader");
  await expect(form.field("password")).toContainText("Stored, not shown");
  expect(await form.root.evaluate(({ dirty }) => dirty)).toBe(false);
});

test("a copy leaves the secrets behind", async ({ opened, cellar }) => {
  const form = await opened({ operation: "create", record: vat({ password: "canary", token: "canary" }) });
  await expect(form.control("user")).toHaveValue("reader");
  await expect(form.control("password")).toHaveValue("");
  await expect(form.field("password").getByText(/stored/i).filter({ visible: true })).toHaveCount(0);
  await form.set("name", "Copy");
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  const [{ body }] = cellar.sent("POST /vats");
  expect(body).toMatchObject({ name: "Copy", host: "old.example.com" });
  expect(JSON.stringify(body)).not.toMatch(/canary|"id"/);
});

test.describe("as cURL", () => {
  test("copied with hidden secrets, and all of it for who asks", async ({ page, context, opened }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const form = await opened({ dryRun: true });
    const copy = form.root.getByRole("button", { name: "Copy as cURL" });
    await expect(copy).toBeVisible();
    await form.fill({ name: "New", host: "h.example.com", password: "canary'$x" });
    await copy.click();
    await expect(form.root.getByRole("status").filter({ hasText: "Copied." })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^curl -X POST/);
    expect(copied).toContain("•••");
    expect(copied).not.toContain("canary");
    await axe(page, "copied", "dry-run");
    expect(await form.root.evaluate((form) => [form.preview(), form.preview({ reveal: true }), form.form.preview(true)].map(({ plan }) => plan.body.password)))
      .toEqual(["•••", "canary'$x", "canary'$x"]);
  });

  test("shown where the page may not write to the clipboard", async ({ page, opened }) => {
    await page.addInitScript(() => { navigator.clipboard.writeText = () => Promise.reject(new Error("no")); });
    const form = await opened({ dryRun: true, values: { name: "New", host: "h.example.com", password: "canary" } });
    await form.root.getByRole("button", { name: "Copy as cURL" }).press("Enter");
    const area = form.root.getByRole("textbox", { name: "Copy as cURL" });
    await expect(area).toBeFocused();
    await expect(area).toHaveValue(/^curl -X POST[\s\S]*•••/);
    await expect(area).toHaveAttribute("readonly", "");
    await axe(page, "a command to copy by hand", "dry-run-by-hand");
  });

  test("no button unless the page asks for it", async ({ opened }) => {
    const form = await opened();
    await expect(form.primary).toBeVisible();
    await expect(form.root.getByRole("button", { name: "Copy as cURL" })).toHaveCount(0);
  });
});
