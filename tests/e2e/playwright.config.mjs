import { defineConfig } from "@playwright/test";

const chromium = process.env.JACKFIELD_CHROMIUM ?? "/usr/bin/chromium";
const flags = "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  outputDir: "out/results",
  fullyParallel: true,
  workers: 2,
  // Generous: a slow machine is no fault of the page.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: chromium, args: flags.split(" ") },
    locale: "en-GB",
    viewport: { width: 1280, height: 900 },
    actionTimeout: 30_000,
    screenshot: "only-on-failure",
  },
});
