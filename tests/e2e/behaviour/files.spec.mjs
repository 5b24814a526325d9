// Files go in a request of their own, after what they belong to is saved.
import { axe } from "../axe.mjs";
import { test, vat } from "../cellar.mjs";
import { expect } from "../fixtures.mjs";

const FILES = "POST /vats/new/files";
const again = (form) => form.status.getByRole("button", { name: "Send the files again" });

/** Saves a new vat with a certificate. */
async function save(form) {
  await form.fill({ name: "New", host: "h.example.com", ca: { file: "ca.pem", text: "canary-pem" } });
  await form.submit();
}

test("saved, then its files", async ({ opened, cellar }) => {
  const form = await opened();
  await save(form);
  await expect(form.status).toContainText("was saved.");
  expect(cellar.calls.filter(({ what }) => what.startsWith("POST")).map(({ what }) => what)).toEqual(["POST /vats", FILES]);
  expect(cellar.sent("POST /vats")[0].body).not.toHaveProperty("ca");
  expect(cellar.sent(FILES)[0].body).toMatch(/name="ca"; filename="ca.pem"[\s\S]*canary-pem/);
  expect(await form.told()).toEqual(["success saved_files"]);
});

test("on their way it says so, and Cancel gives up", async ({ page, opened, cellar, watch }) => {
  watch.allow(/ERR_/);
  cellar.instead = (what) => what === FILES && "never";
  const form = await opened();
  await save(form);
  await expect(form.status).toContainText("“New” was saved. Its files are on their way.");
  await expect(form.primary).toHaveText("Sending…");
  await axe(page, "files on their way", "files-sending");
  await form.root.getByRole("button", { name: "Cancel", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(form.status).toContainText("was saved, but its files were not");
  await expect(form.primary).toBeFocused();
  await axe(page, "files that were not sent", "files-failed");
  expect(await form.told()).toEqual(["success saved_files", "refusal files_failed"]);
});

test("refused, and sent again without saving again", async ({ page, opened, cellar, watch }) => {
  watch.allow(/status of 400|ERR_/);
  cellar.instead = (what) => what === FILES && { status: 400, json: { problem: "No such certificate." } };
  const form = await opened();
  await save(form);
  await expect(form.status).toContainText("No such certificate.");
  cellar.instead = (what) => what === FILES && "never";
  await again(form).focus();
  await page.keyboard.press("Enter");
  await expect(form.root.getByRole("button", { name: "Cancel", exact: true })).toBeFocused();
  // The form is busy before its request leaves.
  await expect.poll(() => cellar.sent(FILES).length).toBe(2);
  await page.keyboard.press("Enter");
  await expect(again(form)).toBeVisible();
  cellar.instead = undefined;
  await again(form).click();
  await expect(form.status).toHaveText(/“New” was saved\.$/);
  await expect(form.primary).toBeFocused();
  expect(cellar.sent("POST /vats")).toHaveLength(1);
  expect(cellar.sent(FILES)).toHaveLength(3);
  expect(await form.told()).toEqual(["success saved_files", "refusal files_failed", "refusal files_failed"]);
});

test("one that is too large is refused before anything of it is read", async ({ page, opened, cellar }) => {
  await page.addInitScript(() => {
    window.reads = 0;
    for (const name of ["readAsDataURL", "readAsText", "readAsArrayBuffer"]) {
      const read = FileReader.prototype[name];
      FileReader.prototype[name] = function (...all) { window.reads += 1; return read.apply(this, all); };
    }
  });
  const form = await opened();
  await form.fill({ name: "New", host: "h.example.com", ca: { file: "ca.pem", text: "x".repeat(65) } });
  await form.control("ca").blur();
  await form.submit();
  await expect(form.field("ca")).toContainText("Choose a file of at most 64 B; this one has 65 B.");
  expect(await page.evaluate(() => window.reads)).toBe(0);
  expect(cellar.calls.filter(({ what }) => what.startsWith("POST"))).toEqual([]);
});

test("a test with a file is one request", async ({ opened, cellar }) => {
  const form = await opened({ operation: "update", record: vat() });
  await form.set("ca", { file: "ca.pem", text: "canary-pem" });
  await form.try.click();
  await expect(form.tested).toContainText("The connection works.");
  expect(cellar.sent("POST /test")).toHaveLength(1);
});

test("in the demo: a certificate that is too large is not sent", async ({ page, demo }) => {
  const posts = [];
  page.on("request", (request) => { if (request.method() === "POST") posts.push(request.url()); });
  await demo.open("postgres");
  await demo.fill({ name: "Large", mode: "form", host: "db.example.com", dbName: "sales", username: "reader", ssl: true, sslMode: "verify-ca" });
  await demo.set("sslCa", { file: "ca.pem", text: "x".repeat(8193) });
  await demo.submit();
  await expect(demo.field("sslCa")).toContainText("Choose a file of at most 8.2 kB; this one has 8.2 kB.");
  expect(posts).toEqual([]);
});
