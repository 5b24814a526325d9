// Several of many, and numbers with a meaning of their own.
import { expect } from "../fixtures.mjs";
import { mill, test } from "../workshop.mjs";

const written = (server) => server.calls.findLast(({ body }) => body).body;
const box = (demo, field, name) => demo.field(field).getByRole("checkbox", { name, exact: true });

test("what is checked is sent, in the order of the options", async ({ page, demo, server }) => {
  await demo.open("mill", "workshop");
  await expect(demo.field("versions")).toHaveRole("group");
  await expect(demo.field("versions")).toHaveAccessibleName(/^Versions/);
  await expect(demo.field("versions").getByRole("checkbox")).toHaveCount(3);
  await expect(box(demo, "versions", "TLS 1.0")).toHaveAccessibleDescription("Old and weak.");
  await demo.set("name", "m1");
  const address = demo.field("hosts").locator('[data-field="host"] input');
  if (!(await address.count())) await demo.field("hosts").getByRole("button", { name: /^Add/ }).click();
  await address.fill("h.example.com");
  await box(demo, "versions", "TLS 1.2").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Space");
  await expect(box(demo, "versions", "TLS 1.3")).toBeChecked();
  await demo.submit();
  await expect(demo.status).toHaveAttribute("data-state", "done");
  expect(written(server)).toMatchObject({ versions: ["TLS_1_3", "TLS_1_2"], events: [] });
});

test("none of those that are needed is a fault on the group", async ({ page, demo, opened }) => {
  await opened(mill(1));
  const group = demo.field("versions");
  await box(demo, "versions", "TLS 1.3").uncheck();
  await demo.submit();
  await expect(group.locator(".jf-fault")).not.toBeEmpty();
  await expect(group).toHaveAccessibleDescription(/At least one\. .+/);
  await expect(box(demo, "versions", "TLS 1.3")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(group.locator(".jf-fault")).toHaveCount(0);
});

test("a stored value that is no option stays until it is unchecked", async ({ demo, opened }) => {
  const server = await opened(mill(1, { versions: ["SSL_2_0", "TLS_1_2"] }));
  await expect(box(demo, "versions", "SSL_2_0")).toBeChecked();
  await demo.set("speed", "10");
  await demo.submit();
  await expect.poll(() => server.calls.filter(({ body }) => body).length).toBe(1);
  expect(written(server).versions).toEqual(["SSL_2_0", "TLS_1_2"]);
  await box(demo, "versions", "SSL_2_0").uncheck();
  await demo.submit();
  await expect.poll(() => server.calls.filter(({ body }) => body).length).toBe(2);
  expect(written(server).versions).toEqual(["TLS_1_2"]);
});

test("a number outside the limits has its meaning beside it", async ({ demo, opened }) => {
  const server = await opened(mill(1, { speed: 5 }));
  const speed = demo.control("speed");
  await expect(demo.field("speed")).toContainText("-1: As the controller says");
  await expect(speed).toHaveAccessibleDescription("rpm Of the spindle. -1: As the controller says 0: Stopped");
  const offered = speed.evaluate(({ list }) => Array.from(list.options, ({ value, label }) => [value, label]));
  expect(await offered).toEqual([["-1", "As the controller says"], ["0", "Stopped"]]);
  await speed.fill("-2");
  await speed.blur();
  await expect(speed).toHaveAttribute("aria-invalid", "true");
  await speed.fill("-1");
  await expect(speed).not.toHaveAttribute("aria-invalid", "true");
  await demo.submit();
  await expect(demo.status).toHaveAttribute("data-state", "done");
  expect(written(server).speed).toBe(-1);
});
