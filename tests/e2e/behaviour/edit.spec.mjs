// A saved connection in the demo: listed by type, read back, changed, renamed, copied, deleted.
import { expect } from "../fixtures.mjs";
import { mill, test } from "../workshop.mjs";

const row = (page, name) => page.locator("jackfield-list .jf-entry").filter({ hasText: name });
const written = (server, method) => server.calls.filter((call) => call.method === method);

test("an address that is made of the form shows once the form has it", async ({ page, demo }) => {
  await demo.open("syslog", "apinizer");
  const view = page.locator("#request-view");
  await expect(view).toContainText("Part of its address comes from the form.");
  await demo.set("name", "log");
  await expect(view.locator(".line")).toContainText("/projects/MyProject/connections/log/");
  await page.locator("#settings summary").click();
  await page.getByLabel("Project").fill("");
  await expect(view).toContainText("once the settings have this: Project.");
});

test("where an API lists by type, all types are asked for, and not again for each type that is chosen", async ({ page, demo, server }) => {
  server.tools.set("m1", mill(1, { name: "m1" })).set("l1", { kind: "lathe", name: "l1" });
  await demo.open(null, "workshop");
  await expect(row(page, "m1")).toContainText("Mill");
  await expect(row(page, "l1")).toContainText("Lathe");
  await demo.root.locator(".jf-types button").filter({ hasText: "Mill" }).click();
  await demo.root.getByRole("button", { name: "Change type" }).click();
  expect(server.calls.map(({ query }) => query)).toEqual(["?kind=lathe", "?kind=mill"]);
  // The type and the name are no settings that anyone types.
  await page.locator("#settings summary").click();
  await expect(page.locator("#settings-form input")).toHaveCount(2);
});

test("read back, changed, renamed, and open until something else is", async ({ page, demo, server }) => {
  const before = mill(2, { name: "m1" });
  server.tools.set("m1", before);
  await demo.open("mill", "workshop");
  await row(page, "m1").getByRole("button", { name: "Edit m1" }).click();
  await expect(page.locator("#form-title")).toHaveText("Edit “m1”");
  await expect(page.locator("#reply-body")).toContainText("“m1” was read.");
  await expect(demo.control("name")).toHaveValue("m1");
  await expect(demo.field("key")).toContainText("Stored, not shown");
  await expect(demo.root.locator("[aria-invalid=true]")).toHaveCount(0);
  await expect(page.locator("#request-view .line")).toContainText("PUT");

  await demo.set("name", "m2");
  await demo.submit();
  await expect(page.locator("#reply-body")).toContainText("Saved: “m2” (Mill).");
  await expect(page.locator("#form-title")).toHaveText("Edit “m2”");
  expect(written(server, "PUT")).toEqual([{ method: "PUT", name: "m1", query: "", body: { ...before, name: "m2" } }]);
  await expect(row(page, "m2")).toHaveCount(1);
  await expect(row(page, "m1")).toHaveCount(0);

  // The form still holds it, so what is changed next is changed there.
  await expect(demo.control("name")).toHaveValue("m2");
  await demo.set("speed", "77");
  await demo.submit();
  await expect.poll(() => written(server, "PUT").length).toBe(2);
  expect(written(server, "PUT")[1]).toEqual({ method: "PUT", name: "m2", query: "", body: { ...before, name: "m2", speed: 77 } });

  // What is deleted is no longer open.
  await row(page, "m2").getByRole("button", { name: "Delete m2", exact: true }).click();
  await row(page, "m2").getByRole("button", { name: /^Really delete/ }).click();
  await expect(page.locator("jackfield-list .jf-count")).toContainText("“m2” was deleted.");
  await expect(page.locator("#form-title")).toHaveText("New connection");
  await expect(demo.control("name")).toHaveValue("");
});

test("a copy is a new one", async ({ page, demo, server }) => {
  server.tools.set("m1", mill(1, { name: "m1" }));
  await demo.open("mill", "workshop");
  await row(page, "m1").getByRole("button", { name: "Clone m1" }).click();
  await expect(page.locator("#copied-from")).toContainText("A copy of “m1”");
  await expect(page.locator("#form-title")).toHaveText("New connection");
  await demo.set("name", "m2");
  // Who copies a connection need not know its secrets.
  await expect(demo.control("key")).toHaveValue("");
  await demo.set("key", "canary-other");
  await demo.submit();
  await expect(row(page, "m2")).toHaveCount(1);
  const { hosts, ...rest } = mill(1, { name: "m2", events: [], key: "canary-other" });
  expect(written(server, "POST")[0].body).toEqual({ ...rest, hosts: hosts.map((host) => ({ ...host, password: "" })) });
  await expect(page.locator("#copied-from")).toBeHidden();
});

test("saved, but not everywhere: a warning with the server's word", async ({ page, demo, server, openedInDemo }) => {
  await openedInDemo(mill(1));
  server.answer = { parts: [{ place: "production", success: false, message: "Worker did not answer" }] };
  await demo.set("speed", "12");
  await demo.submit();
  await expect(demo.status).toHaveAttribute("data-state", "done");
  await expect(demo.status).toHaveAttribute("data-partly", "");
  await expect(demo.status).toContainText("“mill-1” was saved, but");
  await expect(demo.status).toContainText("Worker did not answer");
  await expect(page.locator("#reply-body")).toContainText("Worker did not answer");
  server.answer = {};
  await demo.set("speed", "13");
  await demo.submit();
  await expect(demo.status).toContainText("was saved.");
  await expect(demo.status).not.toHaveAttribute("data-partly", "");
});

test("what an update does with a stored secret is the host's to say", async ({ form, server, opened }) => {
  for (const [secrets, expected] of [["echo", { key: "canary-key" }], ["omit", {}], ["null", { key: null }]]) {
    const { key: _, ...rest } = mill(1, { name: `with-${secrets}`, hosts: [{ host: "h.example.com", port: 1, scheme: "http" }] });
    await opened({ ...rest, key: "canary-key" }, { secrets });
    await form.set("speed", "12");
    await form.submit();
    await expect(form.status).toHaveAttribute("data-state", "done");
    expect(written(server, "PUT").at(-1).body).toEqual({ ...rest, speed: 12, ...expected });
  }
});

test("a secret that must be typed again asks for it", async ({ form, server, opened }) => {
  await opened(mill(1), { secrets: "reenter" });
  await expect(form.field("key")).toContainText("Stored, not shown");
  await form.set("speed", "12");
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "invalid");
  const key = form.control("key");
  await expect(key).toBeVisible();
  await expect(key).toHaveAccessibleDescription("The server did not show the stored value. Enter it again.");
  await key.fill("canary-again");
  await expect(form.field("key").locator(".jf-fault")).toHaveCount(0);
  await expect(form.field("key").getByRole("button", { name: "Keep" })).toBeHidden();
});

test("a policy that does not exist is said, not guessed", async ({ form, server }) => {
  await form.open("mill", "workshop");
  await form.root.evaluate((element) => { element.secrets = "keep"; });
  await expect(form.root.getByRole("alert")).toContainText("secrets");
  expect(await form.root.evaluate((element) => [element.getAttribute("secrets"), element.secrets])).toEqual(["keep", "keep"]);
});

test("hidden types are offered to who asks for them", async ({ form, server }) => {
  await form.open(null, "workshop");
  const offered = form.root.locator(".jf-types button");
  await expect(offered).toHaveText(["Lathe", "Mill"]);
  await form.root.evaluate((element) => { element.hiddenTypes = true; });
  await expect(offered).toHaveText(["Anvil", "Lathe", "Mill"]);
  await form.root.evaluate((element) => { element.removeAttribute("hidden-types"); });
  await expect(offered).toHaveText(["Lathe", "Mill"]);
});
