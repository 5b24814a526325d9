// A test of the connection as it stands: a button of its own, beside the form that stays open for editing.
import { createServer } from "node:net";
import { axe } from "../axe.mjs";
import { expect, sent, test } from "../fixtures.mjs";

const TEST = "**/connection/test*";
const values = { name: "Shop", hostname: "127.0.0.1", databaseName: "sales", username: "reader", password: "canary-pa55" };

/** Something that listens, as a database would. */
async function listening(use) {
  const server = createServer((socket) => socket.end());
  await new Promise((ready) => { server.listen(0, "127.0.0.1", ready); });
  try {
    await use(server.address().port);
  } finally {
    await new Promise((closed) => { server.close(closed); });
  }
}

test("it works, it is stale after an edit, and it fails in the server's words", async ({ page, demo }) => {
  const bodies = sent(page, "PUT", "/connection/test");
  await demo.open("POSTGRESQL", "datafor");
  await listening(async (port) => {
    await demo.fill({ ...values, databasePort: String(port) });
    await demo.try.click();
    await expect(demo.tested).toHaveAttribute("data-state", "done");
    await expect(demo.tested).toContainText("The connection works.");
    await expect(demo.try).toBeFocused();
    // Nothing was saved, and everything is still there.
    await expect(demo.status).toBeHidden();
    await expect(demo.control("password")).toHaveValue(values.password);
    await demo.set("databaseName", "sales2");
    await expect(demo.tested).toHaveAttribute("data-state", "stale");
    await expect(demo.tested).toContainText("Before your last change: The connection works.");
  });
  await demo.try.click();
  await expect(demo.tested).toHaveAttribute("data-state", "refused");
  await expect(demo.tested).toContainText("The connection does not work.");
  await expect(demo.tested).toContainText("refused the connection");
  await axe(page, "a test that failed", "datafor-test");
  expect(bodies.map((body) => [body.databaseName, body.password, body.id])).toEqual([["sales", values.password, null], ["sales2", values.password, null]]);
  expect(await page.locator("#saved").textContent()).not.toContain("Shop");
});

test("a slow one is cancelled, and a save does not wait for it", async ({ page, form, watch }) => {
  watch.allow(/ERR_/);
  await page.route(TEST, () => {});
  await form.open("POSTGRESQL", "datafor");
  await form.fill({ ...values, name: "Slow" });
  await form.try.click();
  await expect(form.tested).toHaveText(/^Testing…/);
  // The form stays open for editing meanwhile.
  await form.set("databaseName", "other");
  await form.root.getByRole("button", { name: "Cancel: Test connection" }).focus();
  await page.keyboard.press("Enter");
  await expect(form.tested).toContainText("Cancelled. Nothing you typed is lost.");
  await expect(form.try).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(form.tested).toHaveText(/^Testing…/);
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  // What was tested is saved now, and nothing is waited for any more.
  await expect(form.tested).toBeHidden();
  await page.unroute(TEST);
  await form.fill({ ...values, name: "Slow 2" });
  await form.try.click();
  await expect(form.tested).toHaveAttribute("data-state", "refused");
});

test("what is missing is named first, and Enter saves as ever", async ({ page, form }) => {
  const tests = sent(page, "PUT", "/connection/test");
  await form.open("POSTGRESQL", "datafor");
  await form.try.click();
  await expect(form.tested).toHaveText(/things to correct/);
  await expect(form.control("name")).toBeFocused();
  await expect(form.field("hostname")).toContainText("Fill in this field.");
  await expect(form.status).toBeHidden();
  await form.control("name").press("Enter");
  await expect(form.status).toHaveAttribute("data-state", "invalid");
  expect(tests).toEqual([]);
});

test("the page hears of it, without a secret, and can ask for it", async ({ page, form }) => {
  await page.route(TEST, (route) => route.fulfill({ json: { success: false, code: "500", msg: `no to ${values.password}` } }));
  await form.open("POSTGRESQL", "datafor");
  await form.fill(values);
  const heard = await form.root.evaluate((form) => new Promise((resolve) => {
    form.addEventListener("jackfield-test", ({ status }) => resolve(JSON.stringify(status)));
    form.test();
  }));
  expect(JSON.parse(heard)).toMatchObject({ state: "refused", code: "test_failed", message: "no to •••" });
  await expect(form.tested).toContainText("no to •••");
});

test("where an API has no test there is no button", async ({ form }) => {
  await form.open("kafka", "apinizer");
  await expect(form.primary).toBeVisible();
  await expect(form.try).toHaveCount(0);
});
