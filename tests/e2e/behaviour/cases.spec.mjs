// Every case of the tests' data through the engine in the browser, in one page: what is entered, and the body of the request that comes of it.
// The tests of folder per-type enter the same cases by hand.
import { caseOf, cases } from "../datafor.mjs";
import { expect, test, types } from "../fixtures.mjs";

/** In the page: plays cases of one bundle; gives the body that each makes, or what was wrong instead. */
async function play({ bundle, all }) {
  const { load } = await import("/pkg/core.js");
  const jackfield = await load();
  const api = await jackfield.add(bundle);
  const sandbox = await (await fetch("/sandbox.json")).json();
  const known = jackfield.apis()[0].settings.filter(({ id }) => id in sandbox);
  const settings = { base_url: location.origin, ...Object.fromEntries(known.map(({ id }) => [id, sandbox[id]])) };

  /** A file as a page hands it over. */
  const chosen = ({ file, text, base64 }) => {
    const content = base64 ?? btoa(String.fromCharCode(...new TextEncoder().encode(text)));
    return { name: file, size: atob(content).length, content };
  };

  /** Finds a field or a column by its id, or by what it is called; of several of that name the one that is shown. */
  const find = (words, name, shown = () => true) => words.find(({ id }) => id === name) ?? words.find(({ id, label }) => label === name && shown(id));

  const enter = (form, words, value, place = {}) => {
    const option = (words.options ?? []).find(({ label }) => label === value);
    form.step({ do: "set", field: words.id, value: value?.file ? chosen(value) : option?.value ?? value, ...place });
  };

  const enterRow = (form, { id, columns }, row, cells) => {
    for (const [name, value] of Object.entries(cells)) {
      const column = find(columns, name);
      enter(form, { ...column, id }, value, { row, column: column.id });
    }
  };

  const enterRows = (form, words, value, added) => {
    const rows = () => form.view().fields.find(({ field }) => field === words.id).value ?? [];
    if (!Array.isArray(value)) {
      for (const [key, cells] of Object.entries(value)) enterRow(form, words, rows().findIndex((row) => row[words.columns[0].id] === key), cells);
      return;
    }
    for (const [index, cells] of value.entries()) {
      const at = added ? rows().length : index;
      if (at === rows().length) form.step({ do: "add", field: words.id });
      enterRow(form, words, at, cells);
    }
  };

  return all.map(({ type, values, added }) => {
    const form = jackfield.open(api, type, { settings });
    const words = jackfield.describe(api, type).sections.flatMap(({ fields }) => fields);
    const shown = (id) => form.view().fields.find(({ field }) => field === id)?.shown;
    for (const [name, value] of values) {
      const field = find(words, name, shown);
      if (field.kind === "rows") enterRows(form, field, value, added);
      else enter(form, field, value);
    }
    const { send, status } = form.step({ do: "submit" });
    form.free();
    return { type, body: send?.body ?? status };
  });
}

for (const api of new Set(types.map(({ api }) => api))) {
  test(`every case of ${api.api} makes the body that is expected`, async ({ page, host }) => {
    const own = types.filter((one) => one.api === api);
    await host("empty.html");
    const bundle = api.api === "harbour" ? "/apis/harbour.json" : `/pkg/apis/${api.api}.json`;
    const bodies = await page.evaluate(play, { bundle, all: own.map(({ type, values }) => ({ type, values: Object.entries(values) })) });
    expect(own.length).toBeGreaterThan(1);
    expect(bodies).toEqual(own.map(({ type, body }) => ({ type, body })));
  });
}

test.describe("a reader in Melbourne", () => {
  test.use({ timezoneId: "Australia/Melbourne" });

  test("every case of datafor makes the body that is expected", async ({ page, host }) => {
    const own = cases.types.map(({ type }) => ({ type, ...caseOf(type, "5432") }));
    await host("empty.html");
    const bodies = await page.evaluate(play, { bundle: "/pkg/apis/datafor.json", all: own.map(({ type, values }) => ({ type, values, added: true })) });
    expect(bodies).toEqual(own.map(({ type, body }) => ({ type, body })));
  });
});

test("the types that are tested by hand have every kind of control", async () => {
  const { bundles, chosen, controls, described } = await import("../chosen.mjs");
  const among = new Set(chosen.flatMap((one) => [...one.controls]));
  expect([...controls].filter((control) => !among.has(control))).toEqual([]);
  expect(new Set(chosen.map(({ api }) => api)).size).toBe(bundles.length);
  expect(chosen.length).toBeLessThan(described.length / 3);
  // Each of them has a case.
  const known = [...types.map(({ api, type }) => `${api.api} ${type}`), ...cases.types.map(({ type }) => `datafor ${type}`)];
  expect(chosen.map(({ api, type }) => `${api} ${type}`).filter((one) => !known.includes(one))).toEqual([]);
});
