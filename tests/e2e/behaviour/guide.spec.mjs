// The guide to an API of one's own ends with a working form: its own files, as a reader would save them.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "../fixtures.mjs";
import { FormPage } from "../form-page.mjs";

const guide = await readFile(path.join(import.meta.dirname, "../../../pkg/CUSTOM-APIS.md"), "utf8");
const block = (language) => new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(guide)[1];

test("the page of the guide saves a server, and says what the API does not like", async ({ page, sandbox, watch }) => {
  watch.allow(/status of 422/);
  const files = { "parcels.html": block("html"), "parcels.json": block("json"), "parcels.js": block("js") };
  const types = { html: "text/html", json: "application/json", js: "text/javascript" };
  // The page counts what its policy refuses, as every page of these tests does.
  files["parcels.html"] = files["parcels.html"].replace("<head>", '<head>\n<script src="/csp-count.js"></script>');
  const { headers } = await fetch(`${sandbox.url}/`);
  await page.route("**/parcels/*", (route) => {
    const name = path.basename(new URL(route.request().url()).pathname);
    return route.fulfill({
      body: files[name], contentType: types[name.split(".")[1]], headers: { "content-security-policy": headers.get("content-security-policy") },
    });
  });
  const sent = [];
  const listed = [];
  await page.route("**/api/depots/**", (route) => {
    const request = route.request();
    if (request.method() === "GET") {
      listed.push(new URL(request.url()).pathname);
      return route.fulfill({ json: { servers: [{ id: "s1", kind: "sftp", name: "South" }] } });
    }
    const body = request.postDataJSON();
    sent.push({ method: request.method(), path: new URL(request.url()).pathname, body, token: request.headers().authorization });
    const taken = sent.length === 1;
    return route.fulfill(taken ? { status: 422, json: { message: "One thing is wrong.", faults: [{ at: "/name", say: "This name is taken." }] } }
      : { status: 201, json: { ...body, id: "s1", login: { with: body.login.with, user: body.login.user } } });
  });
  // Where the guide says /jackfield/, the sandbox serves the package at another place.
  await page.route("**/jackfield/**", async (route) => {
    const name = new URL(route.request().url()).pathname.slice("/jackfield/".length);
    await route.fulfill({ path: path.join(import.meta.dirname, "../../../pkg/dist", name) });
  });
  await page.goto("/parcels/parcels.html");
  const form = new FormPage(page, sandbox);
  await form.fill({ name: "North", host: "sftp.example.com", "login.user": "app", "login.password": "canary" });
  await form.submit();
  await expect(form.field("name").locator(".jf-fault")).toHaveText("This name is taken.");
  await form.fill({ name: "South" });
  await form.submit();
  await expect(page.locator("#saved")).toHaveText("Saved: South");
  expect(sent[1]).toEqual({
    method: "POST", path: "/api/depots/berlin/servers", token: "Bearer the token of who is signed in",
    body: { kind: "sftp", name: "South", host: "sftp.example.com", port: 22, login: { with: "password", user: "app", password: "canary" } },
  });
  // "shows them all"
  await page.evaluate(async () => {
    await import("/jackfield/list.js");
    const list = document.createElement("jackfield-list");
    Object.assign(list, { apis: ["parcels.json"], baseUrl: "/api", settings: { depot: "berlin" } });
    document.body.append(list);
  });
  await expect(page.locator("jackfield-list")).toContainText("South");
  expect(listed).toEqual(["/api/depots/berlin/servers"]);
});
