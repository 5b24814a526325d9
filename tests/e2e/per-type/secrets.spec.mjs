// A secret is in the request's body, in the property of its control, and nowhere else.
import { ofType } from "../chosen.mjs";
import { expect, test, types } from "../fixtures.mjs";

const secretive = types.filter(({ values }) => JSON.stringify(values).includes("canary"));

for (const { api, type, values } of secretive) {
  test(`no trace of a secret: ${api.api} ${type}`, ofType(api.api, type), async ({ page, demo, watch }) => {
    const addresses = [];
    page.on("request", (request) => addresses.push(request.url(), JSON.stringify(request.headers())));
    await page.addInitScript(() => {
      window.events = [];
      const keep = (event) => window.events.push(JSON.stringify(Object.fromEntries(Object.getOwnPropertyNames(event).map((name) => [name, event[name]]))));
      for (const name of ["change", "submit", "success", "refusal", "type"]) document.addEventListener(`jackfield-${name}`, keep);
    });
    await demo.open(type, api.api);
    await demo.fill({ ...values, name: `${values.name}-too` });
    await expect(page.locator("#request-view")).toContainText("•••");
    const traces = async () => page.evaluate(() => ({
      markup: document.documentElement.outerHTML,
      text: document.body.innerText,
      events: window.events.join("\n"),
      address: location.href,
      state: JSON.stringify(history.state),
      kept: JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie,
    }));
    const clean = (found) => { for (const [where, text] of Object.entries(found)) expect(text.includes("canary"), where).toBe(false); };
    clean(await traces());
    await page.getByRole("tab", { name: "cURL" }).click();
    await expect(page.locator("#request-view")).toContainText("curl");
    clean(await traces());
    await demo.submit();
    await expect(demo.status).toHaveAttribute("data-state", "done");
    clean(await traces());
    const events = await page.evaluate(() => window.events.length);
    expect(events).toBeGreaterThan(Object.keys(values).length);
    expect(watch.heard.join("\n")).not.toContain("canary");
    expect(addresses.join("\n")).not.toContain("canary");
  });
}
