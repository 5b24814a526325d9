// The demo page: a host like any other. It knows no API and no connection type; both come from the bundles that
// apis.json lists, the shipped ones and an invented one through the same door.
import { byId, make } from "./demo/dom.js";
import { ReplyPanel } from "./demo/reply.js";
import { RequestPanel } from "./demo/request.js";
import { Saved } from "./demo/saved.js";
import { Settings, sandboxSettings } from "./demo/settings.js";

const form = document.querySelector("jackfield-form");
const reply = new ReplyPanel();

async function start() {
  const { JackfieldFormElement, say } = await import("/pkg/index.js").catch((cause) => {
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

class Demo {
  #jackfield;
  #say;
  #choices;
  #choice;
  #settings;
  #request = new RequestPanel(form, (setting) => this.#settings?.label(this.#choice, setting));
  #saved;
  /** The saved connection that is open for editing. */
  #edited = null;

  constructor({ jackfield, say, choices, sandbox }) {
    this.#jackfield = jackfield;
    this.#say = say;
    this.#choices = choices;
    this.#settings = new Settings(sandbox, () => this.#settingsChanged());
    this.#saved = new Saved({
      run: (operation, item) => this.#run(operation, item),
      type: () => form.type,
      open: (operation, item, record) => this.#openSaved(operation, item, record),
      deleted: (item) => { if (item.id === this.#edited?.id) this.#choose(this.#choice, item.type); },
    });
    form.token = (why) => this.#settings.token(this.#choice, why);
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
    form.addEventListener("jackfield-type", () => {
      this.#typeChosen();
      if (this.#saved.byType) this.#saved.refresh();
    });
    form.addEventListener("jackfield-success", ({ connection, status }) => this.#succeeded(connection, status));
    form.addEventListener("jackfield-refusal", ({ status }) => reply.show(status.state, this.#say(status), status.message));
    byId("fresh").addEventListener("click", () => this.#choose(this.#choice));
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
    this.#choice = choice;
    for (const radio of byId("apis").querySelectorAll("input")) radio.checked = radio.value === choice.api.id;
    const known = this.#jackfield.types(choice.api.id);
    this.#saved.choose(choice.api, known);
    this.#settings.draw(byId("settings-form"), choice);
    this.#sendSettings();
    form.record = null;
    form.operation = null;
    form.api = choice.api.id;
    form.type = known.some(({ id }) => id === type) ? type : null;
    reply.clear();
    this.#typeChosen();
    this.#saved.refresh();
  }

  #typeChosen(edited = null, note = "") {
    this.#edited = edited;
    byId("form-title").textContent = edited ? `Edit “${edited.name}”` : "New connection";
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

  /** Puts a saved record into the form, to change it or as a new one; gives the reason where no form knows its type. */
  #openSaved(operation, item, record) {
    const { name } = item;
    try {
      form.type = this.#jackfield.identify(this.#choice.api.id, record);
    } catch (error) {
      return error.message;
    }
    form.record = record;
    form.operation = operation;
    reply.show("done", `“${name}” was read.`);
    if (operation === "update") this.#typeChosen(item);
    else this.#typeChosen(null, `A copy of “${name}”. Saving it makes a new connection; the first stays as it is.`);
    byId("fresh").focus();
    byId("form-title").scrollIntoView();
    return "";
  }

  #succeeded({ id, name, type }, { message }) {
    const title = this.#jackfield.types(this.#choice.api.id).find((known) => known.id === type)?.title ?? type;
    reply.show(message ? "partly" : "done", `Saved: “${name}” (${title})${id && id !== name ? ` is connection ${id}` : ""}.`, message);
    // A form that made something new is empty again; one that changed something still holds it.
    this.#typeChosen(this.#edited && { id, name, type });
    this.#saved.refresh();
  }

  #settingsChanged() {
    this.#sendSettings();
    this.#saved.forget();
    this.#request.refresh();
  }

  #sendSettings() {
    form.baseUrl = this.#settings.baseUrl(this.#choice);
    form.settings = this.#settings.rest(this.#choice);
    byId("where").textContent = this.#settings.where(this.#choice);
  }

  /** A request outside the form, with its outcome in words. */
  async #run(operation, item) {
    const choice = this.#choice;
    const how = { token: (why) => this.#settings.token(choice, why) };
    try {
      const outcome = await this.#jackfield.run(choice.api.id, operation, this.#settings.all(choice), how, item, item?.type ?? form.type ?? undefined);
      return { ...outcome, text: [this.#say(outcome), outcome.message].filter(Boolean).join(" ") };
    } catch (error) {
      return { state: "lost", text: error.message };
    }
  }
}

start().catch((error) => {
  byId("problem").textContent = error.message;
  byId("problem").hidden = false;
});
