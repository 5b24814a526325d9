// Runs a suite of wasm-bindgen-test in the browser that Playwright drives, so that no driver is needed. Cargo calls it with the suite's
// wasm; the page comes from wasm-bindgen's own runner, named by WASM_BINDGEN_TEST_RUNNER.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";

const runner = process.env.WASM_BINDGEN_TEST_RUNNER;
if (!runner) throw new Error("WASM_BINDGEN_TEST_RUNNER has to name the program wasm-bindgen-test-runner");

/** Long enough for a busy machine, in milliseconds; a suite that hangs ends all the same. */
const PATIENCE = 900_000;

// Without a browser of its own the runner serves the suite and waits for somebody to open it.
const server = spawn(runner, process.argv.slice(2), {
  env: { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: "127.0.0.1:0" },
  stdio: ["ignore", "pipe", "inherit"],
});
const ended = new Promise((resolve, reject) => {
  server.once("error", reject);
  server.once("exit", (code) => resolve(code ?? 1));
});
try {
  process.exitCode = await runSuite();
} finally {
  server.kill();
}

/** Opens the page of the suite and waits for its last line; gives the exit code. */
async function runSuite() {
  const address = await Promise.race([firstAddress(), ended]);
  // A suite that has nothing to run ends by itself.
  if (typeof address === "number") return address;
  const flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  const browser = await chromium.launch({ executablePath: process.env.JACKFIELD_CHROMIUM, args: flags });
  try {
    const page = await browser.newPage();
    const crash = new Promise((_, reject) => page.once("crash", () => reject(new Error("the page of the suite crashed"))));
    page.on("pageerror", (error) => console.error(error.message));
    await page.goto(address);
    const end = page.waitForFunction(() => /test result: /.test(document.querySelector("#output")?.textContent ?? ""), undefined, { timeout: PATIENCE });
    await Promise.race([end, crash]);
    const report = await page.locator("#output").textContent();
    console.log(report);
    return /test result: ok\./.test(report) ? 0 : 1;
  } finally {
    await browser.close();
  }
}

function firstAddress() {
  return new Promise((resolve) => {
    createInterface({ input: server.stdout }).on("line", (line) => {
      const [address] = /http:\/\/\S+/.exec(line) ?? [];
      if (address) resolve(address);
      else console.log(line);
    });
  });
}
