import type { Draft, Form, Opening, Settings, TypeWords } from "./contract.js";
import type { Jackfield } from "./core.js";
import { addressed, button, make } from "./dom.js";
import type { JackfieldFormElement } from "./element.js";
import { JackfieldError, reasonOf } from "./errors.js";
import {
  JackfieldChangeEvent, JackfieldRefusalEvent, JackfieldSubmitEvent, JackfieldSuccessEvent, JackfieldTestEvent,
} from "./events.js";
import { heldBy } from "./held.js";
import { language, Speech } from "./language.js";
import { Panel } from "./panel.js";
import { drawPicker } from "./picker.js";
import type { SendHow } from "./send.js";
import { lookup, say, type Params } from "./words.js";

/** What an element shows: nothing yet, why it cannot, the picker, or an open form. */
export class Mount {
  panel: Panel | null = null;
  form: Form | null = null;
  /** What the page gave back to go on with. */
  draft: Draft | undefined;
  /** In which words. */
  readonly speech: Speech;
  readonly #element: JackfieldFormElement;
  readonly #id: string;
  readonly #shared: () => Promise<Jackfield>;
  #jackfield: Jackfield | null = null;
  #api = "";
  #type: TypeWords | null = null;
  #nested = false;
  /** How what is shown is drawn anew, and whether that waits for a request to end. */
  #again: (() => void) | undefined;
  #stale = false;
  #end = new AbortController();
  /** Forms of types that the user left for another, and how their fields were opened. */
  readonly #left = new Map<string, { form: Form; opened: Map<string, string> }>();
  /** What was typed under one type and means the same under another. */
  #carried: Record<string, unknown> = {};

  constructor(element: JackfieldFormElement, id: string, shared: () => Promise<Jackfield>) {
    this.#element = element;
    this.#id = id;
    this.#shared = shared;
    this.speech = new Speech(element, () => this.redraw());
  }

  /** Leaves the form for another type; whoever comes back finds everything, unless a request was under way. */
  leave(): void {
    const { panel, form } = this;
    Object.assign(this.#carried, panel?.carried());
    if (panel && form && this.#type && !panel.waiting) {
      this.#left.set(this.#type.id, { form, opened: panel.opened });
      this.form = null;
    }
    this.#stop();
  }

  /** Drops what the user left under other types, secrets included. */
  forget(): void {
    for (const { form } of this.#left.values()) form.free();
    this.#left.clear();
    this.#carried = {};
  }

  /** Opens what the element's properties say. `over`: values that were typed before; `focus`: the user asked for it, and may come back. */
  async open(over: Record<string, unknown> = {}, focus = false): Promise<void> {
    if (focus) this.#stop();
    else this.close();
    const end = this.#end = new AbortController();
    const element = this.#element;
    this.speech.follow();
    this.#show(make("p", { class: "jf-loading", role: "status" }, this.#text("loading")));
    try {
      const jackfield = element.jackfield ?? await this.#shared();
      const added = await Promise.all(element.apis.map((url) => jackfield.add(url)));
      if (end.signal.aborted) return;
      const api = element.api ?? added[0] ?? jackfield.apis()[0]?.id;
      if (!api) throw new JackfieldError("no_api");
      this.#jackfield = jackfield;
      this.#api = api;
      const type = element.type ?? this.draft?.type ?? (element.record && jackfield.identify(api, element.record));
      if (type) this.#open(jackfield, type, over);
      else this.#pick(jackfield, focus);
      if (focus) this.panel?.focus();
    } catch (thrown) {
      if (!end.signal.aborted) this.#fail(thrown, over, focus);
    }
  }

  /** Draws what is shown anew, an open form with everything that is in it. While a request is under way that waits. */
  redraw(): void {
    this.#stale = this.panel?.waiting ?? false;
    if (!this.#stale) this.#again?.();
  }

  /** After a move in the document. */
  moved(): void {
    if (this.#nested !== this.#inForm()) this.redraw();
    this.speech.follow();
  }

  settings(): Settings {
    const { settings, baseUrl } = this.#element;
    return baseUrl ? { ...settings, base_url: addressed(baseUrl) } : settings;
  }

  /** Ends the requests under way, gives the memory of every form back and empties the element, secrets included. */
  close(): void {
    this.#stop();
    this.forget();
  }

  #stop(): void {
    this.#end.abort();
    this.panel?.close();
    this.panel = null;
    this.form?.free();
    this.form = null;
    this.#type = null;
    this.#again = undefined;
  }

  #open(jackfield: Jackfield, id: string, over: Record<string, unknown>): void {
    const { draft } = this;
    const { operation, record, values, secrets, readOnly } = this.#element;
    const type = this.#type = jackfield.describe(this.#api, id, operation);
    const opening: Opening = {
      operation, settings: this.settings(), read_only: readOnly,
      // Who copies a connection need not know its secrets.
      without_secrets: operation === "create",
      ...(values ? { values } : {}), ...(record ? { record } : {}), ...(secrets ? { secrets } : {}), ...(draft ? { draft } : {}),
    };
    const left = this.#left.get(id);
    this.#left.delete(id);
    const form = this.form = left?.form ?? jackfield.open(this.#api, id, opening);
    const panel = this.#draw(form, type, left?.opened);
    if (left) panel.step({ do: "settings", settings: this.settings() });
    panel.lay({ ...this.#carried, ...over });
    if (!values && !record && !draft && !panel.dirty) return;
    const plain = jackfield.open(this.#api, id, { settings: this.settings() });
    panel.openLoaded(plain.view().fields);
    plain.free();
  }

  #draw(form: Form, type: TypeWords, opened?: Map<string, string>): Panel {
    const { words } = this.speech;
    const element = this.#element;
    const jackfield = this.#jackfield as Jackfield;
    const api = jackfield.apis().find(({ id }) => id === this.#api);
    this.#nested = this.#inForm();
    const panel = this.panel = new Panel({
      id: this.#id,
      operation: element.operation,
      nested: this.#nested,
      words,
      product: type.title,
      icons: element.icons,
      change: element.picked ? () => element.pick(null) : null,
      settings: language.fieldsIn(api?.settings ?? [], `${this.#api}/setting`, words),
      saved: Boolean(element.record) && element.operation !== "create",
      readOnly: element.readOnly,
      dryRun: element.dryRun,
      testable: element.operation !== "test" && (api?.operations.includes("test") ?? false),
      text: (what, params) => this.#text(what, params),
      send: (plan, signal) => jackfield.send(plan, this.#how(signal)).finally(() => setTimeout(() => { if (this.#stale) this.redraw(); })),
      list: () => this.#list(jackfield),
      rescue: (values) => void this.open(values, true),
      changed: (field) => element.dispatchEvent(new JackfieldChangeEvent(field, panel.dirty)),
      submitting: (plan) => element.dispatchEvent(new JackfieldSubmitEvent(plan)),
      succeeded: (status) => {
        this.forget();
        this.draft = undefined;
        element.dispatchEvent(new JackfieldSuccessEvent(status));
      },
      refused: (status) => element.dispatchEvent(new JackfieldRefusalEvent(status)),
      tested: (status) => element.dispatchEvent(new JackfieldTestEvent(status)),
    }, form, language.typeIn(type, this.#api, words), opened);
    panel.suggest(element.suggestions);
    this.#show(panel.frame.root, () => {
      panel.close();
      this.#draw(form, type, panel.opened);
    });
    return panel;
  }

  #pick(jackfield: Jackfield, focus: boolean): void {
    const { allowed, hiddenTypes, icons } = this.#element;
    const types = jackfield.types(this.#api).filter((type) => allowed ? allowed.includes(type.id) : hiddenTypes || !type.hidden);
    const picker = drawPicker(language.typesIn(types, this.#api, this.speech.words), {
      id: this.#id,
      owned: this.#inForm() ? { form: `${this.#id}-alone` } : {},
      icons,
      text: (what, params) => this.#text(what, params),
      pick: (type) => this.#element.pick(type),
    });
    this.#show(picker.root, () => this.#pick(jackfield, false));
    if (focus) picker.focus();
  }

  /** In the place of the form and shaped like it: its name, what is wrong, and a button. */
  #fail(thrown: unknown, over: Record<string, unknown>, focus: boolean): void {
    this.close();
    const title = `${this.#id}-title`;
    const again = button("", this.#text("retry"), () => void this.open(over, true));
    this.#show(make("div", { class: "jf-form", role: "group", "aria-labelledby": title },
      make("h2", { class: "jf-title", id: title }, this.#text("untitled")),
      make("p", { class: "jf-alert", role: "alert" }, this.#text("error", { reason: reasonOf(thrown, this.speech.words) })),
      make("div", { class: "jf-buttons" }, again)), () => this.#fail(thrown, over, false));
    if (focus) again.focus();
  }

  async #list(jackfield: Jackfield): Promise<string[] | string> {
    const { words } = this.speech;
    try {
      const outcome = await jackfield.run(this.#api, "list", this.settings(), this.#how(this.#end.signal), undefined, this.#type?.id);
      if (outcome.state !== "done") return say(outcome, words);
      const titles = new Map(language.typesIn(jackfield.types(this.#api), this.#api, words).map((type) => [type.id, type.title]));
      return (outcome.items ?? []).map(({ name, type }) =>
        this.#text("listed", { name, type: titles.get(type) ?? type }));
    } catch (thrown) {
      return reasonOf(thrown, words);
    }
  }

  #how(signal: AbortSignal): SendHow {
    return { ...heldBy(this.#element), signal };
  }

  #text(what: string, params?: Params): string {
    return lookup(`element.${what}`, params, this.speech.words) ?? "";
  }

  #show(node: HTMLElement, again?: () => void): void {
    this.#again = again;
    language.mark(this.speech, node);
    this.#element.replaceChildren(node);
  }

  #inForm(): boolean {
    return this.#element.closest("form") !== null;
  }
}
