// The saved connections of the chosen API: read one to change or to copy it, delete one after asking once.
import { byId, make } from "./dom.js";

export class Saved {
  #run;
  #type;
  #open;
  #deleted;
  #api = { operations: [], settings: [] };
  #types = new Map();
  #asking = null;
  #latest = 0;

  /**
   * `run(operation, item)` asks the server; `type()` is the type of the form; `open(operation, item, record)` puts a
   * record into the form and gives the reason where it cannot; `deleted(item)` hears what is gone.
   */
  constructor({ run, type, open, deleted }) {
    this.#run = run;
    this.#type = type;
    this.#open = open;
    this.#deleted = deleted;
    byId("refresh").addEventListener("click", () => this.refresh());
  }

  /** The API that is shown from now on, and the titles of its types. */
  choose(api, infos) {
    this.#api = api;
    this.#types = new Map(infos.map(({ id, title }) => [id, title]));
  }

  /** Whether the API lists one type at a time. */
  get byType() {
    return this.#api.settings.some(({ is }) => is === "type");
  }

  async refresh(say = "") {
    const mine = ++this.#latest;
    const type = this.byType ? this.#type() : null;
    byId("saved-title").textContent = type ? `Saved connections of type ${this.#title(type)}` : "Saved connections";
    if (this.byType && !type) return this.#show([], "Choose a type to see what is saved of it.");
    const outcome = await this.#ask("list");
    // Another API was chosen, or another list asked for, while this answer was on its way.
    if (mine !== this.#latest) return;
    this.#show(outcome.items ?? [], outcome.state !== "done" ? outcome.text : say || (outcome.items.length ? "" : "Nothing saved yet."));
  }

  /** After the settings changed: nothing is asked by itself, since the token may be meant for another server. */
  forget() {
    this.#latest++;
    this.#show([], "The settings changed. Refresh to see what is saved there.");
  }

  #show(items, say) {
    this.#asking = null;
    byId("saved-list").replaceChildren(...items.map((item) => this.#row(item)));
    this.#say(say);
  }

  #title(type) {
    return this.#types.get(type) ?? type;
  }

  #row(item) {
    const name = item.name || `Connection ${item.id}`;
    const row = make("li", {},
      make("span", { className: "name", textContent: name }),
      make("span", { className: "type", textContent: this.#title(item.type) }));
    const buttons = make("span", { className: "buttons" });
    row.append(buttons);
    const button = (textContent, label, onclick, className = "") =>
      make("button", { type: "button", textContent, className, "aria-label": label, onclick });
    const can = (operation) => this.#api.operations.includes(operation);
    const rest = () => buttons.replaceChildren(
      ...(can("update") ? [button("Edit", `Edit ${name}`, () => this.#read("update", { ...item, name }))] : []),
      button("Copy", `Open a copy of ${name}`, () => this.#read("create", { ...item, name })),
      ...(can("delete") ? [button("Delete", `Delete ${name}`, ask)] : []));
    const ask = () => {
      this.#asking?.();
      this.#asking = rest;
      const sure = button("Delete for good", `Delete ${name} for good`, () => this.#delete(item, name), "danger");
      const keep = button("Keep", `Keep ${name}`, () => { rest(); this.#asking = null; buttons.lastChild.focus(); });
      buttons.replaceChildren(sure, keep);
      keep.focus();
    };
    rest();
    return row;
  }

  /** Opens what the server holds; where it gives no single connection, what its list says. */
  async #read(operation, item) {
    let record = item;
    if (this.#api.operations.includes("get")) {
      const outcome = await this.#ask("get", item);
      if (outcome.state !== "done") return this.#say(outcome.text);
      record = outcome.record;
    }
    this.#say(this.#open(operation, item, record));
  }

  async #delete(item, name) {
    const outcome = await this.#ask("delete", item);
    if (outcome.state !== "done") return this.#say(outcome.text);
    this.#deleted(item);
    await this.refresh(`“${name}” is deleted.`);
    byId("refresh").focus();
  }

  async #ask(operation, item) {
    const list = byId("saved-list");
    list.setAttribute("aria-busy", "true");
    try {
      return await this.#run(operation, item);
    } finally {
      list.removeAttribute("aria-busy");
    }
  }

  #say(text) {
    byId("saved-status").textContent = text ?? "";
  }
}
