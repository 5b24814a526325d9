import type { Fault, FieldView, FieldWords, Operation, Status, TestStatus, TypeWords, Value } from "./contract.js";
import type { Desk } from "./controls/control.js";
import { button, make, set, write } from "./dom.js";
import type { Field } from "./field.js";
import { drawCurl, drawStrings } from "./later.js";
import { drawHead, drawSection, type Section } from "./layout.js";
import { drawStatus, type StatusHost } from "./status.js";
import { drawSummary, type Line } from "./summary.js";
import { drawTrial } from "./trial.js";
import { say, told, type Words } from "./words.js";

/** What decides how a form looks. */
export interface Look {
  /** Unique on the page. */
  readonly id: string;
  readonly operation: Operation;
  /** Inside a form of the host: a group, since forms do not nest. */
  readonly nested: boolean;
  readonly words: Words;
  readonly icons: string | null;
  /** What the product of the connections is called in English. */
  readonly product: string;
  /** Goes back to the picker; null where the type was not picked here. */
  readonly change: (() => void) | null;
  readonly settings: readonly FieldWords[];
  /** Whether the API can test a connection as it stands. */
  readonly testable: boolean;
  /** Whether it shows a connection that is saved. */
  readonly saved: boolean;
  /** Nothing can be edited or saved. */
  readonly readOnly: boolean;
  /** Offers the request as a command for a shell. */
  readonly dryRun: boolean;
  text(what: string, params?: Record<string, string | number>): string;
}

/** What the frame asks for. */
export interface FrameHost {
  submit(): void;
  cancel(): void;
  test(): void;
  cancelTest(): void;
  list: StatusHost["list"];
  follow(): void;
  /** Sets fields in one step. False where the form takes no action any more. */
  fill(values: Record<string, Value>): boolean;
  /** Puts the fields of the last `fill` back. */
  undo(): boolean;
  /** The request as a command for a shell, once there is one. */
  curl(): string | undefined;
  retry(): void;
  desk(field: string, id: string): Desk;
}

/** Everything around and between the fields: head, sections, status, buttons, announcements. */
export class Frame {
  readonly root: HTMLElement;
  readonly fields = new Map<string, Field>();
  readonly sections: readonly Section[];
  readonly #look: Look;
  readonly #status: ReturnType<typeof drawStatus>;
  readonly #summary: ReturnType<typeof drawSummary>;
  readonly #trial: ReturnType<typeof drawTrial> | null;
  readonly #primary: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #note: HTMLElement;
  readonly #strings: ReturnType<typeof drawStrings> | null;
  readonly #live = make("p", { class: "jf-aside jf-live", role: "status" });

  constructor(look: Look, owned: { form?: string }, type: TypeWords, views: readonly FieldView[], host: FrameHost) {
    this.#look = look;
    const byId = new Map(views.map((view) => [view.field, view]));
    let count = 0;
    this.sections = type.sections.map((section) =>
      drawSection(section, byId, (field) => host.desk(field, `${look.id}-${++count}`)));
    for (const { fields } of this.sections) for (const field of fields) this.fields.set(field.words.id, field);

    const { text } = look;
    this.#summary = drawSummary((fault) => this.focus(fault));
    this.#status = drawStatus({
      owned, text, say: (status) => say(status, look.words), told: (label) => told(label, look.words), list: host.list, follow: host.follow, retry: host.retry,
    }, this.#summary.root);
    this.#trial = look.testable ? drawTrial({
      owned, text, say: (status) => say(status, look.words), test: host.test, cancel: host.cancelTest,
    }) : null;
    this.#strings = type.strings && !look.readOnly ? drawStrings({
      id: look.id, type, product: look.product, fields: this.fields, words: look.words, saved: look.saved, owned, text, fill: host.fill, undo: host.undo,
      focus: (field) => this.focus({ field, code: "", level: "warning" }), announce: (sentence) => this.announce(sentence),
    }) : null;
    this.#primary = button("jf-primary", "", () => { if (look.nested) host.submit(); },
      { ...owned, type: look.nested ? "button" : "submit" });
    this.#cancel = button("jf-quiet", text("cancel"), host.cancel, { ...owned, hidden: true });
    this.#note = make("p", { class: "jf-note" }, text("required", { mark: "*" }));

    const buttons = make("div", { class: "jf-buttons" }, this.#primary, ...(this.#trial ? [this.#trial.press] : []), this.#cancel);
    const labelled = { class: "jf-form", "aria-labelledby": `${look.id}-title` };
    // Without script a form of this method sends nothing, so a secret can never end up in an address.
    this.root = look.nested ? make("div", { ...labelled, role: "group" })
      : make("form", { ...labelled, novalidate: true, method: "dialog", autocomplete: "off" });
    this.root.append(
      drawHead(type, { id: `${look.id}-title`, icons: look.icons, owned, text, change: look.change }),
      this.#note, ...(this.#strings ? [this.#strings.root] : []), ...this.sections.map((section) => section.root),
      this.#status.root, ...(this.#trial ? [this.#trial.root] : []),
      buttons, this.#live);
    if (look.dryRun && !look.readOnly) void drawCurl({ owned, text, label: text("copy_curl"), give: host.curl }, buttons);
    this.#listen(host);
    this.update();
  }

  /** After fields changed: what depends on several of them. */
  update(): void {
    for (const section of this.sections) section.update();
    this.#strings?.update();
    set(this.#note, "hidden", !Array.from(this.fields.values()).some(({ view }) => view.shown && view.required));
  }

  /** The form begins again with what it holds now. */
  restart(): void {
    for (const field of this.fields.values()) field.mask(true);
    this.#strings?.forget();
  }

  status(status: Status, busy: boolean): void {
    const inside = this.#status.root.matches(":focus-within");
    this.#summary.update((status.faults ?? []).map((fault) => this.#line(fault)));
    this.#status.draw(status);
    this.#buttons(busy, status.offers?.includes("submit") ?? false);
    // An offer that was taken is gone.
    if (inside && !this.#status.root.matches(":focus-within")) (busy ? this.#cancel : this.#primary).focus();
  }

  /** How a test of the connection stands. */
  test(status: TestStatus | null): void {
    this.#trial?.draw(status);
  }

  /** The engine stopped. */
  fail(sentence: string, reason: string): void {
    this.#summary.update([]);
    this.#status.fail(sentence, reason);
    this.#buttons(false, false);
  }

  /** Said once by a screen reader; late enough not to be talked over by a focus that moves now. */
  announce(sentence: string): void {
    write(this.#live, "");
    if (sentence) setTimeout(() => write(this.#live, sentence), 50);
  }

  focus(fault: Fault): void {
    this.#reveal(fault);
    this.fields.get(fault.field)?.focus(fault);
  }

  /** Opens every section that holds a fault and goes to the first one. */
  showFaults(faults: readonly Fault[]): void {
    for (const fault of faults) this.#reveal(fault);
    const first = faults.find((fault) => this.fields.has(fault.field));
    if (first) this.focus(first);
  }

  #reveal(fault: Fault): void {
    this.sections.find(({ fields }) => fields.some((field) => field.words.id === fault.field))?.open();
  }

  #buttons(busy: boolean, again: boolean): void {
    const { text, operation } = this.#look;
    const own = text(`submit_${operation}`);
    write(this.#primary, busy ? text("submitting") : again ? text("submit_again") : own || text("submit"));
    set(this.#primary, "hidden", this.#look.readOnly);
    set(this.#primary, "aria-disabled", busy ? "true" : undefined);
    set(this.root, "aria-busy", busy ? "true" : undefined);
    if (!busy && this.#cancel.matches(":focus")) this.#primary.focus();
    set(this.#cancel, "hidden", !busy);
  }

  #line(fault: Fault): Line {
    const { text, words, settings } = this.#look;
    const field = this.fields.get(fault.field);
    const column = field?.words.columns?.find(({ id }) => id === fault.column);
    const label = (fault.row === undefined ? undefined : field?.words.row) ?? field?.words.label ?? settings.find(({ id }) => id === fault.field)?.label
      ?? text(fault.field === "base_url" ? "base_url" : "form");
    const name = column && fault.row !== undefined
      ? text("at_cell", { label, number: fault.row + 1, column: column.label }) : label;
    return { fault, text: text("fault_of", { label: name, sentence: say(fault, words) }), target: field?.target ?? null };
  }

  #listen(host: FrameHost): void {
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      host.submit();
    });
    if (!this.#look.nested) return;
    this.root.addEventListener("keydown", (event) => {
      const { target } = event;
      if (event.key !== "Enter" || event.isComposing) return;
      if (!(target instanceof HTMLInputElement) || target.type === "file") return;
      event.preventDefault();
      host.submit();
    });
  }
}
