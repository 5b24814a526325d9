// How it looks, in every state and to every reader: what is measured. Pictures are taken with JACKFIELD_PICTURES, into out/look/.
import { expect, test, typeOf } from "../fixtures.mjs";
import { seen } from "../look.mjs";

const POSTGRES = { hostname: "127.0.0.1", databasePort: "1", databaseName: "orders", username: "app", password: "canary-look" };

/** Everything a form can be, and the way there from the demo page. */
const states = {
  picker: (demo) => demo.open(null),
  new: (demo) => demo.open("postgres"),
  async faults(demo) {
    await demo.open("postgres");
    await demo.set("mode", "form");
    await demo.submit();
    await expect(demo.status).toHaveAttribute("data-state", "invalid");
  },
  async refused(demo) {
    await demo.page.route("**/team/*/connections", (route) => (route.request().method() !== "POST" ? route.fallback()
      : route.fulfill({ status: 400, json: { message: "The key was refused by the other side: api_key_expired_at_2026-01-01T00:00:00Z" } })));
    await demo.open("customerio");
    await demo.fill(typeOf("customerio").values);
    await demo.submit();
    await expect(demo.status).toHaveAttribute("data-state", "refused");
  },
  async saved(demo) {
    await demo.open("customerio");
    await demo.fill(typeOf("customerio").values);
    await demo.submit();
    await expect(demo.status).toHaveAttribute("data-state", "done");
  },
  async list(demo, theme) {
    await demo.open("POSTGRESQL", "datafor");
    const [short, long] = [`Orders, ${theme}`, `a-name-without-a-break-which-is-wider-than-its-place-${theme}`];
    for (const name of [short, long]) {
      await demo.fill({ ...POSTGRES, name });
      await demo.submit();
      await expect(demo.page.getByRole("button", { name: `Delete ${name}`, exact: true })).toBeVisible();
    }
    await demo.page.getByRole("button", { name: `Test ${short}`, exact: true }).click();
    await expect(demo.page.locator(".jf-entry .jf-fault")).toBeVisible();
    await demo.page.getByRole("button", { name: `Delete ${long}`, exact: true }).click();
  },
  async rows(demo) {
    await demo.open("mqtt", "harbour");
    await demo.fill(typeOf("mqtt").values);
    await demo.field("topics").getByRole("button", { name: /^Add/ }).click();
    await demo.field("labels").locator('.jf-row [data-field="value"] input').fill("");
    await demo.submit();
    await expect(demo.status).toHaveAttribute("data-state", "invalid");
  },
  async paste(demo) {
    await demo.open("POSTGRESQL", "datafor");
    await demo.root.getByRole("button", { name: "Paste a connection string" }).click();
    const input = demo.root.locator(".jf-paste input");
    await input.fill("postgres://reader:p@ss:x@db1.example.com");
    await demo.root.getByRole("button", { name: "Fill in" }).click();
  },
  async tested(demo) {
    await demo.open("POSTGRESQL", "datafor");
    await demo.fill({ ...POSTGRES, name: "Tested" });
    await demo.try.click();
    await expect(demo.tested).toHaveAttribute("data-state", "refused");
  },
};

for (const [state, reach] of Object.entries(states)) {
  test(`every look: ${state}`, async ({ page, demo, watch }) => {
    watch.allow(/status of 400/);
    await reach(demo, "plain");
    await seen(page, state);
  });

  // Another look altogether, made of what a host has.
  test(`every look, in the theme Ledger: ${state}`, async ({ page, demo, watch }) => {
    watch.allow(/status of 400/);
    await reach(demo, "ledger");
    await page.locator("#look").selectOption({ label: "Ledger" });
    await expect(demo.root.locator(".jf-input").first()).toHaveCSS("border-radius", "0px");
    await seen(page, `ledger-${state}`, ["light", "dark", "forced", "rtl", "narrow", "large"]);
  });
}
