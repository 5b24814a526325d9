// The demo page: a host like any other. It knows no API and no connection type; both come from the bundles that
// apis.json lists, the shipped ones and an invented one through the same door.
import { byId, make } from "./demo/dom.js";
import { startLooks } from "./demo/look.js";
import { ReplyPanel } from "./demo/reply.js";
import { RequestPanel } from "./demo/request.js";
import { SavedPanel } from "./demo/saved.js";
import { Settings, sandboxSettings } from "./demo/settings.js";

const form = document.querySelector("jackfield-form");
const reply = new ReplyPanel();

async function start() {
  const { JackfieldFormElement, say } = await loadPackage().catch((cause) => {
    throw new Error("The package could not be loaded. Build it with “cargo xtask build”, then reload.", { cause });
  });
  const [entries, sandbox] = await Promise.all([fetch("/apis.json").then((answer) => answer.json()), sandboxSettings()]);
  const jackfield = await JackfieldFormElement.shared();
  const added = await Promise.allSettled(entries.map(({ bundle }) => jackfield.add(new URL(bundle, location.href))));
  const apis = new Map(jackfield.apis().map((api) => [api.id, api]));
  const choices = entries.map((entry, at) => ({ entry, api: apis.get(added[at].value) })).filter(({ api }) => api);
  if (choices.length) new Demo({ jackfield, say, choices, sandbox });
  // One bundle with a mistake does not take the others along.
  const broken = added.find(({ status }) => status === "rejected");
  if (broken) throw broken.reason;
}

/** The form, and the list of what is saved, which is an entry of its own. */
async function loadPackage() {
  const [form] = await Promise.all([import("/pkg/index.js"), import("/pkg/list.js")]);
  return form;
}

class Demo {
  #jackfield;
  #say;
  #choices;
  #choice;
  #settings;
  #request = new RequestPanel(form, (setting) => this.#settings?.label(this.#choice, setting));
  #saved = new SavedPanel(() => this.#settings.of(this.#choice));
  /** The saved connection that is open for editing. */
  #edited = null;

  constructor({ jackfield, say, choices, sandbox }) {
    this.#jackfield = jackfield;
    this.#say = say;
    this.#choices = choices;
    this.#settings = new Settings(sandbox, () => this.#settingsChanged());
    this.#listen();
    this.#drawChoices();
    const [api, type] = location.hash.slice(1).split("/").map(decodeURIComponent);
    this.#choose(choices.find((choice) => choice.api.id === api) ?? choices[0], type);
    byId("settings").hidden = false;
    byId("settings").open = !sandbox;
  }

  #listen() {
    for (const name of ["change", "success", "refusal"]) form.addEventListener(`jackfield-${name}`, () => this.#request.refresh());
    // A form that opens or closes is new content of the element.
    new MutationObserver(() => this.#request.refresh()).observe(form, { childList: true });
    form.addEventListener("jackfield-type", () => this.#entitle("New connection"));
    form.addEventListener("jackfield-success", ({ connection, status }) => this.#succeeded(connection, status));
    for (const name of ["refusal", "test"]) form.addEventListener(`jackfield-${name}`, ({ status }) => reply.show(status.state, this.#say(status), status.message));
    // The list puts the connection into the form after the event.
    byId("saved").addEventListener("jackfield-open", ({ operation, connection }) => queueMicrotask(() => this.#opened(operation, connection)));
    byId("saved").addEventListener("jackfield-delete", ({ connection }) => this.#deleted(connection));
    byId("fresh").addEventListener("click", () => this.#startAfresh());
    byId("settings-form").addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", () => this.#followHash());
  }

  #drawChoices() {
    const radios = this.#choices.map((choice) => {
      const input = make("input", { type: "radio", name: "api", value: choice.api.id, onchange: () => this.#choose(choice) });
      return make("label", {}, input, make("span", { textContent: choice.api.title }));
    });
    byId("apis").append(...radios);
    byId("apis").hidden = false;
  }

  /** Shows this API, and a type of it or the choice of types. */
  #choose(choice, type = null) {
    if (choice !== this.#choice) {
      this.#choice = choice;
      for (const radio of byId("apis").querySelectorAll("input")) radio.checked = radio.value === choice.api.id;
      this.#settings.draw(byId("settings-form"), choice);
      this.#configure();
      this.#saved.show();
    }
    this.#startAfresh(type);
  }

  /** An empty form of this type, or the choice of types. */
  #startAfresh(type = null) {
    const known = this.#jackfield.types(this.#choice.api.id);
    form.record = null;
    form.operation = null;
    form.type = known.some(({ id }) => id === type) ? type : null;
    reply.clear();
    this.#entitle("New connection");
  }

  /** Says what the form is for. `edited`: the saved connection that it changes. */
  #entitle(title, { edited = null, note = "" } = {}) {
    this.#edited = edited;
    byId("form-title").textContent = title;
    byId("copied-from").hidden = !note;
    byId("copied-from").textContent = note;
    byId("fresh").hidden = !form.type;
    const hash = [this.#choice.api.id, form.type].filter(Boolean).map(encodeURIComponent).join("/");
    if (location.hash.slice(1) !== hash) history.replaceState(null, "", `#${hash}`);
    this.#request.refresh();
  }

  #followHash() {
    const [api, type] = location.hash.slice(1).split("/").map(decodeURIComponent);
    const choice = this.#choices.find((choice) => choice.api.id === api);
    if (choice && (choice !== this.#choice || (type || null) !== (form.type || null))) this.#choose(choice, type);
  }

  /** The list has put a saved connection into the form: to change it, to test it, or as a new one. */
  #opened(operation, connection) {
    const name = nameOf(connection);
    reply.show("done", `“${name}” was read.`);
    if (operation === "update") this.#entitle(`Edit “${name}”`, { edited: connection });
    else if (operation === "test") this.#entitle(`Test “${name}”`);
    else this.#entitle("New connection", { note: `A copy of “${name}”. Saving it makes a new connection; the first stays as it is.` });
    byId("form-title").scrollIntoView();
  }

  /** What is deleted is no longer open. */
  #deleted({ id, type }) {
    if (id === this.#edited?.id && type === this.#edited.type) this.#startAfresh(type);
  }

  #succeeded(connection, status) {
    // After a test nothing is saved.
    if (!connection) return reply.show("done", this.#say(status), status.message);
    const { id, name, type } = connection;
    const title = this.#jackfield.types(this.#choice.api.id).find((known) => known.id === type)?.title ?? type;
    reply.show(status.message ? "partly" : "done", `Saved: “${name}” (${title})${id && id !== name ? ` is connection ${id}` : ""}.`, status.message);
    // A form that made something new is empty again; one that changed something still holds it.
    if (this.#edited) this.#entitle(`Edit “${nameOf(connection)}”`, { edited: connection });
    else this.#entitle("New connection");
    // The list follows the saves of its form as long as it is shown.
    if (!this.#saved.shown) this.#saved.show();
  }

  #settingsChanged() {
    this.#configure();
    this.#saved.forget();
    this.#request.refresh();
  }

  #configure() {
    Object.assign(form, this.#settings.of(this.#choice));
    byId("where").textContent = this.#settings.where(this.#choice);
  }
}

startLooks();

const nameOf = ({ id, name }) => name || `Connection ${id}`;

start().catch((error) => {
  byId("problem").textContent = error.message;
  byId("problem").hidden = false;
});
