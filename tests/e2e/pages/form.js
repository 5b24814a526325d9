// A page with a form and nothing else: one API, and what the sandbox has for it.
import { JackfieldFormElement } from "/pkg/index.js";

const asked = new URLSearchParams(location.search);
const json = async (file) => (await fetch(file)).json();
const [entries, sandbox, jackfield] = await Promise.all([json("/apis.json"), json("/sandbox.json"), JackfieldFormElement.shared()]);
const entry = entries.find(({ bundle }) => bundle.endsWith(`/${asked.get("api")}.json`));
const api = await jackfield.add(entry.bundle);
const known = jackfield.apis()[0].settings.filter(({ id }) => id in sandbox);
Object.assign(document.querySelector("jackfield-form"), {
  api,
  type: asked.get("type"),
  baseUrl: new URL(entry.sandbox, location.href).href,
  settings: Object.fromEntries(known.map(({ id }) => [id, sandbox[id]])),
  token: () => sandbox.token,
});
