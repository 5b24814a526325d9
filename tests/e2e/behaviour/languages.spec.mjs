// Words: one table per language, by the nearest lang, replaced and added as data; descriptors translated by key.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { readWords, wrongWords } from "../../../pkg/words.mjs";
import { test as cellar, vat } from "../cellar.mjs";
import { axe } from "../axe.mjs";
import { expect, test } from "../fixtures.mjs";
import { root } from "../sandbox.mjs";

const { languages } = readWords(path.join(root, "locales"));
const english = languages.get("en");
const register = (page, lang, words) => page.evaluate(async ([lang, words]) => {
  const { registerWords } = await import("/pkg/lang.js");
  registerWords(lang, words);
}, [lang, words]);
const setLang = (locator, lang) => locator.evaluate((element, lang) => { element.lang = lang; }, lang);

test.describe("tables", () => {
  test("every language has every sentence, and no other", () => {
    expect([...languages.keys()]).toEqual(["en", "de", "tr", "zh"]);
    for (const [lang, words] of languages) expect(wrongWords(lang, words, english), lang).toEqual([]);
  });

  test("what is missing, too much, or has other placeholders is named", () => {
    const { "fault.required": _, ...german } = languages.get("de");
    const wrong = wrongWords("de", { ...german, "fault.new": "Neu", "fault.minimum": "Mehr als {least}.", "status.saved": "", "element.found.two": "2 Typen" }, english);
    expect(wrong).toEqual([
      "fault.required is missing",
      "fault.minimum has {least} where English has {min}",
      "status.saved has {} where English has {name}",
      "fault.new is not a word of the element",
      "element.found.two is not a word of the element",
    ]);
    const { "element.found.one": __, ...singular } = languages.get("de");
    expect(wrongWords("de", singular, english)).toEqual(["element.found.one is missing"]);
  });

  test("without a page: plurals, numbers, sizes and lists as the language has them", async () => {
    const { say } = await import("../../../pkg/dist/core.js");
    const { registerWords, wordsOf } = await import("../../../pkg/dist/lang.js");
    const { default: de } = await import("../../../pkg/dist/lang/de.js");
    const fault = (code, params) => ({ code, params });
    const size = fault("file_size", { max: 102_400, got: 2_500_000 });
    expect(say(size)).toBe("Choose a file of at most 102.4 kB; this one has 2.5 MB.");
    expect(say(size, de)).toBe("Wählen Sie eine Datei mit höchstens 102,4 kB; diese hat 2,5 MB.");
    expect(say(fault("max_length", { max: 10_000, got: 12_345 }), de)).toBe("Geben Sie höchstens 10.000 Zeichen ein; es sind 12.345.");
    // What is to be typed is shown as it is typed.
    expect(say(fault("maximum", { max: 65_535.5 }), de)).toBe("Geben Sie 65535.5 oder weniger ein.");
    expect(say(fault("starts", { allowed: "a, b, c" }))).toBe("Start with a, b, or c.");
    expect(say(fault("starts", { allowed: "a, b, c" }), de)).toBe("Beginnen Sie mit a, b oder c.");
    expect([1, 2].map((min) => say(fault("min_rows", { min }), de))).toEqual(["Fügen Sie mindestens eine Zeile hinzu.", "Fügen Sie Zeilen hinzu, bis es 2 sind."]);
    registerWords("pl", { "fault.min_rows.few": "Dodaj wiersze, aż będą {min}.", "fault.min_rows.many": "Dodaj wiersze, aż będzie {min}." });
    expect([1, 3, 5].map((min) => say(fault("min_rows", { min }), wordsOf("pl-PL")))).toEqual(["Add at least one row.", "Dodaj wiersze, aż będą 3.", "Dodaj wiersze, aż będzie 5."]);
    // A language that the browser's numbers do not know, and one that is none, are no error.
    registerWords("no such!", { "fault.minimum": "{min}!" });
    expect(say(fault("min_length", { min: 1 }), wordsOf("no such!"))).toBe("Enter at least 1 characters.");
  });
});

test("two languages on one page; what a page in English loads is none of it", async ({ page, host }) => {
  const loaded = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  const plain = await host("bare.html");
  await expect(plain.primary).toHaveText("Save connection");
  expect(loaded.filter((name) => /lang|speech/.test(name))).toEqual([]);
  expect(await plain.root.locator("[lang]").count()).toBe(0);
  const german = await host("languages.html");
  const turkish = german.at(1);
  await expect(german.primary).toHaveText("Verbindung speichern");
  await expect(turkish.primary).toHaveText("Bağlantıyı kaydet");
  await german.submit();
  await turkish.submit();
  await expect(german.field("name").locator(".jf-fault")).toHaveText("Füllen Sie dieses Feld aus.");
  await expect(turkish.field("name").locator(".jf-fault")).toHaveText("Bu alanı doldurun.");
  // The words are in the language of the page around them, so nothing has to be marked.
  expect(await page.locator("jackfield-form [lang]").count()).toBe(0);
  await axe(page, "two languages", "languages");
});

test("another lang is told anew, and what was done stays", async ({ page, host }) => {
  const form = await host("languages.html");
  await expect(form.primary).toHaveText("Verbindung speichern");
  await form.set("name", "Shop");
  await form.set("mode", "form");
  await form.set("host", "no host");
  await form.submit();
  await form.control("name").focus();
  const section = page.locator("section").first();
  await setLang(section, "tr");
  await expect(form.primary).toHaveText("Bağlantıyı kaydet");
  await expect(form.control("name")).toHaveValue("Shop");
  await expect(form.control("name")).toBeFocused();
  await expect(form.field("host").locator(".jf-fault")).toContainText("ana bilgisayar");
  await expect(form.status).toHaveAttribute("data-state", "invalid");
  // Its own lang comes before its ancestors', and is watched too.
  await setLang(form.root, "de");
  await expect(form.primary).toHaveText("Verbindung speichern");
  await form.root.evaluate((element) => { element.removeAttribute("lang"); });
  await expect(form.primary).toHaveText("Bağlantıyı kaydet");
  // One that comes between.
  await setLang(page.locator("section > div").first(), "en");
  await expect(form.primary).toHaveText("Save connection");
  await section.evaluate((element) => { element.firstElementChild.removeAttribute("lang"); element.lang = "de"; });
  await expect(form.primary).toHaveText("Verbindung speichern");
  // Taken elsewhere it speaks what is spoken there; gone, it listens no more.
  await page.evaluate(() => { const main = document.querySelector("main"); main.append(document.querySelector("jackfield-form")); });
  const moved = form.at(1);
  await expect(moved.primary).toHaveText("Save connection");
  await expect(moved.control("name")).toHaveValue("Shop");
});

test("a lang that changes while a request is under way is told after it", async ({ page, host }) => {
  const form = await host("languages.html");
  await form.root.evaluate((element) => { element.transport = () => new Promise((answer) => { window.answer = answer; }); });
  await expect(form.primary).toHaveText("Verbindung speichern");
  await form.set("mode", "form");
  await form.fill({ name: "Shop", host: "db.example.com", dbName: "shop", username: "reader" });
  await form.submit();
  await expect(form.primary).toHaveText("Wird gesendet …");
  await setLang(page.locator("section").first(), "tr");
  await page.evaluate(() => window.answer({ status: 409, type: "application/json", text: "{}" }));
  await expect(form.status).toContainText("Sunucuda böyle bir bağlantı zaten var.");
  await expect(form.primary).toHaveText("Bağlantıyı kaydet");
  await expect(form.control("host")).toHaveValue("db.example.com");
});

test("over the border of a shadow tree", async ({ page, host }) => {
  const form = await host("languages.html");
  await expect(form.primary).toHaveText("Verbindung speichern");
  await page.evaluate(() => {
    const shadow = document.querySelector("section").appendChild(document.createElement("div")).attachShadow({ mode: "open" });
    const form = Object.assign(document.createElement("jackfield-form"), { apis: "/pkg/apis/chartbrew.json", type: "customerio" });
    shadow.append(form);
  });
  const inside = page.locator("section > div >> jackfield-form").last();
  await expect(inside.locator(".jf-primary")).toHaveText("Verbindung speichern");
  await setLang(page.locator("section").first(), "tr");
  await expect(inside.locator(".jf-primary")).toHaveText("Bağlantıyı kaydet");
});

test("a page replaces words, for a language and for one element; a region lies over its language", async ({ page, host }) => {
  const form = await host("languages.html");
  await expect(form.primary).toHaveText("Verbindung speichern");
  await register(page, "de", { "element.submit_create": "Anlegen", "element.cancel": "Halt" });
  await expect(form.primary).toHaveText("Anlegen");
  await register(page, "de-AT", { "element.submit_create": "Anlegen, bitte" });
  await expect(form.primary).toHaveText("Anlegen, bitte");
  await form.root.evaluate((element) => { element.words = { "element.submit_create": "Los" }; });
  await expect(form.primary).toHaveText("Los");
  await form.root.evaluate((element) => { element.words = null; });
  await expect(form.primary).toHaveText("Anlegen, bitte");
  await setLang(page.locator("section").first(), "de-CH");
  await expect(form.primary).toHaveText("Anlegen");
  // English too.
  await register(page, "en", { "element.submit_create": "Create" });
  await setLang(page.locator("section").first(), "en-GB");
  await expect(form.primary).toHaveText("Create");
  // A language of the page's own; what it lacks is English.
  await register(page, "eo", { "element.submit_create": "Konservi" });
  await setLang(page.locator("section").first(), "eo");
  await expect(form.primary).toHaveText("Konservi");
  await expect(form.root).toContainText("Fields marked * are required.");
});

test("a language that nobody gave words for: English, said so once", async ({ page, host, watch }) => {
  watch.allow(/no words for lang="(fr|de_AT)"/);
  const form = await host("bare.html");
  await expect(form.primary).toHaveText("Save connection");
  await page.evaluate(() => {
    document.documentElement.lang = "fr";
    for (const type of ["postgres", "customerio"]) {
      document.querySelector("main").append(Object.assign(document.createElement("jackfield-form"), { apis: "/pkg/apis/chartbrew.json", type }));
    }
  });
  const complaints = () => watch.heard.filter((line) => line.includes("no words"));
  for (const at of [1, 2]) {
    await expect(form.at(at).primary).toHaveText("Save connection");
    // Who listens to the page hears English as English.
    await expect(form.at(at).root.locator(":scope > [lang=en]")).toHaveCount(1);
  }
  await expect.poll(complaints).toHaveLength(1);
  await setLang(form.at(1).root, "de_AT");
  await expect.poll(complaints).toHaveLength(2);
  await setLang(form.at(1).root, "");
  await expect(form.at(1).root.locator(":scope > [lang]")).toHaveCount(0);
  // It is there after all.
  await register(page, "fr", { "element.submit_create": "Enregistrer" });
  await expect(form.at(2).primary).toHaveText("Enregistrer");
  await expect(form.at(2).root.locator(":scope > [lang]")).toHaveCount(0);
  expect(complaints()).toHaveLength(2);
});

const LABELS = {
  "chartbrew/postgres/title": "PostgreSQL-Datenbank",
  "chartbrew/postgres/host/label": "Rechner",
  "chartbrew/postgres/host/help": "Ohne Port.",
  "chartbrew/postgres/sslMode/option/require": "verlangen",
  "chartbrew/mysql/host/label": "Falsch",
  "/Name": "Bezeichnung",
  "/Password": "Passwort",
  "/Chartbrew forces TLS in this mode too. Switch TLS off to connect without it.": "TLS wird auch so erzwungen.",
};

test("the texts of descriptors by their place, or wherever they stand; faults say the translated label", async ({ page, host }) => {
  const bundle = JSON.parse(await readFile(path.join(root, "pkg/dist/apis/chartbrew.json"), "utf8"));
  const { sections } = bundle.types.find(({ id }) => id === "postgres");
  const titled = Object.fromEntries(sections.map(({ title }) => [`chartbrew/postgres/section/${title}`, `Abschnitt ${title}`]));
  const form = await host("languages.html");
  await expect(form.primary).toHaveText("Verbindung speichern");
  await register(page, "de", { ...LABELS, ...titled });
  await expect(form.root.getByRole("heading")).toHaveText("PostgreSQL-Datenbank");
  await form.set("mode", "form");
  await expect(form.root.getByLabel("Rechner", { exact: true })).toHaveAccessibleDescription(/Ohne Port\./);
  await expect(form.root.locator(".jf-legend").first()).toHaveText(/^Abschnitt /);
  await expect(form.field("password").getByRole("button", { name: "Passwort: Anzeigen" })).toBeVisible();
  await form.submit();
  await expect(form.summary).toContainText("Bezeichnung: Füllen Sie dieses Feld aus.");
  await expect(form.summary).toContainText("Rechner: Füllen Sie dieses Feld aus.");
  await form.control("ssl").check();
  await expect(form.field("sslMode").locator('[value="require"] + label, option[value="require"]')).toHaveText("verlangen");
  await form.set("sslMode", "prefer");
  await form.control("name").click();
  await expect(form.field("sslMode").locator(".jf-fault")).toHaveText("TLS wird auch so erzwungen.");
  // The form of the other language is as it was, and what is sent is not translated.
  await expect(form.at(1).root.getByRole("heading")).toHaveText("Customer.io");
  await form.fill({ name: "Shop", host: "db.example.com", dbName: "shop", username: "reader", password: "canary" });
  expect(await form.root.evaluate((element) => element.preview().plan.body)).toMatchObject({ name: "Shop", sslMode: "prefer" });
  await form.root.evaluate((element) => { element.type = null; });
  await form.root.getByRole("searchbox").fill("postgresql");
  await expect(form.root.getByRole("button", { name: "PostgreSQL-Datenbank" })).toBeVisible();
});

cellar("the list, connection strings and what cannot be reached speak it too", async ({ page, opened, cellar: server, watch }) => {
  watch.allow(/status of \d|ERR_/);
  server.vats.set("v1", vat());
  const form = await opened();
  await page.evaluate(async () => { document.documentElement.lang = "zh-CN"; await import("/pkg/lang/zh.js"); });
  const list = page.locator("jackfield-list");
  await list.evaluate((element) => { element.type = null; });
  await expect(list.locator(".jf-count")).toHaveText("1 个连接");
  await expect(list.getByRole("button", { name: "编辑：Vat 1" })).toHaveText("编辑");
  await form.root.getByRole("button", { name: "粘贴连接字符串" }).click();
  await form.root.getByLabel("连接字符串", { exact: true }).fill("mysql:/x");
  await form.root.getByRole("button", { name: "填写", exact: true }).click();
  await expect(form.root.locator(".jf-paste .jf-fault")).toHaveText("第 7 个字符：请在“:”后填写端口，或去掉“:”。");
  await form.root.evaluate((element) => { element.apis = "/cellar/none.json"; });
  server.instead = () => ({ status: 500, body: "" });
  await expect(form.root.getByRole("alert")).toContainText(/无法打开表单：(无法从 http\S+ 加载 API 包。|http\S+ 的 API 包不是 JSON。)/);
  await page.evaluate(() => { document.documentElement.lang = "en"; });
  await expect(form.root.getByRole("alert")).toContainText("The form could not be opened: The API bundle");
  await expect(list.locator(".jf-alert")).toBeVisible();
});
