// What every framework's app is asked: what came is shown, a change of properties loses nothing, and the element can go and come back.

export default async function steps({ page, expect, form }) {
  const field = (id) => form.locator(`.jf-grid > [data-field="${id}"]`);
  const name = field("name").locator("input");
  const heard = page.locator("#heard");
  const sent = page.locator("#sent");
  await expect(sent).toHaveText("https://api.example.com/team/1/connections");

  await test("an event is heard once", async () => {
    const before = Number(await heard.textContent());
    await name.pressSequentially("s");
    await expect(heard).toHaveText(String(before + 1));
    await expect(page.locator("#changed")).toHaveText("name true");
  });

  await test("what was taken away comes back as its properties say, and no more", async () => {
    await page.getByRole("button", { name: "Hide" }).click();
    await expect(form).toHaveCount(0);
    await page.getByRole("button", { name: "Show" }).click();
    await expect(name).toHaveValue("");
    await expect(field("username").locator("input")).toHaveValue("reporter");
  });

  await test("a change of settings keeps what was typed and is what is sent", async () => {
    await name.fill("Kept");
    await page.getByRole("button", { name: "Team 2" }).click();
    await expect(page.locator("#team")).toHaveText("2");
    await expect(name).toHaveValue("Kept");
    await form.getByRole("button", { name: "Paste a connection string" }).click();
    await form.locator(".jf-paste").getByLabel("Connection string", { exact: true }).fill("postgres://reader@db.example.com/sales");
    await form.getByRole("button", { name: "Fill in" }).click();
    await form.locator(".jf-primary").click();
    await expect(page.locator("#saved")).toHaveText("7 Kept");
    await expect(sent).toHaveText("https://api.example.com/team/2/connections");
  });

  /** Names what went wrong. */
  async function test(what, work) {
    await work().catch((thrown) => {
      throw new Error(`${what}: ${thrown.message}`, { cause: thrown });
    });
  }
}
