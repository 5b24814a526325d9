// What the world can do to a request, and what the form says then. Nothing typed is ever lost.
import { expect, sent, test, typeOf } from "../fixtures.mjs";

const connections = "**/team/*/connections";
const { values } = typeOf("rdsPostgres");

/** Answers creates in the server's place; everything else goes through. */
async function answerCreate(page, answer) {
  await page.route(connections, (route) => (route.request().method() === "POST" ? answer(route) : route.fallback()));
}

const refuse = (status, body, contentType = "application/json") => (route) =>
  route.fulfill({ status, contentType, body: typeof body === "string" ? body : JSON.stringify(body) });

async function keepsEverything(form) {
  for (const id of ["name", "host", "dbName", "username", "password"]) await expect(form.control(id)).toHaveValue(values[id]);
}

test("a refusal for a field is shown on that field", async ({ page, form, watch }) => {
  watch.allow(/status of 400/);
  await answerCreate(page, refuse(400, { name: "SequelizeValidationError", errors: [{ path: "host", message: "This host is on the deny list." }] }));
  await form.open("rdsPostgres");
  await form.fill(values);
  await form.submit();
  await expect(form.field("host").locator(".jf-fault")).toHaveText("This host is on the deny list.");
  await expect(form.control("host")).toHaveAttribute("aria-invalid", "true");
  await expect(form.control("host")).toBeFocused();
  await expect(form.root.locator("[aria-invalid=true]")).toHaveCount(1);
  await keepsEverything(form);
  // Mending the field takes the server's word away.
  await form.control("host").fill("other.example.com");
  await expect(form.root.locator("[aria-invalid=true]")).toHaveCount(0);
});

test("a refusal by the sandbox itself is said in words", async ({ page, demo, watch }) => {
  watch.allow(/status of 400/);
  await demo.open("stripeOfficial");
  await demo.fill({ name: "Refused", "authentication.token": "sk_bad_canary" });
  await demo.submit();
  await expect(demo.status).toHaveAttribute("data-state", "refused");
  await expect(page.locator("#reply-body [data-state=refused]")).toBeVisible();
  await expect(page.locator("body")).not.toContainText("sk_bad_canary");
  await expect(demo.control("authentication.token")).toHaveValue("sk_bad_canary");
  expect(await demo.stored("Refused")).toEqual([]);
});

test("a lost create may have been saved: the form says so, keeps what was typed and offers the list", async ({ page, form, watch }) => {
  watch.allow(/ERR_FAILED/);
  await answerCreate(page, (route) => route.abort());
  await form.open("rdsPostgres");
  await form.fill(values);
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "lost");
  await expect(form.status).toContainText(/may have been saved/i);
  await keepsEverything(form);
  await form.root.getByRole("button", { name: /show saved connections/i }).click();
  await expect(form.root.locator(".jf-listed li, .jf-listed p").first()).toBeVisible();
  await page.unroute(connections);
  await expect(form.primary).toHaveText("Submit again");
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
});

test("a server that went away is told from a slow one", async ({ page, demo, watch }) => {
  watch.allow(/ERR_|Failed to load/);
  await demo.open("customerio");
  await demo.fill(typeOf("customerio").values);
  await page.locator("#settings summary").click();
  await page.getByLabel("Server address").fill("http://127.0.0.1:9");
  await demo.submit();
  await expect(demo.status).toHaveAttribute("data-state", "lost");
  await expect(demo.control("password")).toHaveValue(typeOf("customerio").values.password);
});

test("a slow create can be cancelled", async ({ page, form, watch }) => {
  watch.allow(/ERR_/);
  await answerCreate(page, () => {});
  await form.open("rdsPostgres");
  await form.fill(values);
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "busy");
  await form.root.getByRole("button", { name: "Cancel" }).click();
  await expect(form.status).toHaveAttribute("data-state", "lost");
  await expect(form.status).toContainText(/cancel/i);
  await expect(form.root.getByRole("button", { name: "Cancel" })).toBeHidden();
  await keepsEverything(form);
});

test("no answer within the time limit", async ({ page, form, watch }) => {
  watch.allow(/ERR_/);
  await answerCreate(page, () => {});
  await form.open("rdsPostgres");
  await form.root.evaluate((element) => { element.timeout = 0.3; });
  await form.fill(values);
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "lost");
  await expect(form.status).toContainText(/no answer|too long|in time/i);
  await keepsEverything(form);
});

test("a second submit while one is on its way does nothing", async ({ page, form }) => {
  const bodies = sent(page, "POST", "/connections");
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await answerCreate(page, async (route) => { await held; await route.fallback(); });
  await form.open("customerio");
  await form.fill({ ...typeOf("customerio").values, name: "Only once" });
  await form.submit();
  await expect(form.primary).toHaveAttribute("aria-disabled", "true");
  await form.primary.click({ force: true });
  await form.control("name").press("Enter");
  await form.root.evaluate((element) => element.submit());
  release();
  await expect(form.status).toHaveAttribute("data-state", "done");
  expect(bodies).toHaveLength(1);
  expect(await form.stored("Only once")).toHaveLength(1);
});

test("after a 401 the token is asked for once more and a create is not sent again", async ({ page, form, watch }) => {
  watch.allow(/status of 401/);
  const bodies = sent(page, "POST", "/connections");
  await answerCreate(page, refuse(401, "Unauthorized access.", "text/plain"));
  await form.open("customerio");
  await form.root.evaluate((element) => {
    window.asked = [];
    const first = element.token;
    element.token = (why) => { window.asked.push(why.refused); return first(why); };
  });
  await form.fill(typeOf("customerio").values);
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "refused");
  expect(await page.evaluate(() => window.asked)).toEqual([false, true]);
  expect(bodies).toHaveLength(1);
});

test("a read is sent again with the new token", async ({ page, demo, watch }) => {
  watch.allow(/status of 401/);
  let refusals = 0;
  await page.route(connections, (route) => (refusals++ === 0 ? refuse(401, "Unauthorized access.", "text/plain")(route) : route.fallback()));
  await demo.open(null);
  await expect.poll(() => refusals).toBe(2);
  await expect(page.locator("jackfield-list")).not.toContainText(/token|sign in/i);
});

test("a server's message shows a typed secret as dots", async ({ page, demo, watch }) => {
  watch.allow(/status of 400/);
  await answerCreate(page, refuse(400, { message: `Login failed for ${values.username} with ${values.password} on the server` }));
  await demo.open("rdsPostgres");
  await demo.fill(values);
  await demo.submit();
  await expect(demo.status).toContainText(`Login failed for ${values.username} with ••• on the server`);
  await expect(page.locator("#reply-body")).toContainText("with •••");
  await expect(page.locator("body")).not.toContainText(values.password);
});

test("HTML in a server's message is text", async ({ page, demo, watch }) => {
  watch.allow(/status of 400/);
  const message = "<img src=x onerror=alert(1)><b>bold</b>";
  await answerCreate(page, refuse(400, { message }));
  await demo.open("rdsPostgres");
  await demo.fill(values);
  await demo.submit();
  await expect(demo.status).toContainText(message);
  await expect(page.locator("#reply-body")).toContainText(message);
  await expect(page.locator("jackfield-form b, #reply-body b, img[src=x]")).toHaveCount(0);
});

test("an HTML page instead of an answer is not shown", async ({ page, demo, watch }) => {
  watch.allow(/status of 502/);
  await answerCreate(page, refuse(502, "<html><body><h1>Bad gateway</h1></body></html>", "text/html"));
  await demo.open("rdsPostgres");
  await demo.fill(values);
  await demo.submit();
  await expect(demo.status).toContainText("The server has a problem (502).");
  await expect(page.locator("body")).not.toContainText("Bad gateway");
});

test("a body that the server would not take is refused before anything is sent", async ({ page, form }) => {
  const bodies = sent(page, "POST", "/connections");
  const account = typeOf("firestore").values;
  await form.open("firestore");
  await form.set("name", account.name);
  await form.set("firebaseServiceAccount", JSON.stringify({ type: "service_account", padding: "x".repeat(101_000) }));
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "invalid");
  await expect(form.root).toContainText(/too (large|big|long)/i);
  expect(bodies).toEqual([]);
});

test("a second press after a save creates nothing, until something is edited", async ({ form }) => {
  await form.open("googleAnalytics");
  // Other tests save some of that name in the same sandbox.
  const before = (await form.stored("Google Analytics")).length;
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  await expect(form.root.getByRole("link", { name: /google/i })).toBeVisible();
  await form.submit();
  await form.fill({ name: "Second press" });
  await form.submit();
  await expect.poll(async () => (await form.stored("Second press")).length).toBe(1);
  expect(await form.stored("Google Analytics")).toHaveLength(before + 1);
});
