// The way from a mistake to its correction: what is marked, said, focused and linked.
import { expect, sent, test, typeOf } from "../fixtures.mjs";

/** Every control that is marked wrong has a visible sentence that describes it. */
async function described(demo) {
  return demo.root.locator("[aria-invalid=true]").evaluateAll((controls) =>
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

test("an empty submit names every fault once and goes to the first", async ({ page, demo }) => {
  const bodies = sent(page, "POST", "/connections");
  await demo.open("jira");
  const announced = await announcements(page);
  await demo.fill({ name: "", host: "https://jira.mycorp.com" });
  await demo.submit();

  const faulted = ["name", "host", "authentication.email", "authentication.apiToken"];
  await expect(demo.root.locator("[aria-invalid=true]")).toHaveCount(faulted.length);
  const sentences = await described(demo);
  expect(sentences).toHaveLength(faulted.length);
  for (const sentence of sentences) expect(sentence).not.toBe("");
  await expect(demo.control("name")).toBeFocused();
  await expect.poll(announced).toEqual([expect.stringMatching(/\b4\b/)]);

  const links = demo.summary.getByRole("link");
  await expect(links).toHaveCount(faulted.length);
  await links.nth(2).click();
  await expect(demo.control("authentication.email")).toBeFocused();
  expect(bodies).toEqual([]);

  // The summary follows the corrections.
  await demo.set("authentication.email", "jo@example.test");
  await expect(links).toHaveCount(3);
  await demo.fill({ ...typeOf("jira").values, name: "Tickets again" });
  await expect(demo.root.locator("[aria-invalid=true]")).toHaveCount(0);
  await demo.submit();
  await expect(demo.status).toHaveAttribute("data-state", "done");
});

test("a fault waits until its field was left", async ({ demo }) => {
  await demo.open("stripe");
  await demo.control("authentication.user").pressSequentially("pk");
  await expect(demo.root.locator("[aria-invalid=true]")).toHaveCount(0);
  await demo.control("authentication.user").blur();
  await expect(demo.field("authentication.user").locator(".jf-fault")).toContainText("sk_");
  await demo.control("authentication.user").fill("sk_test_1");
  await expect(demo.root.locator("[aria-invalid=true]")).toHaveCount(0);
});

test("an advanced section opens for a fault inside", async ({ page, demo }) => {
  await demo.open("postgres");
  await demo.fill({ name: "Tunnelled", mode: "form", host: "db.example.com", useSsh: true, sshHost: "ssh.example.com", sshUsername: "me", sshPassword: "canary" });
  await demo.set("sshHost", "");
  const section = demo.root.locator("details").filter({ has: page.locator('[data-field="sshHost"]') });
  await section.locator("summary").first().click();
  await expect(demo.field("sshHost")).toBeHidden();
  await demo.submit();
  await expect(demo.control("sshHost")).toBeVisible();
  await expect(demo.control("sshHost")).toBeFocused();
  await expect(demo.control("sshHost")).toHaveAttribute("aria-invalid", "true");
});

test("a secret of several lines keeps them", async ({ page, demo }) => {
  const { values } = typeOf("firestore");
  const bodies = sent(page, "POST", "/connections");
  await demo.open("firestore");
  await demo.fill(values);
  const control = demo.control("firebaseServiceAccount");
  expect(await control.inputValue()).toBe(values.firebaseServiceAccount);
  expect(values.firebaseServiceAccount).toContain("\\n");
  expect(values.firebaseServiceAccount).toContain("\n");
  await demo.submit();
  await expect(demo.status).toHaveAttribute("data-state", "done");
  expect(bodies[0].firebaseServiceAccount).toBe(values.firebaseServiceAccount);
  expect(JSON.parse(bodies[0].firebaseServiceAccount).private_key.split("\n")).toHaveLength(5);
});

test("a service account is read from its file", async ({ page, demo }) => {
  const text = typeOf("firestore").values.firebaseServiceAccount;
  await demo.open("firestore");
  const chooser = page.waitForEvent("filechooser");
  await demo.field("firebaseServiceAccount").getByRole("button", { name: /load from file/i }).click();
  await (await chooser).setFiles({ name: "key.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await expect(demo.control("firebaseServiceAccount")).toHaveValue(text);
});

test("text that is not JSON is said on its field", async ({ demo }) => {
  await demo.open("firestore");
  await demo.set("firebaseServiceAccount", "{ not json");
  await demo.control("firebaseServiceAccount").blur();
  await expect(demo.field("firebaseServiceAccount").locator(".jf-fault")).toContainText("JSON");
});

test("rows: add, order, remove, and a fault in a cell", async ({ page, demo }) => {
  const bodies = sent(page, "POST", "/connections");
  await demo.open("strapi");
  await demo.fill({ name: "Rows", host: "https://strapi.example.com/api", options: [{ key: "A", value: "1" }, { key: "B", value: "2" }, { key: "C", value: "3" }] });
  const field = demo.field("options");
  await field.getByRole("button", { name: /^Remove .*2$/ }).click();
  await expect(field.getByRole("group")).toHaveCount(2);
  await field.getByRole("button", { name: /^Move .*2 up$/ }).click();
  await field.getByRole("group").nth(0).locator("input").nth(1).fill("");
  await demo.submit();
  await expect(demo.root.locator("[aria-invalid=true]")).toHaveCount(1);
  await expect(field.getByRole("group").nth(0).locator("input").nth(1)).toBeFocused();
  await page.keyboard.type("33");
  await demo.submit();
  await expect(demo.status).toHaveAttribute("data-state", "done");
  expect(bodies[0].options).toEqual([{ C: "33" }, { A: "1" }]);
});
