// Changing the type: what nobody touched is the new type's own, what was typed stays, and a type is found as it was left.
import { expect, test } from "../fixtures.mjs";

async function change(demo, title) {
  await demo.root.getByRole("button", { name: "Change type" }).click();
  await demo.root.locator(".jf-types button").filter({ hasText: title }).first().click();
  await expect(demo.control("name")).toBeVisible();
}

async function begin(demo, title) {
  await demo.open(null, "datafor");
  await demo.root.locator(".jf-types button").filter({ hasText: title }).first().click();
  await expect(demo.control("name")).toBeVisible();
}

const names = (demo) => demo.field("extraOptions").locator("[data-field=name] input").evaluateAll((inputs) => inputs.map(({ value }) => value));

test("port, driver and options move where nobody touched them, and back", async ({ demo }) => {
  await begin(demo, "PostgreSQL");
  await demo.set("hostname", "db.example.com");
  await change(demo, "MySQL");
  await expect(demo.control("hostname")).toHaveValue("db.example.com");
  await expect(demo.control("databasePort")).toHaveValue("3306");
  await expect(demo.control("driverId")).toHaveValue("mysql8");
  expect(await names(demo)).toContain("useSSL");
  await change(demo, "PostgreSQL");
  await expect(demo.control("hostname")).toHaveValue("db.example.com");
  await expect(demo.control("databasePort")).toHaveValue("5432");
  await expect(demo.control("driverId")).toHaveValue("postgresql");
  expect(await names(demo)).toEqual([]);
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

test("what was saved is taken along nowhere", async ({ demo }) => {
  await begin(demo, "PostgreSQL");
  await demo.fill({ name: "Taken nowhere", hostname: "127.0.0.1", databaseName: "d", username: "u" });
  await change(demo, "MySQL");
  await demo.submit();
  await expect(demo.status).toHaveAttribute("data-state", "done");
  await change(demo, "PostgreSQL");
  await expect(demo.control("name")).toHaveValue("");
  await expect(demo.control("hostname")).toHaveValue("");
});
