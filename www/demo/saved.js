// The saved connections of the chosen API: open one as a copy, delete one after asking once.
import { byId, make } from "./dom.js";

export class Saved {
  #run;
  #types = new Map();
  #open;
  #asking = null;
  #latest = 0;

  /** `run(operation, item)` asks the server; `open(item, record)` puts a record into the form and gives the reason where it cannot. */
  constructor({ run, open }) {
    this.#run = run;
    this.#open = open;
    byId("refresh").addEventListener("click", () => this.refresh());
  }

  /** The titles of the types of the API that is shown from now on. */
  types(infos) {
    this.#types = new Map(infos.map(({ id, title }) => [id, title]));
  }

  async refresh(say = "") {
    const mine = ++this.#latest;
    const outcome = await this.#ask("list");
    // Another API was chosen, or another list asked for, while this answer was on its way.
    if (mine !== this.#latest) return;
    this.#asking = null;
    byId("saved-list").replaceChildren(...(outcome.items ?? []).map((item) => this.#row(item)));
    if (outcome.state !== "done") this.#say(outcome.text);
    else this.#say(say || (outcome.items.length ? "" : "Nothing saved yet."));
  }

  /** After the settings changed: nothing is asked by itself, since the token may be meant for another server. */
  forget() {
    this.#latest++;
    this.#asking = null;
    byId("saved-list").replaceChildren();
    this.#say("The settings changed. Refresh to see what is saved there.");
  }

  #row(item) {
    const name = item.name || `Connection ${item.id}`;
    const row = make("li", {},
      make("span", { className: "name", textContent: name }),
      make("span", { className: "type", textContent: this.#types.get(item.type) ?? item.type }));
    const buttons = make("span", { className: "buttons" });
    row.append(buttons);
    const button = (textContent, label, onclick, className = "") =>
      make("button", { type: "button", textContent, className, "aria-label": label, onclick });
    const rest = () => buttons.replaceChildren(
      button("Open", `Open a copy of ${name}`, () => this.#openCopy(item, name)),
      button("Delete", `Delete ${name}`, ask));
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

  async #openCopy(item, name) {
    const outcome = await this.#ask("get", item);
    if (outcome.state !== "done") return this.#say(outcome.text);
    this.#say(this.#open({ ...item, name }, outcome.record));
  }

  async #delete(item, name) {
    const outcome = await this.#ask("delete", item);
    if (outcome.state !== "done") return this.#say(outcome.text);
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
