// One saved connection per type: what is typed, what is sent, what the server holds afterwards. The cases are data.
import { axe } from "../axe.mjs";
import { ofType } from "../chosen.mjs";
import { apis, expect, sent, test, types } from "../fixtures.mjs";

for (const { api, type, title, values, body, stored, link } of types) {
  test(`create: ${api.api} ${type}`, ofType(api.api, type), async ({ page, demo }) => {
    const bodies = sent(page, "POST", api.sent);
    const before = (await demo.stored(values.name, api)).length;
    await demo.open(type, api.api);
    await expect(demo.root.getByRole("heading", { name: title, exact: true })).toBeVisible();
    await demo.fill(values);
    await demo.submit();

    await expect(page.locator("#reply-body")).toContainText(`Saved: “${values.name}” (${title})`);
    await expect(demo.status).toContainText("saved", { ignoreCase: true });
    expect(bodies).toEqual([body]);
    const records = await demo.stored(values.name, api);
    expect(records).toHaveLength(before + 1);
    const newest = records.sort((one, other) => other.id - one.id)[0];
    // A stored member that is null was never answered back, such as a write-only secret.
    const expected = Object.entries({ ...body, ...stored });
    for (const [key, value] of expected) {
      if (value === null) expect(newest[key] ?? null, key).toBeNull();
      else if (typeof value === "object" && !Array.isArray(value)) expect(newest[key], key).toMatchObject(value);
      else expect(newest[key], key).toEqual(value);
    }
    await expect(page.locator("jackfield-list .jf-entry").filter({ hasText: values.name }).first()).toContainText(title);
    if (link) await expect(demo.root.getByRole("link", { name: link })).toHaveAttribute("href", /^https:\/\/accounts\.google\.com\//);
  });
}

// The documents name it once and list no fields, so it has the common ones and a table for all others; the API cannot list it.
test("create: a type that is offered only to hosts that ask for it", async ({ page, demo, watch }) => {
  watch.allow(/status of 400/);
  const bodies = sent(page, "POST", "/");
  const api = apis.find(({ api }) => api === "apinizer");
  await demo.open("ops-genie", api.api);
  await demo.fill({ name: "on-call", description: "Alerts", others: [{ name: "team", value: "{\"region\":\"eu\"}" }, { name: "retries", value: "3" }] });
  await axe(page, "a table of other members");
  await demo.submit();
  await expect(demo.status).toContainText("saved", { ignoreCase: true });
  const expected = { type: "ops-genie", name: "on-call", description: "Alerts", enabled: true, deployToWorker: true, team: { region: "eu" }, retries: 3 };
  expect(bodies).toEqual([expected]);
  expect(await demo.stored("on-call", api)).toMatchObject([expected]);
});
