import { defineConfig } from "@playwright/test";

const { JACKFIELD_ALL, JACKFIELD_CHROMIUM, JACKFIELD_PICTURES, JACKFIELD_TIMES } = process.env;
// Without JACKFIELD_CHROMIUM Playwright starts its own.
const flags = "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

// A folder each. The slow ones come first, so that no worker is left alone with one of them.
const folders = ["per-type", "a11y", "behaviour", ...(JACKFIELD_PICTURES ? ["visual"] : [])];

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  projects: folders.map((name) => ({ name, testDir: name })),
  // A connection type like one that is tested anyway: see chosen.mjs.
  grepInvert: JACKFIELD_ALL ? undefined : /@all\b/,
  outputDir: "out/results",
  fullyParallel: true,
  workers: 2,
  // Generous: a slow machine is no fault of the page.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ...(JACKFIELD_TIMES ? [["./times.mjs"]] : [])],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: JACKFIELD_CHROMIUM, args: flags.split(" ") },
    locale: "en-GB",
    viewport: { width: 1280, height: 900 },
    actionTimeout: 30_000,
    screenshot: "only-on-failure",
    // A new page costs as much as most tests do, so a worker's is reset instead. With JACKFIELD_ALL each test has its own.
    reuseContext: !JACKFIELD_ALL,
  },
});
