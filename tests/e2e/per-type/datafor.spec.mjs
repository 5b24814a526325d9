// Every database of Datafor as a user meets it: added in the form, found in the list, edited, tested, deleted.
import { axe } from "../axe.mjs";
import { ofType } from "../chosen.mjs";
import { caseOf, cases, changes, control, fill, passwords, pick, shown, test, unfold } from "../datafor.mjs";
import { expect, sent } from "../fixtures.mjs";

test.use({ timezoneId: "Australia/Melbourne" });

for (const { type } of cases.types) {
  test(`datafor ${type}: added, listed, edited, tested, deleted`, ofType("datafor", type), async ({ page, datafor, sandbox, port }) => {
    const { title, offers, values, body, edit, changes: expected } = caseOf(type, port);
    const { list, root, form, result } = await datafor();
    const added = sent(page, "POST", "/connection/add");
    await pick(root, title);
    for (const [label, value] of Object.entries(offers)) await expect(control(root, label)).toHaveValue(value);
    await fill(root, values);
    await axe(page, "filled in and unfolded");
    await form.submit();
    await expect(list.row(body.name)).toContainText(title);
    expect(added).toEqual([body]);

    const before = await shown(sandbox, body.name);
    const { id, password, databaseType, PORT_NUMBER, driverId, CUSTOM_URL, CUSTOM_DRIVER_CLASS, ...kept } = body;
    expect(before).toMatchObject({ ...kept, databaseType: { name: databaseType.name, shortName: databaseType.shortName } });
    await list.button(`Edit ${body.name}`).press("Enter");
    await expect(control(root, "Connection")).toBeFocused();
    await axe(page, "listed, and opened to be edited");
    await unfold(root);
    await fill(root, Object.entries(edit));
    await form.submit();
    await expect(result).toHaveAttribute("data-state", "done");
    const name = expected["/name"] ?? body.name;
    expect(changes(before, await shown(sandbox, name))).toEqual(expected);
    expect(await passwords(sandbox, name)).toContain(edit.Password ?? password);
    if (!edit.Password) expect(await passwords(sandbox, name)).toEqual([password]);

    await list.button(`Test ${name}`).press("Enter");
    await expect(list.row(name)).toContainText("The connection works.");
    await list.button(`Delete ${name}`).press("Enter");
    await expect(list.button(`Keep ${name}`)).toBeFocused();
    expect((await shown(sandbox, name)).id).toBe(before.id);
    await list.button(`Really delete ${name}`).press("Enter");
    await expect(list.row(name)).toHaveCount(0);
    expect(await shown(sandbox, name)).toMatchObject({ success: false });
  });
}
