// The control of a secret: masked until it is revealed, and nothing for a password manager.
import { expect, test } from "../fixtures.mjs";

test("a secret is masked until it is revealed", async ({ form }) => {
  await form.open("customerio");
  await form.set("password", "canary");
  const control = form.control("password");
  await expect(control).toHaveAttribute("type", "password");
  const reveal = form.field("password").getByRole("button", { name: /show|reveal/i });
  await expect(reveal).toHaveAttribute("aria-pressed", "false");
  await reveal.click();
  await expect(control).toHaveAttribute("type", "text");
  await expect(control).toHaveValue("canary");
  await expect(form.field("password").locator("button[aria-pressed=true]")).toHaveCount(1);
});

test("secrets of other systems are kept from password managers", async ({ form }) => {
  for (const type of ["customerio", "firestore"]) {
    await form.open(type);
    const control = form.control(type === "firestore" ? "firebaseServiceAccount" : "password");
    await expect(control).toHaveAttribute("autocomplete", "new-password");
    for (const word of ["data-1p-ignore", "data-bwignore", "data-lpignore", "data-form-type"]) await expect(control).toHaveAttribute(word, /.*/);
  }
});
