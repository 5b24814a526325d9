// The control of a secret: masked until it is revealed, and nothing for a password manager.
import { expect, test } from "../fixtures.mjs";

test("a secret is masked until it is revealed", async ({ demo }) => {
  await demo.open("customerio");
  await demo.set("password", "canary");
  const control = demo.control("password");
  await expect(control).toHaveAttribute("type", "password");
  const reveal = demo.field("password").getByRole("button", { name: /show|reveal/i });
  await expect(reveal).toHaveAttribute("aria-pressed", "false");
  await reveal.click();
  await expect(control).toHaveAttribute("type", "text");
  await expect(control).toHaveValue("canary");
  await expect(demo.field("password").locator("button[aria-pressed=true]")).toHaveCount(1);
});

test("secrets of other systems are kept from password managers", async ({ demo }) => {
  for (const type of ["customerio", "firestore"]) {
    await demo.open(type);
    const control = demo.control(type === "firestore" ? "firebaseServiceAccount" : "password");
    await expect(control).toHaveAttribute("autocomplete", "new-password");
    for (const word of ["data-1p-ignore", "data-bwignore", "data-lpignore", "data-form-type"]) await expect(control).toHaveAttribute(word, /.*/);
  }
});
