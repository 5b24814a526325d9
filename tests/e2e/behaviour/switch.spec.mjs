// Changing the type: what nobody touched is the new type's own, what was typed stays, and a type is found as it was left.
import { expect, test } from "../fixtures.mjs";

async function change(form, title) {
  await form.root.getByRole("button", { name: "Change type" }).click();
  await form.root.locator(".jf-types button").filter({ hasText: title }).first().click();
  await expect(form.control("name")).toBeVisible();
}

async function begin(form, title) {
  await form.open(null, "datafor");
  await form.root.locator(".jf-types button").filter({ hasText: title }).first().click();
  await expect(form.control("name")).toBeVisible();
}

const names = (form) => form.field("extraOptions").locator("[data-field=name] input").evaluateAll((inputs) => inputs.map(({ value }) => value));

test("port, driver and options move where nobody touched them, and back", async ({ form }) => {
  await begin(form, "PostgreSQL");
  await form.set("hostname", "db.example.com");
  await change(form, "MySQL");
  await expect(form.control("hostname")).toHaveValue("db.example.com");
  await expect(form.control("databasePort")).toHaveValue("3306");
  await expect(form.control("driverId")).toHaveValue("mysql8");
  expect(await names(form)).toContain("useSSL");
  await change(form, "PostgreSQL");
  await expect(form.control("hostname")).toHaveValue("db.example.com");
  await expect(form.control("databasePort")).toHaveValue("5432");
  await expect(form.control("driverId")).toHaveValue("postgresql");
  expect(await names(form)).toEqual([]);
});

test("what was typed stays, and nothing is lost on the way back, secrets neither", async ({ page, demo }) => {
  await begin(demo, "PostgreSQL");
  await demo.fill({ name: "Shop", databasePort: "5433", password: "canary-pa55", extraOptions: [{ name: "TimeZone", value: "UTC" }], connectSql: "SET x" });
  await change(demo, "MySQL");
  await expect(demo.control("databasePort")).toHaveValue("5433");
  expect(await names(demo)).toEqual(["TimeZone"]);
  await expect(demo.control("driverId")).toHaveValue("mysql8");
  // A secret goes nowhere that it was not typed for.
  await expect(demo.control("password")).toHaveValue("");
  expect(await demo.root.evaluate((form) => form.dirty)).toBe(true);
  await demo.set("databasePort", "3307");
  await change(demo, "PostgreSQL");
  await expect(demo.control("databasePort")).toHaveValue("3307");
  await expect(demo.control("password")).toHaveValue("canary-pa55");
  await expect(demo.control("name")).toHaveValue("Shop");
  expect(await names(demo)).toEqual(["TimeZone"]);
  // A type that the page sets begins anew.
  await page.getByRole("button", { name: "Start afresh" }).click();
  await demo.root.locator(".jf-types button").filter({ hasText: "PostgreSQL" }).first().click();
  await expect(demo.control("name")).toHaveValue("");
  await expect(demo.control("password")).toHaveValue("");
});

test("what was saved is taken along nowhere", async ({ form }) => {
  await begin(form, "PostgreSQL");
  await form.fill({ name: "Taken nowhere", hostname: "127.0.0.1", databaseName: "d", username: "u" });
  await change(form, "MySQL");
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  await change(form, "PostgreSQL");
  await expect(form.control("name")).toHaveValue("");
  await expect(form.control("hostname")).toHaveValue("");
});
