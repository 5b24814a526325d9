/** `<jackfield-form>` as a class. Importing it registers nothing: `define.ts` does. */
import type { Action, Draft, Form, Opening, Operation, Preview, Settings, Step } from "./contract.js";
import { load, type Jackfield } from "./core.js";
import { JackfieldError } from "./errors.js";
import { JackfieldTypeEvent } from "./events.js";
import { adopt, hold } from "./held.js";
import { Mount } from "./mount.js";
import type { SendHow, TokenProvider, Transport } from "./send.js";
import type { Words } from "./words.js";

export * from "./events.js";

/** Node has no elements; importing there must not throw. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** Properties with an accessor: a page may set them before the element is defined. */
const ACCESSORS = [
  "api", "type", "operation", "baseUrl", "apis", "icons", "allowed",
  "settings", "values", "record", "suggestions", "words", "jackfield", "secrets", "hiddenTypes",
  "readOnly", "dryRun", "draft",
];

let shared: Promise<Jackfield> | undefined;
let count = 0;

/** A connection form in light DOM: it asks, checks and sends the request that an API documents. Each attribute is a property too. */
export class JackfieldFormElement extends Base {
  static readonly observedAttributes = [
    "api", "apis", "type", "allowed", "hidden-types", "operation", "secrets", "base-url", "icons", "read-only", "dry-run",
  ];

  /** The engine of every element that is given none of its own: loaded once, and again after a failure. */
  static shared(): Promise<Jackfield> {
    shared ??= load().catch((thrown: unknown) => {
      shared = undefined;
      throw thrown;
    });
    return shared;
  }

  /** Asked for the sign-in of each request; what it gives is never stored. */
  declare token: TokenProvider | undefined;
  /** Replaces the network. */
  declare transport: Transport | undefined;
  /** Headers for each request. */
  declare headers: SendHow["headers"];
  /** One of the API's ways to sign in; the first that its data names, if nothing is said. */
  declare auth: SendHow["auth"];
  /** The credentials mode of each request. */
  declare credentials: RequestCredentials | undefined;
  /** Seconds; instead of the time limit in the API's description. */
  declare timeout: number | undefined;

  static {
    hold(this.prototype);
  }

  readonly #mount = new Mount(this, freeId(), () => JackfieldFormElement.shared());
  #jackfield: Jackfield | undefined;
  #settings: Settings = {};
  #values: Record<string, unknown> | undefined;
  #record: Record<string, unknown> | undefined;
  #suggestions: Readonly<Record<string, readonly string[]>> = {};
  #words: Words | undefined;
  #picked: string | null = null;
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
  get apis(): readonly string[] { return words(this.getAttribute("apis")); }
  set apis(value: readonly string[] | string | null) { this.#reflect("apis", joined(value)); }

  /** The connection type; where none is named, the user picks one here. */
  get type(): string | null { return this.#picked ?? this.getAttribute("type"); }
  set type(value: string | null) {
    // The attribute may be as it was while the user picked another type.
    if (this.#picked) this.#later();
    this.#picked = null;
    // A page that says which type begins anew; only the user's own change of type takes along what was typed.
    this.#mount.forget();
    this.#reflect("type", value);
  }

  /** The types that the picker offers; all that are not hidden where it is null. */
  get allowed(): readonly string[] | null {
    return this.hasAttribute("allowed") ? words(this.getAttribute("allowed")) : null;
  }
  set allowed(value: readonly string[] | string | null) { this.#reflect("allowed", joined(value)); }

  /** Whether the picker offers hidden types too, where `allowed` is null. */
  get hiddenTypes(): boolean { return this.hasAttribute("hidden-types"); }
  set hiddenTypes(value: boolean) { this.toggleAttribute("hidden-types", Boolean(value)); }

  /** Whether nothing can be edited or saved. */
  get readOnly(): boolean { return this.hasAttribute("read-only"); }
  set readOnly(value: boolean) { this.toggleAttribute("read-only", Boolean(value)); }

  /** Whether a button copies the request as a command for a shell, secrets hidden. */
  get dryRun(): boolean { return this.hasAttribute("dry-run"); }
  set dryRun(value: boolean) { this.toggleAttribute("dry-run", Boolean(value)); }

  /**
   * What submitting does: `create`, `update` or `test`.
   * @default "create"
   */
  get operation(): Operation { return (this.getAttribute("operation") ?? "create") as Operation; }
  set operation(value: Operation | null) { this.#reflect("operation", value); }

  /** What an update does with a stored secret that nobody typed anew; null: what is usual for the API. */
  get secrets(): Opening["secrets"] | null { return this.getAttribute("secrets") as Opening["secrets"] | null; }
  set secrets(value: Opening["secrets"] | null) { this.#reflect("secrets", value); }

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
    this.#configure();
  }

  /** Values to open with. They take effect at once unless the user has typed already. */
  get values(): Record<string, unknown> | undefined { return this.#values; }
  set values(value: Record<string, unknown> | null | undefined) {
    this.#values = value ?? undefined;
    if (!this.dirty && !this.busy) this.#later();
  }

  /** What was typed so far, without secrets and files, as plain JSON to keep; null while no form is open. Set it to go on with it. */
  get draft(): Draft | null { return this.form?.draft() ?? null; }
  set draft(value: Draft | null | undefined) {
    this.#mount.draft = value ?? undefined;
    this.#later();
  }

  /** A saved connection as the API answers it. */
  get record(): Record<string, unknown> | undefined { return this.#record; }
  set record(value: Record<string, unknown> | null | undefined) {
    if (value === this.#record) return;
    this.#record = value ?? undefined;
    this.#later();
  }

  /**
   * Suggestions by field id.
   * @default {}
   */
  get suggestions(): Readonly<Record<string, readonly string[]>> { return this.#suggestions; }
  set suggestions(value: Readonly<Record<string, readonly string[]>> | null | undefined) {
    this.#suggestions = { ...value };
    this.#mount.panel?.suggest(this.#suggestions);
  }

  /** Sentences that replace those of its language, which is that of the nearest `lang` around it or on it. */
  get words(): Words | undefined { return this.#words; }
  set words(value: Words | null | undefined) {
    this.#words = value ?? undefined;
    this.#mount.speech.again();
  }

  /** The engine; by default the one that all elements of the page share. */
  get jackfield(): Jackfield | undefined { return this.#jackfield; }
  set jackfield(value: Jackfield | null | undefined) {
    if (value === this.#jackfield) return;
    this.#jackfield = value ?? undefined;
    this.#later();
  }

  /** Whether a field holds something else than when the form was opened. */
  get dirty(): boolean { return this.#mount.panel?.dirty ?? false; }

  /** Whether a request is under way. */
  get busy(): boolean { return this.#mount.panel?.busy ?? false; }

  /** The open form of the engine. */
  get form(): Form | null { return this.#mount.form; }

  /** The type that the user picked here. */
  get picked(): string | null { return this.#picked; }

  /** Submits, as the button does. */
  submit(): void { this.#mount.panel?.submit(); }

  /** Tests the connection as it stands, as the button does; the form stays open meanwhile. */
  test(): void { this.#mount.panel?.test(); }

  /** Gives up the request under way; what was typed stays. */
  cancel(): void { this.#mount.panel?.cancel(); }

  /** Back to how the form was opened. */
  reset(): void {
    this.#mount.forget();
    this.#mount.panel?.act({ do: "reset" });
  }

  /** The request as it would be sent, secrets hidden unless `reveal`; null while no form is open. */
  preview({ reveal = false } = {}): Preview | null { return this.form?.preview(reveal) ?? null; }

  /** One action of the host. Throws where the engine refuses it. */
  step(action: Action): Step {
    if (!this.#mount.panel) throw new JackfieldError("no_form");
    return this.#mount.panel.step(action);
  }

  /**
   * Picks a type as if the user had, or goes back to the list. What was typed and is no secret is taken along, and a type
   * that is picked again is as it was left, secrets and files too.
   */
  pick(type: string | null): void {
    this.#picked = type;
    this.#mount.draft = undefined;
    this.dispatchEvent(new JackfieldTypeEvent(type));
    this.#mount.leave();
    void this.#mount.open({}, true);
  }

  connectedCallback(): void {
    if (this.#open) this.#mount.moved();
    else this.#later();
  }

  /** A move without leaving the document keeps everything. */
  connectedMoveCallback(): void {
    this.#mount.moved();
  }

  disconnectedCallback(): void {
    // A move by hand is a removal and an insertion in one go; only what is still out afterwards has left.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#open = false;
      this.#mount.close();
      this.#mount.speech.ignore();
      this.replaceChildren();
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after) return;
    if (name === "base-url") return this.#configure();
    if (name === "icons" || name === "dry-run") return this.#mount.redraw();
    // A type belongs to its API.
    if (name === "type" || name === "api") this.#picked = null;
    this.#later();
  }

  /** Several properties that change together open one form. */
  #later(): void {
    if (this.#waiting || !this.isConnected) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      if (!this.isConnected) return;
      this.#open = true;
      void this.#mount.open();
    });
  }

  #configure(): void {
    this.#mount.panel?.act({ do: "settings", settings: this.#mount.settings() });
  }

  #reflect(name: string, value: string | null | undefined): void {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }
}

/** An id that nothing on the page starts with, another copy of this package included. */
function freeId(): string {
  do count += 1; while (globalThis.document?.querySelector(`[id^="jf${count}-"]`));
  return `jf${count}`;
}

function words(text: string | null): string[] {
  return text?.split(/\s+/).filter(Boolean) ?? [];
}

function joined(value: readonly string[] | string | null | undefined): string | null {
  return typeof value === "string" ? value : value?.join(" ") ?? null;
}

declare global {
  interface HTMLElementTagNameMap {
    "jackfield-form": JackfieldFormElement;
  }
}
