// What the buttons of a listed connection do.
import { readFile } from "node:fs/promises";
import { axe } from "../axe.mjs";
import { crate, shelf, test } from "../depot.mjs";
import { expect } from "../fixtures.mjs";

test("edit and clone open what the API answers in the form, or leave it to the page; no secret reaches the document", async ({ page, depot, listed }) => {
  depot.put(shelf(1), crate(2), { id: "x", kind: "barrel", name: "Barrel" }, { id: "n", kind: "crate", name: "" });
  const list = await listed();
  await expect(list.row("Shelf 1").getByRole("button")).toHaveText(["Edit", "Clone", "Test", "Delete"]);
  // Of a type that nobody described there is no form.
  await expect(list.row("Barrel").getByRole("button")).toHaveText(["Delete"]);
  await expect(list.row("Barrel")).toContainText("barrel");
  await expect(list.row("Connection n")).toContainText("Crate");
  await list.button("Edit Shelf 1").click();
  await expect(list.form.control("name")).toHaveValue("Shelf 1");
  await expect(list.form.control("name")).toBeFocused();
  await expect(list.form.primary).toHaveText("Save changes");
  expect(depot.calls).toEqual(["GET /things", "GET /things/s1"]);
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain("canary");
  await list.form.set("name", "Shelf one");
  await list.form.submit();
  await expect(list.row("Shelf one")).toBeVisible();
  expect(depot.things.get("s1")).toEqual({ ...shelf(1), name: "Shelf one" });

  await page.evaluate(() => document.addEventListener("jackfield-open", (event) => {
    event.preventDefault();
    window.opened = event.connection;
  }));
  await list.button("Clone Crate 2").click();
  await expect.poll(() => list.heard()).toEqual([
    { operation: "update", connectionType: "shelf", name: "Shelf 1" },
    { operation: "create", connectionType: "crate", name: "Crate 2" },
  ]);
  expect(await page.evaluate(() => window.opened)).toEqual({ id: "c2", name: "Crate 2", type: "crate" });
  await expect(list.form.control("name")).toHaveValue("Shelf one");
});

test("where an API answers no single connection, edit, clone and test take what its list says", async ({ page, depot, listed }) => {
  const bundle = JSON.parse(await readFile(new URL("../data/depot.json", import.meta.url), "utf8"));
  delete bundle.api.operations.get;
  bundle.api.id = "attic";
  await page.route("**/e2e/attic.json", (route) => route.fulfill({ json: bundle }));
  depot.put(shelf(1), shelf(2));
  const tested = [];
  depot.instead = (method, id, body) => {
    if (method === "POST") tested.push(body);
    return method === "GET" ? { json: { items: [...depot.things.values()] } } : undefined;
  };
  const list = await listed({ apis: "/e2e/attic.json" });
  await list.button("Edit Shelf 1").click();
  await expect(list.form.control("aisle")).toHaveValue("1");
  await expect(list.form.primary).toHaveText("Save changes");
  // Opened again it is as it was saved.
  await list.form.set("aisle", "12");
  await list.button("Edit Shelf 1").click();
  await expect(list.form.control("aisle")).toHaveValue("1");
  await list.form.set("aisle", "11");
  await list.form.submit();
  await expect.poll(() => depot.things.get("s1")).toEqual(shelf(1, { aisle: 11 }));
  await list.button("Clone Shelf 2").click();
  await expect(list.form.control("aisle")).toHaveValue("2");
  await expect(list.form.primary).toHaveText("Save connection");
  await list.button("Test Shelf 2").click();
  await expect(list.row("Shelf 2")).toContainText("The connection works.");
  expect(tested).toEqual([shelf(2)]);
  expect(depot.calls).not.toContain("GET /things/s1");
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain("canary");
  // What the page hears of it besides its record holds no secret.
  await page.evaluate(() => document.addEventListener("jackfield-delete", ({ connection }) => { window.gone = connection; }));
  await list.button("Delete Shelf 2").click();
  await list.button("Really delete Shelf 2").click();
  await expect(list.row("Shelf 2")).toHaveCount(0);
  expect(await page.evaluate(() => window.gone)).toEqual({ id: "s2", name: "Shelf 2", type: "shelf" });
});

test("what the API says may not be changed can only be viewed", async ({ depot, listed }) => {
  depot.put(shelf(1), shelf(2));
  const list = await listed();
  await expect(list.rows).toHaveCount(2);
  await list.root.evaluate(async (element) => {
    const engine = await customElements.get("jackfield-form").shared();
    const run = async (api, operation, ...rest) => {
      const outcome = await engine.run(api, operation, ...rest);
      if (outcome.items) outcome.items[0].readOnly = true;
      return outcome;
    };
    element.jackfield = new Proxy(engine, { get: (_, name) => name === "run" ? run : engine[name].bind(engine) });
  });
  await expect(list.row("Shelf 1").getByRole("button")).toHaveText(["View", "Clone", "Test"]);
  await expect(list.row("Shelf 2").getByRole("button")).toHaveText(["Edit", "Clone", "Test", "Delete"]);
});

test("tests in its row: works, refused with the server's word, cancelled, and what is missing is asked for in the form", async ({ depot, listed, watch }) => {
  watch.allow(/status of 400|ERR_/);
  depot.put(shelf(1), shelf(2, { key: undefined }));
  const bodies = [];
  depot.instead = (method, id, body) => void (method === "POST" && bodies.push(body));
  const list = await listed();
  const row = list.row("Shelf 1");
  await list.button("Test Shelf 1").press("Enter");
  await expect(row).toContainText("The connection works.");
  await expect(list.button("Test Shelf 1")).toBeFocused();
  expect(bodies).toEqual([shelf(1)]);
  depot.instead = (method) => method === "POST" ? { status: 400, json: { problem: "No way in with canary-1" } } : undefined;
  await list.button("Test Shelf 1").click();
  await expect(row).toContainText("The connection does not work. No way in with •••");
  depot.instead = (method) => method === "POST" ? "never" : undefined;
  await list.button("Test Shelf 1").click();
  await expect(row).toContainText("Sending…");
  await list.button("Cancel Shelf 1").click();
  await expect(row.getByRole("status")).toHaveText("Cancelled.");
  await list.button("Test Shelf 2").click();
  await expect(list.form.control("key")).toBeVisible();
  await expect(list.form.primary).toHaveText("Test connection");
});

test("deleting asks once before, and the focus goes on", async ({ page, depot, listed, watch }) => {
  watch.allow(/status of 409/);
  depot.put(shelf(1), shelf(2), shelf(3));
  const list = await listed();
  await page.evaluate(() => {
    window.gone = [];
    document.addEventListener("jackfield-delete", ({ connection }) => window.gone.push(connection));
  });
  const deletes = () => depot.calls.filter((call) => call.startsWith("DELETE"));
  await list.button("Delete Shelf 2").click();
  await expect(list.button("Keep Shelf 2")).toBeFocused();
  await axe(page, "asking before a delete", "list-asking");
  await page.keyboard.press("Enter");
  await expect(list.button("Delete Shelf 2")).toBeFocused();
  expect(deletes()).toEqual([]);
  await page.keyboard.press("Enter");
  depot.instead = (method) => method === "DELETE" ? { status: 409, json: { problem: "Still in use" } } : undefined;
  await list.button("Really delete Shelf 2").press("Enter");
  await expect(list.row("Shelf 2")).toContainText("Still in use");
  await expect(list.button("Delete Shelf 2")).toBeFocused();
  depot.instead = undefined;
  await page.keyboard.press("Enter");
  await list.button("Really delete Shelf 2").press("Enter");
  await expect(list.count).toHaveText("“Shelf 2” was deleted. 2 connections");
  await expect(list.button("Edit Shelf 3")).toBeFocused();
  expect(deletes()).toEqual(["DELETE /things/s2", "DELETE /things/s2"]);
  expect(await list.heard()).toEqual([]);
  expect(await page.evaluate(() => window.gone)).toEqual([{ id: "s2", name: "Shelf 2", type: "shelf" }]);
  for (const name of ["Shelf 3", "Shelf 1"]) {
    await list.button(`Delete ${name}`).press("Enter");
    await list.button(`Really delete ${name}`).press("Enter");
    await expect(list.row(name)).toHaveCount(0);
  }
  await expect(list.count).toHaveText("“Shelf 1” was deleted. No connection is saved.");
  await expect(list.count).toBeFocused();
});
