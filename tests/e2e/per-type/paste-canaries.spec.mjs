// Whatever is pasted: a password, and what nobody knows, is nowhere on the page but in a masked control and in the name of a kept row.
import { expect, test } from "../fixtures.mjs";
import { openForm } from "../open-form.mjs";

const CANARY = "canary7";
/** Types, each with a scheme of its own. */
const forms = [
  ["mongodb", "chartbrew", "mongodb"], ["postgres", "chartbrew", "postgres"], ["POSTGRESQL", "datafor", "postgresql"],
  ["MSSQLNATIVE", "datafor", "sqlserver"], ["MYSQL", "datafor", "mysql"], ["rabbitMq", "apinizer", "amqp"],
];
const EACH = process.env.JACKFIELD_ALL ? 50 : 20;

/** Numbers from a seed (mulberry32). */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = state + 0x6d2b79f5 | 0;
    let mixed = Math.imul(state ^ state >>> 15, 1 | state);
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
    return ((mixed ^ mixed >>> 14) >>> 0) % below;
  };
}

/** A text with canaries in password positions, in values of unknown parameters, in unknown names and in pieces without a value. */
function textOf(below, own) {
  const pick = (...all) => all[below(all.length)];
  const login = pick(`u:${CANARY}@`, `u:${CANARY}@`, `:${CANARY}@`, "");
  const scheme = pick(...Array(12).fill(own), "postgres", "postgresql+asyncpg", "mysql", "mongodb", "mongodb+srv", "sqlserver", "amqp", "x", "MYSQL");
  const param = () => pick(`zz=${CANARY}`, `${CANARY}=1`, CANARY, `sslpassword=${CANARY}`, `password=${CANARY}`, "sslmode=require", "w=1");
  const params = Array.from({ length: below(4) }, param);
  const url = () => `${scheme}://${login}h.example.com/d${params.length ? "?" : ""}${params.join("&")}`;
  const text = pick(
    url, url, url, url,
    () => `jdbc:${pick("postgresql", "mysql", "other", "mongodb")}://h.example.com/d?${params.join("&")}`,
    () => `jdbc:sqlserver://h.example.com;${["user=u", `password=${CANARY}`, ...params].join(";")}`,
    () => ["Server=h.example.com", "Uid=u", `Pwd=${CANARY}`, ...params].join(";"),
    () => `host=h.example.com user=u password=${CANARY} ${params.join(" ")}`,
    () => `u:${CANARY}@tcp(h.example.com:1)/d?${params.join("&")}`,
    () => `${scheme}://u:${CANARY}@pw@h.example.com/d`,
  )();
  return pick((one) => one, (one) => `export URL="${one}"`, (one) => `url: ${one}`, (one) => `'${one}'`, (one) => ` ${one}\u200b`)(text);
}

/** In the page: pastes texts into the form that is open; gives what leaks after each, and how many filled fields. */
async function paste({ canary, texts }) {
  const form = document.querySelector("jackfield-form");
  const strings = form.querySelector(".jf-strings");
  const button = (name) => [...strings.querySelectorAll("button")].find((one) => one.textContent === name && one.checkVisibility());
  const { port1, port2 } = new MessageChannel();
  const turn = () => new Promise((next) => { port1.onmessage = next; port2.postMessage(0); });
  const until = async (is) => { while (!is()) await turn(); };
  /** Whether every canary in the document is the name of a kept row: `canary7=`, or a member of that name in the preview. */
  const keptName = () => {
    const texts = Array.from(document.querySelectorAll("code, pre, .jf-help, .jf-live, .jf-fault")).map((node) => node.textContent ?? "");
    const named = new RegExp(`${canary}(=|"\\s*:|",|%3D|\\b(?=[&"]|$))`, "g");
    return texts.filter((text) => text.includes(canary)).every((text) => !text.replace(named, "").includes(canary));
  };
  const leaks = () => {
    const found = [];
    // The shown string and the preview name a kept row as the control does.
    if (document.documentElement.outerHTML.includes(canary) && !keptName()) found.push("the document");
    for (const control of document.querySelectorAll("input, textarea, select")) {
      const isName = control.closest(".jf-row [data-field]") === control.closest(".jf-row")?.querySelector("[data-field]");
      if (String(control.value).includes(canary) && control.type !== "password" && !isName) found.push(`the control ${control.id}`);
    }
    const draft = JSON.parse(JSON.stringify(form.draft ?? null), (name, value) =>
      // The names of kept rows are no secrets.
      ["name", "key"].includes(name) ? "" : value);
    if (JSON.stringify(draft).includes(canary)) found.push("the draft");
    if (window.heardEvents.join().includes(canary)) found.push("an event");
    return found;
  };

  const found = [];
  let filled = 0;
  for (const text of texts) {
    if (!strings.querySelector(".jf-paste")?.checkVisibility()) button("Paste a connection string").click();
    await until(() => strings.querySelector(".jf-paste input")?.checkVisibility());
    const input = strings.querySelector(".jf-paste input");
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await until(() => button("Undo") || strings.querySelector(".jf-fault"));
    // The page around the form draws its request before the next frame.
    await new Promise(requestAnimationFrame);
    found.push({ text, leaks: leaks() });
    if (button("Undo")) {
      filled += 1;
      button("Undo").click();
    } else input.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
  }
  return { found, filled };
}

test(`${EACH} texts with canaries in each of ${forms.length} types`, async ({ page, demo, watch }) => {
  await page.addInitScript(() => {
    window.heardEvents = [];
    for (const name of ["change", "submit", "success", "error", "refusal", "test", "type", "cancel"]) {
      document.addEventListener(`jackfield-${name}`, (event) => window.heardEvents.push(JSON.stringify(event.detail ?? null)), true);
    }
  });
  // What is not to be looked at need not be painted.
  await page.setViewportSize({ width: 320, height: 240 });
  await demo.open(null);
  for (const [index, [type, api, own]] of forms.entries()) {
    const below = numbers(index + 1);
    await openForm(page, { api, type });
    const { found, filled } = await page.evaluate(paste, { canary: CANARY, texts: Array.from({ length: EACH }, () => textOf(below, own)) });
    expect(found.filter(({ leaks }) => leaks.length), `${api} ${type}`).toEqual([]);
    expect(filled, `${api} ${type}`).toBeGreaterThan(3);
  }
  expect(watch.heard.join("\n")).not.toContain(CANARY);
});
