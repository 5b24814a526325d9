import { expect, test, typeOf } from "../fixtures.mjs";

// How a request is signed in: the host chooses among the ways that the API documents, and no plan holds any of it.

const ways = [
  { name: "bearer, if nothing is said", how: {}, token: "t0ken", header: "Bearer t0ken", asked: 1 },
  { name: "basic", how: { auth: "basic" }, header: `Basic ${Buffer.from("tök:n").toString("base64")}`, asked: 1 },
  { name: "the session cookie", how: { auth: "cookie" }, header: undefined, asked: 0 },
  { name: "a parameter of the address", how: { auth: { query: "api_token" } }, header: undefined, query: "api_token=t%C3%B6k%3An", asked: 1 },
  { name: "nothing", how: { auth: "none" }, header: undefined, asked: 0 },
];

for (const { name, how, token = "tök:n", header, query, asked } of ways) {
  test(`signed in by ${name}`, async ({ page, host }) => {
    const requests = [];
    await page.route("**/team/1/connections*", (route) => {
      requests.push(route.request());
      return route.fulfill({ json: [] });
    });
    await host("bare.html");
    const seen = await page.evaluate(async ({ how, secret }) => {
      const { load } = await import("/pkg/core.js");
      const jackfield = await load();
      const api = await jackfield.add("/pkg/apis/chartbrew.json");
      let asked = 0;
      let credentials = "";
      const real = globalThis.fetch;
      globalThis.fetch = (request) => { credentials = request.credentials; return real(request); };
      const token = () => { asked += 1; return secret; };
      const outcome = await jackfield.run(api, "list", { base_url: location.origin, team_id: 1 }, { ...how, token });
      globalThis.fetch = real;
      return { asked, credentials, state: outcome.state };
    }, { how, secret: token });
    expect(seen).toEqual({ asked, credentials: how.auth === "cookie" ? "include" : "omit", state: "done" });
    const [request] = requests;
    const headers = await request.allHeaders();
    expect(headers.authorization).toBe(header);
    expect(new URL(request.url()).search).toBe(query ? `?${query}` : "");
  });
}

test("the form signs in by the way that its page chose", async ({ page, host, watch }) => {
  watch.allow(/status of 400/);
  const headers = [];
  await page.route("**/team/*/connections", (route) => {
    headers.push(route.request().headers().authorization);
    return route.fulfill({ status: 400, json: { message: "No." } });
  });
  const form = await host("bare.html");
  await form.root.evaluate((element) => {
    element.auth = "basic";
    element.token = () => "jo:pw";
  });
  await form.fill(typeOf("postgres").values);
  await form.submit();
  await expect(form.status).toContainText("No.");
  expect(headers).toEqual([`Basic ${Buffer.from("jo:pw").toString("base64")}`]);
});
