// Datafor where something is wrong or special: faults, answers of its server, tests, clones, ways to sign in.
import { axe } from "../axe.mjs";
import { caseOf, cases, changes, control, fill, found, listener, put, ready, shown, test } from "../datafor.mjs";
import { expect, sent } from "../fixtures.mjs";

for (const { name, type, values, at, or = at, says } of cases.wrong) {
  test(`datafor, wrong: ${name}`, async ({ page, datafor }) => {
    const { root, form, result } = await datafor();
    const added = sent(page, "POST", "/connection/add");
    await ready(root, caseOf(type, "5432"));
    await fill(root, Object.entries(values));
    await form.submit();
    await expect(result).toHaveAttribute("data-state", "invalid");
    const wrong = (await found(root, at)).or(await found(root, or)).and(page.locator("[aria-invalid=true]"));
    await expect(wrong.first()).toBeFocused();
    await expect(wrong.first()).toHaveAccessibleDescription(new RegExp(`${says}$`));
    await expect(root.locator("[aria-invalid=true]")).toHaveCount(await wrong.count());
    expect(added).toEqual([]);
  });
}

for (const { name, answer, ...says } of cases.answers) {
  test(`datafor, answered: ${name}`, async ({ page, datafor, sandbox, port, watch }) => {
    watch.allow(/status of 401/);
    const one = caseOf("POSTGRESQL", port, `Answered ${name}`);
    await put(sandbox, one);
    let instead = "list";
    await page.route("**/api/connection/**", (route) => new URL(route.request().url()).pathname === cases.at + instead ? route.fulfill(answer) : route.fallback());
    const { list, root, form, result } = await datafor();
    const row = list.row(one.body.name);
    await expect(list.root.getByRole("alert")).toContainText(says.list);
    instead = "add";
    await list.button("Try again").press("Enter");
    await expect(row).toBeVisible();
    await ready(root, caseOf("MYSQL", port));
    await form.submit();
    await expect(result).toContainText(says.form);
    await expect(result.locator("b")).toHaveCount(0);
    await expect(control(root, "Password")).toHaveValue("canary-MYSQL");
    for (const [operation, ...buttons] of [["get", "Edit"], ["test", "Test"], ["deletebyname", "Delete", "Really delete"]]) {
      instead = operation;
      for (const button of buttons) await list.button(`${button} ${one.body.name}`).press("Enter");
      // The documented answer to a delete may be empty.
      if (says.deletes && operation === "deletebyname") await expect(row).toHaveCount(0);
      else await expect(row.getByRole("status"), operation).toContainText(says[operation] ?? says.list);
    }
    expect(await shown(sandbox, one.body.name)).toMatchObject({ name: one.body.name });
  });
}

test("datafor, tested: the system's own, one that reaches nobody, and one that is not saved yet", async ({ page, datafor, sandbox, port }) => {
  const { port: silent, stop } = await listener();
  await stop();
  const one = caseOf("POSTGRESQL", silent, "Where nobody listens");
  await put(sandbox, one);
  const { list, root, form, result } = await datafor();
  await list.button("Test Datafor repository").press("Enter");
  await expect(list.row("Datafor repository")).toContainText("The connection works.");
  await list.button("Test Where nobody listens").press("Enter");
  await expect(list.row("Where nobody listens")).toContainText(`127.0.0.1:${silent} refused the connection`);
  await axe(page, "a test that failed");
  await ready(root, caseOf("MYSQL", silent, "Never saved"));
  const tested = root.getByRole("group", { name: "Test connection", exact: true });
  await root.getByRole("button", { name: "Test connection" }).press("Enter");
  await expect(tested).toContainText(`127.0.0.1:${silent} refused the connection`);
  await expect(control(root, "Password")).toHaveValue("canary-MYSQL");
  await control(root, "Port number").fill(String(port));
  await root.getByRole("button", { name: "Test connection" }).press("Enter");
  await expect(tested).toContainText("The connection works.");
  expect(await shown(sandbox, "Never saved")).toMatchObject({ success: false });
});

test("datafor, cloned: refused under a name that is taken, then under its own", async ({ datafor, sandbox, port }) => {
  const one = caseOf("POSTGRESQL", port, "Taken");
  await put(sandbox, one);
  const { list, root, form, result } = await datafor();
  await list.button("Clone Taken").press("Enter");
  await expect(control(root, "Connection")).toHaveValue("Taken");
  await expect(control(root, "Password")).toHaveValue("");
  await form.submit();
  await expect(result).toContainText("The connection Taken already exists");
  await control(root, "Connection").fill("Not taken");
  await form.submit();
  await expect(list.row("Not taken")).toContainText(one.title);
  const [first, second] = [await shown(sandbox, "Taken"), await shown(sandbox, "Not taken")];
  expect(Object.keys(changes(first, second)).sort()).toEqual(["/id", "/name"]);
});

test("datafor: what may not be changed has no edit and no delete", async ({ page, datafor, sandbox, port }) => {
  await put(sandbox, caseOf("POSTGRESQL", port, "To be marked"));
  await page.route("**/connection/list?*", async (route) => {
    const response = await route.fetch();
    const { databaseConnections: [, one], ...rest } = await response.json();
    const marked = cases.marks.map(({ name, with: members }, at) => ({ ...one, id: String(at), name, ...members }));
    await route.fulfill({ response, json: { ...rest, databaseConnections: marked } });
  });
  const { list } = await datafor();
  for (const { name, buttons } of cases.marks) await expect(list.row(name).getByRole("button"), name).toHaveText(buttons);
});

/** Sets both elements of the page as a host does, and lets the list ask again. */
const configure = (page, given) => page.evaluate(({ token, header, ...given }) => {
  for (const element of document.querySelectorAll("jackfield-form, jackfield-list")) {
    Object.assign(element, given);
    if (token !== undefined) element.token = () => token;
    if (header) element.headers = ({ method }) => method === "GET" ? {} : header;
  }
  document.querySelector("jackfield-list").refresh();
}, given);

for (const { name, way, ...words } of cases.ways) {
  test(`datafor, signed in by ${name}; no trace of it in the page`, async ({ page, datafor, sandbox, port, watch }) => {
    // Before the page is told its token, the list asked with another.
    watch.allow(/status of 401/);
    const basic = btoa(`sandbox:${sandbox.token}`);
    const { token, header, cookie = "", query = null } = JSON.parse(JSON.stringify(words).replaceAll("{token}", sandbox.token).replaceAll("{basic}", basic));
    if (cookie) await page.request.get(`/datafor/sandbox-login?token=${sandbox.token}`);
    const { list, root, form, result } = await datafor({ auth: way });
    await expect(list.rows.first().or(list.button("Try again"))).toBeVisible();
    await page.evaluate(() => {
      window.events = [];
      for (const event of ["change", "submit", "success", "refusal"]) {
        document.addEventListener(`jackfield-${event}`, ({ plan, status, connection, field }) => window.events.push(JSON.stringify({ plan, status, connection, field })));
      }
    });
    const requests = [];
    page.on("request", (request) => { if (request.url().includes(cases.at)) requests.push(request); });
    await configure(page, { token });
    await expect(list.row("Datafor repository")).toBeVisible();
    const one = caseOf("DORIS", port, `Signed in by ${name}`);
    await ready(root, one);
    const preview = await root.evaluate((element) => JSON.stringify(element.preview()));
    expect(preview).toContain("curl");
    await form.submit();
    await expect(list.row(one.body.name)).toBeVisible();
    expect(requests.length).toBeGreaterThan(2);
    for (const request of requests) {
      const headers = await request.allHeaders();
      expect(headers.authorization).toBe(header);
      expect(headers.cookie ?? "").toContain(cookie);
      expect(new URL(request.url()).searchParams.get("token")).toBe(query);
    }
    const traces = await page.evaluate(() => [document.documentElement.outerHTML, location.href, ...window.events].join("\n"));
    expect(traces).toContain("/connection/add");
    for (const secret of [sandbox.token, basic, "canary"]) expect((preview + traces + watch.heard.join("\n")).includes(secret)).toBe(false);
  });
}

test("datafor: a header against forged calls is the host's, on everything that changes something", async ({ page, datafor, sandbox, port, watch }) => {
  watch.allow(/status of 403/);
  const answer = await fetch(`${sandbox.url}/datafor/api/csrf/token`, { headers: { authorization: `Bearer ${sandbox.token}` } });
  const csrf = answer.headers.get("x-csrf-token");
  // As the sandbox refuses when it is started with --csrf.
  const refusal = { status: 403, json: { success: false, code: "403", msg: "The header X-CSRF-TOKEN is missing or wrong." } };
  const guarded = [];
  await page.route(({ pathname }) => pathname.startsWith(cases.at), (route) => {
    const request = route.request();
    if (request.method() === "GET") return route.continue();
    const right = request.headers()["x-csrf-token"] === csrf;
    guarded.push([new URL(request.url()).pathname.slice(cases.at.length), right]);
    return right ? route.continue() : route.fulfill(refusal);
  });
  const { list, root, form, result } = await datafor();
  const one = caseOf("TIDB", port, "Guarded");
  await ready(root, one);
  await form.submit();
  await expect(result).toContainText("The header X-CSRF-TOKEN is missing or wrong.");
  await configure(page, { header: { "X-CSRF-TOKEN": csrf } });
  await form.submit();
  await expect(list.row("Guarded")).toBeVisible();
  await list.button("Edit Guarded").press("Enter");
  await control(root, "User").fill("writer");
  await form.submit();
  await expect(result).toHaveAttribute("data-state", "done");
  await list.button("Test Guarded").press("Enter");
  await expect(list.row("Guarded")).toContainText("The connection works.");
  await list.button("Delete Guarded").press("Enter");
  await list.button("Really delete Guarded").press("Enter");
  await expect(list.row("Guarded")).toHaveCount(0);
  expect(guarded).toEqual([["add", false], ["add", true], ["update", true], ["test", true], ["deletebyname", true]]);
});
