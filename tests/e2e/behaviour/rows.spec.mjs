// Lists of rows: add, remove and order them by buttons and by keyboard, and where the focus is afterwards.
import { axe } from "../axe.mjs";
import { expect } from "../fixtures.mjs";
import { announcements, mill, test } from "../workshop.mjs";

const hosts = (form) => form.field("hosts");
const line = (form, number) => hosts(form).getByRole("group", { name: `Host ${number}`, exact: true });
const cell = (form, number, column) => line(form, number).locator(`[data-field="${column}"]`).locator("input, select, textarea").first();
const order = (form) => hosts(form).locator('[data-field="host"] input').evaluateAll((inputs) => inputs.map(({ value }) => value.split(".")[0]));
const sentHosts = (server) => server.calls.findLast(({ method }) => method === "PUT" || method === "POST").body.hosts;

test("buttons: what is added, moved and removed is said, and the focus stays near", async ({ page, form, server }) => {
  await form.open("mill", "workshop");
  const said = await announcements(page);
  const field = hosts(form);
  const add = field.getByRole("button", { name: "Add row Host" });
  await expect(field.getByRole("group")).toHaveCount(0);
  for (const [index, name] of ["a", "b", "c"].entries()) {
    await add.click();
    await expect(cell(form, index + 1, "host")).toBeFocused();
    await expect.poll(said).toContain(`Host ${index + 1} added`);
    await page.keyboard.type(`${name}.example.com`);
  }
  await expect(cell(form, 1, "port")).toHaveValue("9200");

  await field.getByRole("button", { name: "Move Host 3 up" }).click();
  expect(await order(form)).toEqual(["a", "c", "b"]);
  await expect(field.getByRole("button", { name: "Move Host 2 up" })).toBeFocused();
  await expect.poll(said).toContain("Host 3 moved to 2");
  // At the top this button has no more to do; the other one has.
  await page.keyboard.press("Enter");
  expect(await order(form)).toEqual(["c", "a", "b"]);
  await expect(field.getByRole("button", { name: "Move Host 1 down" })).toBeFocused();

  await field.getByRole("button", { name: "Remove Host 2" }).click();
  expect(await order(form)).toEqual(["c", "b"]);
  await expect(field.getByRole("button", { name: "Remove Host 2" })).toBeFocused();
  await expect.poll(said).toContain("Host 2 removed");
  await page.keyboard.press("Enter");
  await expect(field.getByRole("button", { name: "Remove Host 1" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(add).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.type("d.example.com");
  await form.fill({ name: "by-buttons", versions: ["TLS_1_3"] });
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  expect(sentHosts(server).map(({ host }) => host)).toEqual(["d.example.com"]);
});

test("Alt and an arrow move the row, and what is typed next lands where it was typed before", async ({ page, form, opened }) => {
  const server = await opened(mill(3));
  const said = await announcements(page);
  const address = cell(form, 1, "host");
  await address.focus();
  await page.keyboard.press("Home");
  await page.keyboard.type("new-");
  await page.keyboard.press("Alt+ArrowDown");
  expect(await order(form)).toEqual(["h2", "new-h1", "h3"]);
  await expect(cell(form, 2, "host")).toBeFocused();
  await expect.poll(said).toContain("Host 1 moved to 2");
  await page.keyboard.type("and-");
  await expect(cell(form, 2, "host")).toHaveValue("new-and-h1.example.com");
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Alt+ArrowDown");
  expect(await order(form)).toEqual(["h2", "h3", "new-and-h1"]);
  await expect(cell(form, 3, "host")).toBeFocused();
  // The other kinds of cells, and the buttons.
  for (const column of ["port", "scheme", "password"]) {
    const control = line(form, 3).locator(`[data-field="${column}"]`).locator("input:visible, button:visible, select").first();
    await control.focus();
    const held = await page.evaluateHandle(() => document.activeElement);
    await page.keyboard.press("Alt+ArrowUp");
    await page.keyboard.press("Alt+ArrowDown");
    expect(await held.evaluate((element) => element === document.activeElement), column).toBe(true);
    expect(await order(form)).toEqual(["h2", "h3", "new-and-h1"]);
  }
  await line(form, 2).getByRole("button", { name: "Move Host 2 up" }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(line(form, 1).getByRole("button", { name: "Move Host 1 down" })).toBeFocused();
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  expect(sentHosts(server)).toEqual([
    { host: "h3.example.com", port: 9202, scheme: "http", password: "canary-3" },
    { host: "h2.example.com", port: 9201, scheme: "http", password: "canary-2" },
    { host: "new-and-h1.example.com", port: 9200, scheme: "http", password: "canary-1" },
  ]);
});

test("a row passes rows that are like it", async ({ page, form, opened }) => {
  const twin = { host: "twin.example.com", port: 1, scheme: "http" };
  await opened(mill(0, { hosts: [twin, twin, { host: "last.example.com", port: 2, scheme: "http" }] }));
  await cell(form, 1, "host").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(cell(form, 2, "host")).toBeFocused();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(cell(form, 3, "host")).toBeFocused();
  expect(await order(form)).toEqual(["twin", "last", "twin"]);
});

test("a secret that is stored or typed stays with its row", async ({ page, form, opened }) => {
  const server = await opened(mill(2));
  const secret = (number) => line(form, number).locator('[data-field="password"]');
  await secret(1).getByRole("button", { name: "Replace" }).click();
  await secret(1).locator("input").fill("canary-new");
  await secret(1).getByRole("button", { name: "Show" }).click();
  await line(form, 1).getByRole("button", { name: "Move Host 1 down" }).click();
  await expect(secret(2).locator("input")).toHaveValue("canary-new");
  await expect(secret(2).locator("input")).toHaveAttribute("type", "text");
  await expect(secret(1)).toContainText("Stored, not shown");
  expect(await page.evaluate(() => Array.from(document.querySelectorAll("input"), (input) => input.value).join())).not.toContain("canary-2");
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  expect(sentHosts(server).map(({ password }) => password)).toEqual(["canary-2", "canary-new"]);
});

test("a fault names its row, and its link goes there", async ({ page, form, opened }) => {
  await opened(mill(3));
  await cell(form, 2, "port").fill("99999");
  await cell(form, 3, "host").fill("");
  await form.submit();
  const links = form.summary.getByRole("link");
  await expect(links).toHaveText([/^Host 2, Port: /, /^Host 3, Address: /]);
  await expect(cell(form, 2, "port")).toBeFocused();
  await links.nth(1).click();
  await expect(cell(form, 3, "host")).toBeFocused();
  await expect(cell(form, 3, "host")).toHaveAttribute("aria-invalid", "true");
  // A fault moves with its row.
  await page.keyboard.press("Alt+ArrowUp");
  await expect(links).toHaveText([/^Host 2, Address: /, /^Host 3, Port: /]);
  await expect(cell(form, 3, "port")).toHaveAttribute("aria-invalid", "true");
  await expect(cell(form, 2, "port")).not.toHaveAttribute("aria-invalid", "true");
});

test("Enter in a cell of JSON is a new line; in a line of text it submits as everywhere", async ({ page, form, opened }) => {
  const server = await opened(mill(1, { extras: { first: { a: 1 } } }));
  const content = form.field("extras").locator("textarea");
  await content.fill("");
  await content.pressSequentially('{"a":');
  await page.keyboard.press("Enter");
  await page.keyboard.type("2}");
  await expect(content).toHaveValue('{"a":\n2}');
  expect(server.calls.filter(({ method }) => method === "PUT")).toEqual([]);
  await content.fill("{");
  await content.blur();
  await expect(form.field("extras").locator(".jf-fault")).toContainText("JSON");
  await content.fill('{"a":[2]}');
  await cell(form, 1, "host").press("Enter");
  await expect(form.status).toHaveAttribute("data-state", "done");
  expect(server.calls.findLast(({ method }) => method === "PUT").body.extras).toEqual({ first: { a: [2] } });
});

/** Notes from now on which rows change, by what their address was. */
const observe = (form) => form.root.evaluate((element) => {
  window.touched = [];
  for (const row of element.querySelectorAll('[data-field="hosts"] .jf-row')) {
    const name = row.querySelector("input").value.split(".")[0];
    new MutationObserver((changes) => changes.forEach(({ type, attributeName }) => window.touched.push(`${name} ${attributeName ?? type}`)))
      .observe(row, { attributes: true, childList: true, characterData: true, subtree: true });
  }
});
const touched = (page) => page.evaluate(() => window.touched.splice(0));

test("of 200 rows a keystroke touches none, and a new one its neighbour's button", async ({ page, form, opened }) => {
  await opened(mill(200));
  await expect(hosts(form).locator(".jf-row")).toHaveCount(200);
  await form.submit();
  await observe(form);
  await cell(form, 100, "host").focus();
  await page.keyboard.type("x");
  expect(await touched(page)).toEqual([]);
  await hosts(form).getByRole("button", { name: "Add row Host" }).click();
  await expect(cell(form, 201, "host")).toBeFocused();
  expect(await touched(page)).toEqual(["h200 disabled"]);
  await page.keyboard.type("y");
  expect(await touched(page)).toEqual([]);
  await cell(form, 100, "port").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(cell(form, 99, "port")).toBeFocused();
  const moved = new Set((await touched(page)).map((change) => change.split(" ")[0]));
  expect([...moved].sort()).toEqual(["h100", "h99"]);
});

test("what rows cost does not grow with the rows before them", async ({ form, opened }) => {
  const cost = async (count) => {
    await opened(mill(1));
    return form.root.evaluate(async (element, record) => {
      let made = 0;
      const real = document.createElement;
      document.createElement = function (...given) { made += 1; return real.apply(this, given); };
      element.record = record;
      const name = () => element.querySelector('[data-field="name"] input')?.value;
      while (name() !== record.name) await new Promise(requestAnimationFrame);
      delete document.createElement;
      return made;
    }, mill(count, { name: `mill-of-${count}` }));
  };
  const [none, half, all] = [await cost(0), await cost(100), await cost(200)];
  expect(all - half).toBe(half - none);
});

test("axe and 320 px: rows, many choices, numbers with a meaning", async ({ page, form, opened }) => {
  await form.open("mill", "workshop");
  await axe(page, "empty", "rows-empty");
  await opened(mill(2, { extras: { first: { a: 1 } } }));
  await axe(page, "filled", "rows-filled");
  await cell(form, 2, "host").fill("");
  await form.choose(form.field("versions"), []);
  await form.submit();
  await expect(form.summary.getByRole("link")).toHaveCount(2);
  await axe(page, "with faults", "rows-faults");
  await page.setViewportSize({ width: 320, height: 640 });
  const [wide, window] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
  expect(wide).toBeLessThanOrEqual(window);
  await axe(page, "narrow", "rows-narrow");
});
