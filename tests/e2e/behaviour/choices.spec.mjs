// Several of many, and numbers with a meaning of their own.
import { expect } from "../fixtures.mjs";
import { mill, test } from "../workshop.mjs";

const written = (server) => server.calls.findLast(({ body }) => body).body;
const box = (form, field, name) => form.field(field).getByRole("checkbox", { name, exact: true });

test("what is checked is sent, in the order of the options", async ({ page, form, server }) => {
  await form.open("mill", "workshop");
  await expect(form.field("versions")).toHaveRole("group");
  await expect(form.field("versions")).toHaveAccessibleName(/^Versions/);
  await expect(form.field("versions").getByRole("checkbox")).toHaveCount(3);
  await expect(box(form, "versions", "TLS 1.0")).toHaveAccessibleDescription("Old and weak.");
  await form.set("name", "m1");
  const address = form.field("hosts").locator('[data-field="host"] input');
  if (!(await address.count())) await form.field("hosts").getByRole("button", { name: /^Add/ }).click();
  await address.fill("h.example.com");
  await box(form, "versions", "TLS 1.2").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Space");
  await expect(box(form, "versions", "TLS 1.3")).toBeChecked();
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  expect(written(server)).toMatchObject({ versions: ["TLS_1_3", "TLS_1_2"], events: [] });
});

test("none of those that are needed is a fault on the group", async ({ page, form, opened }) => {
  await opened(mill(1));
  const group = form.field("versions");
  await box(form, "versions", "TLS 1.3").uncheck();
  await form.submit();
  await expect(group.locator(".jf-fault")).not.toBeEmpty();
  await expect(group).toHaveAccessibleDescription(/At least one\. .+/);
  await expect(box(form, "versions", "TLS 1.3")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(group.locator(".jf-fault")).toHaveCount(0);
});

test("a stored value that is no option stays until it is unchecked", async ({ form, opened }) => {
  const server = await opened(mill(1, { versions: ["SSL_2_0", "TLS_1_2"] }));
  await expect(box(form, "versions", "SSL_2_0")).toBeChecked();
  await form.set("speed", "10");
  await form.submit();
  await expect.poll(() => server.calls.filter(({ body }) => body).length).toBe(1);
  expect(written(server).versions).toEqual(["SSL_2_0", "TLS_1_2"]);
  await box(form, "versions", "SSL_2_0").uncheck();
  await form.submit();
  await expect.poll(() => server.calls.filter(({ body }) => body).length).toBe(2);
  expect(written(server).versions).toEqual(["TLS_1_2"]);
});

test("a number outside the limits has its meaning beside it", async ({ form, opened }) => {
  const server = await opened(mill(1, { speed: 5 }));
  const speed = form.control("speed");
  await expect(form.field("speed")).toContainText("-1: As the controller says");
  await expect(speed).toHaveAccessibleDescription("rpm Of the spindle. -1: As the controller says 0: Stopped");
  const offered = speed.evaluate(({ list }) => Array.from(list.options, ({ value, label }) => [value, label]));
  expect(await offered).toEqual([["-1", "As the controller says"], ["0", "Stopped"]]);
  await speed.fill("-2");
  await speed.blur();
  await expect(speed).toHaveAttribute("aria-invalid", "true");
  await speed.fill("-1");
  await expect(speed).not.toHaveAttribute("aria-invalid", "true");
  await form.submit();
  await expect(form.status).toHaveAttribute("data-state", "done");
  expect(written(server).speed).toBe(-1);
});
