// The pictures of the README: the form in light and in dark, made anew with JACKFIELD_PICTURES=1.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "../fixtures.mjs";
import { root } from "../sandbox.mjs";

test.use({ deviceScaleFactor: 1.5, viewport: { width: 800, height: 1000 } });

const values = { name: "Orders, read only", mode: "form", host: "db.example.com", port: "5432", dbName: "orders", username: "reporting", password: "not-a-secret" };

for (const scheme of ["light", "dark"]) {
  test(`the form in ${scheme}`, async ({ page, form }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await form.open("postgres");
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("body { font: 16px/1.5 system-ui, sans-serif; margin: 0; } h1 { display: none; } main { padding: 16px; inline-size: fit-content; } jackfield-form { inline-size: 720px; }");
      document.adoptedStyleSheets.push(sheet);
    });
    await form.fill(values);
    await page.evaluate(() => document.activeElement.blur());
    await expect(form.root.locator(".jf-icon svg path")).toBeAttached();
    // As WebP, which is half of PNG and only to be had from the browser itself.
    const { x, y, width, height } = await page.locator("main").boundingBox();
    const devtools = await page.context().newCDPSession(page);
    const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: 85, captureBeyondViewport: true, clip: { x, y, width, height, scale: 1 } });
    await mkdir(path.join(root, "docs"), { recursive: true });
    await writeFile(path.join(root, `docs/form-${scheme}.webp`), data, "base64");
  });
}
