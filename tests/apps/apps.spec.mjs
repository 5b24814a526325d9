// The packed package in tiny apps of real bundlers, driven in a browser. What an app is, its app.json says; see harness.mjs.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test as base } from "@playwright/test";
import { apps, command, copies, install, open } from "./harness.mjs";
import { pack, root } from "./tarball.mjs";

const test = base.extend({
  tarball: [async ({}, use) => {
    const tarball = pack();
    await use(tarball.file);
    tarball.remove();
  }, { scope: "worker" }],

  /** What a page must not do: complain, or ask anybody but its own server. */
  complaints: [async ({ page }, use) => {
    const complaints = [];
    page.on("console", (message) => {
      const { url } = message.location();
      if (message.type() === "error" && !url.endsWith("/favicon.ico")) complaints.push(`console: ${message.text()} ${url}`);
    });
    page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
    page.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (!/^(data|blob):$/.test(protocol) && hostname !== "127.0.0.1") complaints.push(`asked ${request.url()}`);
    });
    await use(complaints);
    expect(complaints, "what the page complained about").toEqual([]);
  }, { auto: true }],
});

const words = JSON.parse(readFileSync(path.join(root, "locales/en.json"), "utf8"));
const missing = words["fault.required"];

/** What common/headless.js finds wrong with a widget, wherever it runs. */
const FAULTS = [`name: ${missing}`, `server.host: ${words["fault.format_host"]}`];

for (const app of apps()) {
  test(app.name, async ({ page, tarball }) => {
    test.skip(app.slow && !process.env.JACKFIELD_ALL, "Runs with --all.");
    const project = await install(app, tarball);
    try {
      if (app.run) return expect(JSON.parse(await command(project.folder, app.run))).toEqual(FAULTS);
      const output = app.output ?? app.serve;
      if (output) expect(copies(project.at(output), wasm()), "copies of the engine").toBe(app.copies);
      const server = await open(app, project);
      try {
        await page.goto(server.url + app.page);
        if (app.form) await useForm(page);
        await expect(page.locator("#headless")).toHaveText(JSON.stringify(FAULTS));
        const steps = path.join(import.meta.dirname, app.name, "steps.mjs");
        if (existsSync(steps)) await (await import(steps)).default({ page, expect, form: page.locator("jackfield-form"), project });
      } finally {
        await server.stop();
      }
    } finally {
      project.remove();
    }
  });
}

/** As a user: an error, a value, a connection string, a save. The page writes into #saved what was saved. */
async function useForm(page) {
  const form = page.locator("jackfield-form");
  const field = (id) => form.locator(`.jf-grid > [data-field="${id}"]`);
  const name = field("name").locator("input");
  await expect(name).toBeVisible();
  await expect(form.locator(".jf-head .jf-icon svg")).toHaveCount(1);
  await form.locator(".jf-primary").click();
  await expect(field("name")).toContainText(missing);
  await name.fill("Shop");
  await expect(field("name")).not.toContainText(missing);
  await form.getByRole("button", { name: "Paste a connection string" }).click();
  await form.locator(".jf-strings").getByLabel("Connection string", { exact: true }).fill("postgres://reader:k3y-f1ve@db.example.com:5433/sales");
  await form.getByRole("button", { name: "Fill in" }).click();
  await expect(field("host").locator("input")).toHaveValue("db.example.com");
  await form.locator(".jf-primary").click();
  await expect(page.locator("#saved")).toHaveText("7 Shop");
}

/** The engine of the package. */
function wasm() {
  return readFileSync(path.join(root, "pkg/dist/jackfield_bg.wasm"));
}
