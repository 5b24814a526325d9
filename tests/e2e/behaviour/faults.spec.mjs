// The way from a mistake to its correction: what is marked, said, focused and linked.
import { expect, sent, test, typeOf } from "../fixtures.mjs";

/** Every control that is marked wrong has a visible sentence that describes it. */
async function described(form) {
  return form.root.locator("[aria-invalid=true]").evaluateAll((controls) =>
    controls.map((control) => {
      const ids = (control.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean);
      const faults = ids.map((id) => document.getElementById(id)).filter((element) => element?.matches(".jf-fault") && element.checkVisibility());
      return faults.map((element) => element.textContent.trim()).join(" ");
    }));
}

/** Collects what the live regions say from now on. */
async function announcements(page) {
  await page.evaluate(() => {
    window.announced = [];
    for (const region of document.querySelectorAll("jackfield-form [aria-live], jackfield-form [role=status], jackfield-form [role=alert]")) {
      new MutationObserver(() => { if (region.textContent.trim()) window.announced.push(region.textContent.trim()); }).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
  return () => page.evaluate(() => window.announced);
}

test("an empty submit names every fault once and goes to the first", async ({ page, form }) => {
  const bodies = sent(page, "POST", "/connections");
  await form.open("jira");
  const announced = await announcements(page);
  await form.fill({ name: "", host: "https://jira.mycorp.com" });
  await form.submit();

  const faulted = ["name", "host", "authentication.email", "authentication.apiToken"];
  await expect(form.root.locator("[aria-invalid=true]")).toHaveCount(faulted.length);
  const sentences = await described(form);
  expect(sentences).toHaveLength(faulted.length);
  for (const sentence of sentences) expect(sentence).not.toBe("");
  await expect(form.control("name")).toBeFocused();
  await expect.poll(announced).toEqual([expect.stringMatching(/\b4\b/)]);

  const links = form.summary.getByRole("link");
  await expect(links).toHaveCount(faulted.length);
  await links.nth(2).click();
  await expect(form.control("authentication.email")).toBeFocused();
  expect(bodies).toEqual([]);

  // The summary follows the corrections.
  await form.set("authentication.email", "jo@example.test");
  await expect(links).toHaveCount(3);
  await form.fill({ ...typeOf("jira").values, name: "Tickets again" });
  await expect(form.root.locator("[aria-invalid=true]")).toHaveCount(0);
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
});

test("a fault waits until its field was left", async ({ form }) => {
  await form.open("stripe");
  await form.control("authentication.user").pressSequentially("pk");
  await expect(form.root.locator("[aria-invalid=true]")).toHaveCount(0);
  await form.control("authentication.user").blur();
  await expect(form.field("authentication.user").locator(".jf-fault")).toContainText("sk_");
  await form.control("authentication.user").fill("sk_test_1");
  await expect(form.root.locator("[aria-invalid=true]")).toHaveCount(0);
});

test("an advanced section opens for a fault inside", async ({ page, form }) => {
  await form.open("postgres");
  await form.fill({ name: "Tunnelled", mode: "form", host: "db.example.com", useSsh: true, sshHost: "ssh.example.com", sshUsername: "me", sshPassword: "canary" });
  await form.set("sshHost", "");
  const section = form.root.locator("details").filter({ has: page.locator('[data-field="sshHost"]') });
  await section.locator("summary").first().click();
  await expect(form.field("sshHost")).toBeHidden();
  await form.submit();
  await expect(form.control("sshHost")).toBeVisible();
  await expect(form.control("sshHost")).toBeFocused();
  await expect(form.control("sshHost")).toHaveAttribute("aria-invalid", "true");
});

test("a secret of several lines keeps them", async ({ page, form }) => {
  const { values } = typeOf("firestore");
  const bodies = sent(page, "POST", "/connections");
  await form.open("firestore");
  await form.fill(values);
  const control = form.control("firebaseServiceAccount");
  expect(await control.inputValue()).toBe(values.firebaseServiceAccount);
  expect(values.firebaseServiceAccount).toContain("\\n");
  expect(values.firebaseServiceAccount).toContain("\n");
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  expect(bodies[0].firebaseServiceAccount).toBe(values.firebaseServiceAccount);
  expect(JSON.parse(bodies[0].firebaseServiceAccount).private_key.split("\n")).toHaveLength(5);
});

test("a service account is read from its file", async ({ page, form }) => {
  const text = typeOf("firestore").values.firebaseServiceAccount;
  await form.open("firestore");
  const chooser = page.waitForEvent("filechooser");
  await form.field("firebaseServiceAccount").getByRole("button", { name: /load from file/i }).click();
  await (await chooser).setFiles({ name: "key.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await expect(form.control("firebaseServiceAccount")).toHaveValue(text);
});

test("text that is not JSON is said on its field", async ({ form }) => {
  await form.open("firestore");
  await form.set("firebaseServiceAccount", "{ not json");
  await form.control("firebaseServiceAccount").blur();
  await expect(form.field("firebaseServiceAccount").locator(".jf-fault")).toContainText("JSON");
});

test("rows: add, order, remove, and a fault in a cell", async ({ page, form }) => {
  const bodies = sent(page, "POST", "/connections");
  await form.open("strapi");
  await form.fill({ name: "Rows", host: "https://strapi.example.com/api", options: [{ key: "A", value: "1" }, { key: "B", value: "2" }, { key: "C", value: "3" }] });
  const field = form.field("options");
  await field.getByRole("button", { name: /^Remove .*2$/ }).click();
  await expect(field.getByRole("group")).toHaveCount(2);
  await field.getByRole("button", { name: /^Move .*2 up$/ }).click();
  await field.getByRole("group").nth(0).locator("input").nth(1).fill("");
  await form.submit();
  await expect(form.root.locator("[aria-invalid=true]")).toHaveCount(1);
  await expect(field.getByRole("group").nth(0).locator("input").nth(1)).toBeFocused();
  await page.keyboard.type("33");
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  expect(bodies[0].options).toEqual([{ C: "33" }, { A: "1" }]);
});
