/** `<jackfield-list>` as a class. Importing it registers nothing: `index.ts` does. */
import type { Settings } from "./contract.js";
import type { Jackfield } from "./core.js";
import { JackfieldFormElement } from "./element.js";
import { adopt, hold } from "./held.js";
import { startList } from "./list-run.js";
import type { SendHow, TokenProvider, Transport } from "./send.js";
import type { Words } from "./words.js";

/** Node has no elements; importing there must not throw. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** Properties with an accessor: a page may set them before the element is defined. */
const ACCESSORS = ["api", "type", "baseUrl", "apis", "icons", "for", "settings", "words", "jackfield"];

/** The saved connections of an API in light DOM, with search, edit, clone, test and delete where the API has them. */
export class JackfieldListElement extends Base {
  static readonly observedAttributes = ["api", "apis", "type", "base-url", "icons"];

  /** Asked for the sign-in of each request; what it gives is never stored. */
  declare token: TokenProvider | undefined;
  /** Replaces the network. */
  declare transport: Transport | undefined;
  /** Headers for each request. */
  declare headers: SendHow["headers"];
  /** One of the API's ways to sign in; the first if nothing is said. */
  declare auth: SendHow["auth"];
  /** The credentials mode of each request. */
  declare credentials: RequestCredentials | undefined;
  /** Seconds; instead of the time limit in the API's description. */
  declare timeout: number | undefined;

  static {
    hold(this.prototype);
  }

  readonly #list = startList(this, () => JackfieldFormElement.shared());
  #jackfield: Jackfield | undefined;
  #settings: Settings = {};
  #words: Words | undefined;
  #open = false;
  #waiting = false;

  constructor() {
    super();
    adopt(this, ACCESSORS);
  }

  /** Id of the API; the first one that is known where none is named. */
  get api(): string | null { return this.getAttribute("api"); }
  set api(value: string | null) { this.#reflect("api", value); }

  /**
   * Addresses of API bundles to add first; in the attribute separated by spaces.
   * @default []
   */
  get apis(): readonly string[] { return this.getAttribute("apis")?.split(/\s+/).filter(Boolean) ?? []; }
  set apis(value: readonly string[] | string | null) { this.#reflect("apis", typeof value === "string" ? value : value?.join(" ")); }

  /** Only connections of this type; all where none is named. */
  get type(): string | null { return this.getAttribute("type"); }
  set type(value: string | null) { this.#reflect("type", value); }

  /** Id of the `<jackfield-form>` in which connections are opened, and whose saves the list follows. */
  get for(): string | null { return this.getAttribute("for"); }
  set for(value: string | null) { this.#reflect("for", value); }

  /** Where the API is. */
  get baseUrl(): string | null { return this.getAttribute("base-url"); }
  set baseUrl(value: string | null) { this.#reflect("base-url", value); }

  /** A folder of `<slug>.svg` files instead of the package's own. */
  get icons(): string | null { return this.getAttribute("icons"); }
  set icons(value: string | null) { this.#reflect("icons", value); }

  /**
   * What the API documents beside its address, such as a team's id.
   * @default {}
   */
  get settings(): Settings { return this.#settings; }
  set settings(value: Settings | null | undefined) {
    this.#settings = { ...value };
    this.#later();
  }

  /** Sentences that replace those of its language, which is that of the nearest `lang` around it or on it. */
  get words(): Words | undefined { return this.#words; }
  set words(value: Words | null | undefined) {
    this.#words = value ?? undefined;
    this.#list.speech.again();
  }

  /** The engine; by default the one that all elements of the page share. */
  get jackfield(): Jackfield | undefined { return this.#jackfield; }
  set jackfield(value: Jackfield | null | undefined) {
    this.#jackfield = value ?? undefined;
    this.#later();
  }

  /** The form that `for` names. */
  get form(): JackfieldFormElement | null {
    return document.getElementById(this.for ?? "") as JackfieldFormElement | null;
  }

  /** Asks again; what is shown stays until the answer is here. */
  refresh(): void { void this.#list.load(); }

  /** Gives up asking. */
  cancel(): void { this.#list.cancel(); }

  connectedCallback(): void {
    document.addEventListener("jackfield-success", this.#saved);
    if (!this.#open) this.#later();
  }

  disconnectedCallback(): void {
    document.removeEventListener("jackfield-success", this.#saved);
    // A move by hand is a removal and an insertion in one go; only what is still out afterwards has left.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#open = false;
      this.#list.close();
      this.#list.speech.ignore();
      this.replaceChildren();
    });
  }

  attributeChangedCallback(_: string, before: string | null, after: string | null): void {
    if (before !== after) this.#later();
  }

  readonly #saved = ({ target }: Event) => {
    if (target === this.form) this.refresh();
  };

  /** Several properties that change together ask once. */
  #later(): void {
    if (this.#waiting || !this.isConnected) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      if (!this.isConnected) return;
      this.#open = true;
      this.#list.open();
    });
  }

  #reflect(name: string, value: string | null | undefined): void {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "jackfield-list": JackfieldListElement;
  }
}
