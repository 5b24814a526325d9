// The saved connections, as the package lists them.
import { byId, make } from "./dom.js";

export class SavedPanel {
  #list = make("jackfield-list", { for: "form" });
  #where;

  /** `where()` is what the list's properties are to be: an API, its address and settings, and how to sign in. */
  constructor(where) {
    this.#where = where;
    byId("refresh").addEventListener("click", () => this.refresh());
  }

  /** Whether what is listed is of the settings as they are now. */
  get shown() {
    return this.#list.isConnected;
  }

  /** Lists what is saved where the settings say. */
  show() {
    Object.assign(this.#list, this.#where());
    byId("saved-status").textContent = "";
    if (!this.shown) byId("saved").append(this.#list);
  }

  /** Asks again. */
  refresh() {
    if (this.shown) this.#list.refresh();
    else this.show();
  }

  /** After the settings changed: nothing is asked by itself, since the token may be meant for another server. */
  forget() {
    this.#list.remove();
    byId("saved-status").textContent = "The settings changed. Refresh to see what is saved there.";
  }
}
