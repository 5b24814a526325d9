import { expect, test } from "../fixtures.mjs";

// What a page hands to the engine without its element: whatever it is, the engine answers or refuses, and lives on.

test("hostile arguments are refused by name, and the engine lives on", async ({ page, host }) => {
  await host("bare.html");
  const said = await page.evaluate(async () => {
    const { load } = await import("/pkg/core.js");
    const jackfield = await load();
    const api = await jackfield.add("/pkg/apis/chartbrew.json");
    const circle = {};
    circle.circle = circle;
    const hostile = { circle, big: 1n, thrower: { get do() { throw 1; } }, deep: JSON.parse("[".repeat(5000) + "]".repeat(5000)), text: "x", list: [] };
    const form = jackfield.open(api, "postgres");
    const found = {};
    for (const [name, value] of Object.entries(hostile)) {
      const caught = [];
      for (const attempt of [() => jackfield.open(api, "postgres", value), () => form.step(value)]) {
        try {
          attempt();
          caught.push("");
        } catch (thrown) {
          caught.push(thrown instanceof Error ? thrown.message : "no Error");
        }
      }
      found[name] = caught;
    }
    const alive = form.step({ do: "submit" }).status.state;
    form.free();
    form.free();
    let freed = "";
    try { form.view(); } catch (thrown) { freed = thrown.message; }
    const polluted = (() => {
      try { jackfield.open(api, "postgres", JSON.parse('{"values":{"__proto__":{"polluted":true}}}')); return "taken"; } catch { return {}.polluted ?? "refused"; }
    })();
    return { found, alive, freed, polluted };
  });
  for (const [name, messages] of Object.entries(said.found)) {
    for (const message of messages) expect(message, name).toMatch(/not plain JSON|must be|missing|is unknown/);
  }
  expect(said).toMatchObject({ alive: "invalid", freed: "the form was freed", polluted: "refused" });
});

test("only a page with an API of its own loads what proves it", async ({ page, host }) => {
  const loaded = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await host("bare.html");
  const proving = () => loaded.filter((path) => path.includes("prover"));
  expect(proving()).toEqual([]);
  const mistakes = await page.evaluate(async () => {
    const { load } = await import("/pkg/core.js");
    const jackfield = await load();
    const own = await (await fetch("/apis/harbour.json")).json();
    const id = await jackfield.add(own);
    if (!jackfield.types(id).length) throw new Error("no types");
    own.api.titel = "X";
    return jackfield.add(own).then(() => [], (thrown) => thrown.mistakes.map((mistake) => mistake.text));
  });
  expect(proving().length).toBe(2);
  expect(mistakes.join()).toContain("“titel” is unknown; did you mean “title”?");
});

test("a page whose prover cannot be loaded says so", async ({ page, host, watch }) => {
  watch.allow(/Failed to load resource/);
  await page.route("**/jackfield_prover_bg.wasm", (route) => route.fulfill({ status: 404, body: "" }));
  await host("bare.html");
  const said = await page.evaluate(async () => {
    const { load } = await import("/pkg/core.js");
    const own = await (await fetch("/apis/harbour.json")).json();
    return (await load()).add(own).then(() => "", (thrown) => `${thrown.code} ${thrown.message}`);
  });
  expect(said).toMatch(/^wasm_unreachable .*jackfield_prover_bg\.wasm/);
});

test.describe("a reader in Oslo", () => {
  test.use({ timezoneId: "Europe/Oslo" });

  test("finds the time zone filled in, unless the page says another", async ({ page, host }) => {
    await host("bare.html");
    const zones = await page.evaluate(async () => {
      const { load } = await import("/pkg/core.js");
      const jackfield = await load();
      const api = await jackfield.add("/pkg/apis/datafor.json");
      return [{}, { time_zone: "Asia/Tokyo" }].map((settings) => {
        const form = jackfield.open(api, "MYSQL", { settings });
        const rows = form.view().fields.find(({ field }) => field === "extraOptions").value;
        form.free();
        return rows.find(({ name }) => name === "serverTimezone").value;
      });
    });
    expect(zones).toEqual(["Europe/Oslo", "Asia/Tokyo"]);
  });
});
