// The pictures of the README: the form in light and in dark, made anew with JACKFIELD_PICTURES=1.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "../fixtures.mjs";
import { root } from "../sandbox.mjs";

test.use({ deviceScaleFactor: 1.5, viewport: { width: 700, height: 1000 } });

const values = { name: "Orders, read only", mode: "form", host: "db.example.com", port: "5432", dbName: "orders", username: "reporting", password: "not-a-secret", ssl: true, sslMode: "require" };

for (const scheme of ["light", "dark"]) {
  test(`the form in ${scheme}`, async ({ page, form }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await form.open("postgres");
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("body { font: 16px/1.5 system-ui, sans-serif; margin: 0; } h1 { display: none; } main { padding: 16px; inline-size: fit-content; } jackfield-form { inline-size: 620px; }");
      document.adoptedStyleSheets.push(sheet);
    });
    await form.fill(values);
    await page.evaluate(() => document.activeElement.blur());
    await expect(form.root.locator(".jf-icon svg path")).toBeAttached();
    await mkdir(path.join(root, "docs"), { recursive: true });
    await page.locator("main").screenshot({ path: path.join(root, `docs/form-${scheme}.png`) });
  });
}
