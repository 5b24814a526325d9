// One saved connection per type, where the API's data has an update: listed, read back, edited, deleted.
import { ofType } from "../chosen.mjs";
import { expect, sent, test, types } from "../fixtures.mjs";

const row = (page, name) => page.locator("jackfield-list .jf-entry").filter({ hasText: name });

for (const { api, type, title, values, body, stored = {} } of types.filter(({ api }) => api.edits)) {
  test(`${api.api} ${type}: saved, listed, read back, edited, deleted`, ofType(api.api, type), async ({ page, demo }) => {
    const name = `${values.name}-edited`;
    const puts = sent(page, "PUT", api.sent);
    await demo.open(type, api.api);
    await demo.fill({ ...values, name });
    await demo.submit();
    await expect(row(page, name)).toContainText(title);
    await row(page, name).getByRole("button", { name: `Edit ${name}` }).click();
    await expect(page.locator("#form-title")).toHaveText(`Edit “${name}”`);
    await demo.set(api.edits, "Changed");
    // What the server did not show is typed again.
    for (const field of Object.keys(values).filter((id) => stored[id] === null)) {
      const replace = demo.field(field).getByRole("button", { name: "Replace" });
      if (await replace.isVisible()) await replace.click();
      await demo.set(field, values[field]);
    }
    await demo.submit();
    await expect(demo.status).toContainText(`“${name}” was saved.`);
    expect(puts).toEqual([{ ...body, name, [api.edits]: "Changed" }]);
    expect(await demo.stored(name, api)).toMatchObject([{ name, [api.edits]: "Changed" }]);
    await row(page, name).getByRole("button", { name: `Delete ${name}`, exact: true }).click();
    await row(page, name).getByRole("button", { name: /^Really delete/ }).click();
    await expect(row(page, name)).toHaveCount(0);
    expect(await demo.stored(name, api)).toEqual([]);
  });
}
