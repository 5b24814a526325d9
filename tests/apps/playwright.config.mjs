import { defineConfig } from "@playwright/test";

// Without it Playwright starts its own.
const chromium = process.env.JACKFIELD_CHROMIUM;
const flags = "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  outputDir: "out/results",
  // A bundler takes a whole machine.
  workers: 1,
  // Generous: a slow machine or network is no fault of the package.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ...(process.env.JACKFIELD_TIMES ? [["../e2e/times.mjs"]] : [])],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: chromium, args: flags.split(" ") },
    locale: "en-GB",
    actionTimeout: 60_000,
    screenshot: "only-on-failure",
  },
});
