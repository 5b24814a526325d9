// A secret is in the request's body, in the property of its control, and nowhere else.
import { ofType } from "../chosen.mjs";
import { expect, test, types } from "../fixtures.mjs";
import { openForm } from "../open-form.mjs";

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

test("no trace of a secret in the page, the draft, the preview and the events of any type, all in one page", async ({ page, demo, watch }) => {
  await page.addInitScript(() => {
    window.events = [];
    const keep = (event) => window.events.push(JSON.stringify(Object.fromEntries(Object.getOwnPropertyNames(event).map((name) => [name, event[name]]))));
    for (const name of ["change", "submit", "success", "refusal", "type"]) document.addEventListener(`jackfield-${name}`, keep);
  });
  // What is not to be looked at need not be painted.
  await page.setViewportSize({ width: 320, height: 240 });
  await demo.open(null);
  for (const { api, type, values } of secretive) {
    await openForm(page, { api: api.api, type });
    const { shown, texts } = await page.evaluate(fill, Object.fromEntries(Object.entries(values).filter(([, value]) => !value?.file)));
    expect(shown, `${api.api} ${type}: what is typed is in its control`).toBe(true);
    for (const [where, text] of Object.entries(texts)) expect(text.includes("canary"), `${api.api} ${type}: ${where}`).toBe(false);
  }
  expect(watch.heard.join("\n")).not.toContain("canary");
});

/** In the page: fills the form that is open; gives whatever a page, a host or a log can read. */
async function fill(values) {
  const form = document.querySelector("jackfield-form");
  form.step({ do: "fill", values });
  for (const section of form.querySelectorAll("details")) section.open = true;
  // The page around the form draws its request in the next frame.
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  const shown = Array.from(form.querySelectorAll("input, textarea")).some((control) => control.value.includes("canary"));
  const texts = {
    markup: document.documentElement.outerHTML,
    text: document.body.innerText,
    events: window.events.splice(0).join("\n"),
    draft: JSON.stringify(form.draft),
    preview: JSON.stringify(form.preview()),
    kept: JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie + location.href + JSON.stringify(history.state),
  };
  return { shown, texts };
}
