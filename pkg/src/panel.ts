import type { Action, FieldView, Form, Plan, Reply, Status, Step, TestStatus, TypeWords, Value } from "./contract.js";
import { carriedOf } from "./carry.js";
import type { Desk } from "./controls/control.js";
import { reasonOf } from "./errors.js";
import { Frame, type Look } from "./frame.js";
import { whilePressed } from "./press.js";
import { say, size } from "./words.js";

/** What an open form needs from its element. */
export interface PanelHost extends Look {
  send(plan: Plan, signal: AbortSignal): Promise<Reply>;
  list(): Promise<string[] | string>;
  /** Opens a new form with what was typed, after the engine stopped. */
  rescue(values: Record<string, Value>): void;
  changed(field: string): void;
  /** False where the page stopped it. */
  submitting(plan: Plan): boolean;
  succeeded(status: Status): void;
  refused(status: Status): void;
  tested(status: TestStatus): void;
}

/** One open form on the page: draws the engine's steps and carries out what they ask for. */
export class Panel {
  readonly frame: Frame;
  readonly #host: PanelHost;
  readonly #form: Form;
  readonly #owned: { form?: string };
  readonly #press: ReturnType<typeof whilePressed>;
  /** How each field was opened, to know what the user changed. */
  readonly #opened: Map<string, string>;
  readonly #changed = new Set<string>();
  /** Fields that the user did something to since the form was opened. */
  readonly #touched = new Set<string>();
  /** The fields of the last fill. */
  #filled: string[] = [];
  #status: Status = { state: "editing", code: "editing" };
  #request: AbortController | null = null;
  #testing: AbortController | null = null;
  #drawing = false;
  #broken = "";
  #closed = false;
  /** What the engine was told when it stopped. */
  #failed: Action | null = null;

  /** `opened`: how the fields were opened, where the form was on the page before. */
  constructor(host: PanelHost, form: Form, type: TypeWords, opened?: Map<string, string>) {
    this.#host = host;
    this.#form = form;
    // An id that no form has: inputs with it belong to no form at all, not even to one around the element.
    this.#owned = host.nested ? { form: `${host.id}-alone` } : {};
    const first = form.view();
    this.frame = new Frame(host, this.#owned, type, first.fields, {
      submit: () => this.submit(),
      cancel: () => this.cancel(),
      test: () => this.test(),
      cancelTest: () => this.#testing?.abort(),
      list: () => host.list(),
      follow: () => this.act({ do: "follow" }),
      fill: (values) => this.act({ do: "fill", values }),
      undo: () => this.act({ do: "undo" }),
      curl: () => this.#broken ? undefined : form.preview().curl,
      retry: () => host.rescue(this.#values()),
      desk: (field, id) => this.#desk(field, id),
    });
    this.#press = whilePressed(this.frame.root);
    this.#opened = opened ?? new Map(first.fields.map((view) => [view.field, JSON.stringify(view.value)]));
    for (const view of first.fields) this.#compare(view.field);
    if (first.status) this.#status = first.status;
    this.frame.status(this.#status, false);
    this.frame.test(first.test ?? null);
  }

  get busy(): boolean {
    return this.#request !== null;
  }

  /** Whether any request is under way, a test too. */
  get waiting(): boolean {
    return this.busy || this.#testing !== null;
  }

  get opened(): Map<string, string> {
    return this.#opened;
  }

  /** Whether a field holds something else than when the form was opened. */
  get dirty(): boolean {
    return this.#changed.size > 0;
  }

  /** One action in, one step drawn. Throws what the engine throws. */
  step(action: Action, typing = false): Step {
    const step = this.#form.step(action);
    if (action.do === "reset") this.#forget();
    this.#draw(step, typing && "field" in action ? action.field : undefined);
    if (action.do === "reset" || step.status?.state === "done") this.#restart();
    return step;
  }

  /** The same for what the user does: an engine that throws is shown, not thrown at the page. False where nothing was done. */
  act(action: Action, typing = false): boolean {
    if (this.#broken || this.#closed) return false;
    try {
      this.step(action, typing);
    } catch (thrown) {
      this.#break(thrown, action);
      return false;
    }
    let fields = "field" in action && action.do !== "leave" ? [action.field] : [];
    if (action.do === "fill") fields = this.#filled = Object.keys(action.values);
    if (action.do === "undo") [fields, this.#filled] = [this.#filled, []];
    for (const field of fields) this.#note(field);
    return true;
  }

  /** Submits, unless a request is under way. */
  submit(): void {
    if (this.busy || this.#closed || this.#justSaved || this.#host.readOnly) return;
    if (this.#broken) return this.frame.announce(this.#broken);
    this.#press.forget();
    for (const field of this.frame.fields.values()) field.mask(false);
    try {
      const { plan, faults } = this.#form.preview();
      if (plan && !faults.length && !this.#host.submitting(plan)) return;
      if (this.#closed || this.busy) return;
      this.#settle(this.step({ do: "submit" }));
    } catch (thrown) {
      this.#break(thrown);
    }
  }

  /** Tests the connection as it stands, unless that is under way. */
  test(): void {
    if (this.#testing || this.#broken || this.#closed) return;
    this.#press.forget();
    try {
      this.#tell(this.step({ do: "test" }));
    } catch (thrown) {
      this.#break(thrown);
    }
  }

  /** Whether nothing was edited since a save: the engine sends nothing then, so the page need not be asked. */
  get #justSaved(): boolean {
    return this.#status.state === "done"
      && Array.from(this.frame.fields).every(([id, { view }]) => JSON.stringify(view.value) === this.#opened.get(id));
  }

  /** Gives up the request that is under way; what was typed stays. */
  cancel(): void {
    this.#request?.abort();
  }

  suggest(lists: Readonly<Record<string, readonly string[]>>): void {
    for (const [id, field] of this.frame.fields) if (Object.hasOwn(lists, id)) field.suggest(lists[id] ?? []);
  }

  /** Opens the advanced sections that hold something else than a new form does. */
  openLoaded(plain: readonly FieldView[]): void {
    const usual = new Map(plain.map((view) => [view.field, content(view)]));
    for (const section of this.frame.sections) {
      const loaded = section.fields.some(({ view, words }) => view.shown && content(view) !== usual.get(words.id));
      if (loaded) section.open();
    }
  }

  /** What was typed and has a meaning under another type; never a secret. */
  carried(): Record<string, Value | undefined> {
    const fields = Array.from(this.#changed, (id) => this.frame.fields.get(id));
    return Object.fromEntries(fields.flatMap((field) => field ? carriedOf(field.words, field.view) : []));
  }

  /** Lays values over what the form holds, as far as it has such fields and they fit. */
  lay(values: Readonly<Record<string, unknown>>): void {
    for (const [id, value] of Object.entries(values)) {
      const field = this.frame.fields.get(id);
      const { options } = field?.words ?? {};
      if (!field || value === undefined || options && !options.some((option) => (typeof option === "string" ? option : option.value) === value)) continue;
      try {
        this.step({ do: "set", field: id, value: value as Value });
        this.#compare(id);
      } catch {
        // A value of another shape belongs to another field of the same name.
      }
    }
  }

  focus(): void {
    Array.from(this.frame.fields.values()).find(({ view }) => view.shown && view.enabled)?.focus();
  }

  close(): void {
    this.#closed = true;
    this.cancel();
    this.#testing?.abort();
    this.frame.root.remove();
  }

  #draw(step: Step, typing?: string): void {
    this.#drawing = true;
    try {
      for (const view of step.fields) this.frame.fields.get(view.field)?.update(view, view.field === typing);
      if (step.fields.length) this.frame.update();
    } finally {
      this.#drawing = false;
    }
    if (step.send) void (step.send.operation === "test" && this.#host.operation !== "test" ? this.#try(step.send) : this.#deliver(step.send));
    if (step.status) this.#status = step.status;
    if (step.test === null) this.#testing = this.#testing?.abort() ?? null;
    if (step.test !== undefined) this.frame.test(step.test);
    if (step.status || step.send) this.frame.status(this.#status, this.busy);
  }

  /** What follows a submit or a reply: say it once, and go where something is to be corrected. */
  #settle(step: Step, own = true): void {
    const status = step.status ?? this.#status;
    if (status.state === "editing") return;
    this.frame.announce([say(status, this.#host.words), status.message].filter(Boolean).join(" "));
    if (status.state === "busy" || !own) return;
    this.frame.showFaults(status.faults ?? []);
    if (status.state === "done") this.#host.succeeded(status);
    if (status.state === "refused" || status.state === "lost") this.#host.refused(status);
  }

  async #deliver(plan: Plan): Promise<void> {
    const request = this.#request = new AbortController();
    try {
      const reply = await this.#host.send(plan, request.signal);
      if (this.#request !== request) return;
      this.#request = null;
      if (this.#closed) return;
      const step = this.step({ do: "settle", id: plan.id, reply });
      // A step that follows a saved connection is not a second success, but may fail.
      this.#settle(step, plan.operation === this.#host.operation);
      if (step.status?.offers?.includes("files")) this.#host.refused(step.status);
    } catch (thrown) {
      if (!this.#closed) this.#break(thrown);
    }
  }

  /** A test goes its own way: what is saved meanwhile does not wait for it. */
  async #try(plan: Plan): Promise<void> {
    const request = this.#testing = new AbortController();
    try {
      const reply = await this.#host.send(plan, request.signal);
      if (this.#testing !== request) return;
      this.#testing = null;
      if (!this.#closed) this.#tell(this.step({ do: "settle", id: plan.id, reply }));
    } catch (thrown) {
      if (!this.#closed) this.#break(thrown);
    }
  }

  /** What follows a test or its reply. */
  #tell({ test }: Step): void {
    if (!test) return;
    this.frame.announce([say(test, this.#host.words), test.message].filter(Boolean).join(" "));
    if (test.state === "busy") return;
    this.frame.showFaults(test.faults ?? []);
    this.#host.tested(test);
  }

  /** Nobody waits for the request under way any more. */
  #forget(): void {
    const request = this.#request;
    this.#request = null;
    request?.abort();
  }

  #desk(field: string, id: string, at?: () => { row: number; column: string }): Desk {
    const { text, words } = this.#host;
    const act = (action: { do: "set"; value: Value } | { do: "leave" }, typing = false) => {
      const where = at?.();
      // A row that was removed may still have something to say.
      if (where?.row !== -1) this.act({ ...action, field, ...where }, typing);
    };
    return {
      id,
      name: id,
      inRow: at !== undefined,
      readOnly: this.#host.readOnly,
      saved: this.#host.saved,
      owned: this.#owned,
      text: (what, params) => text(what, params),
      say: (fault) => say(fault, words),
      size: (bytes) => size(bytes, words),
      set: (value, typing) => act({ do: "set", value }, typing),
      leave: () => {
        // Redrawing may take the focus from a part that goes away: nobody left.
        // A field that was only passed through is not wrong yet.
        if (this.#drawing || !this.#touched.has(field)) return;
        this.#press.after(() => act({ do: "leave" }));
      },
      row: (action) => this.act({ ...action, field }),
      cell: (key, column, row) => this.#desk(field, `${id}-${key}-${column}`, () => ({ row: row(), column })),
      announce: (sentence) => this.frame.announce(sentence),
    };
  }

  #note(field: string): void {
    this.#touched.add(field);
    this.#compare(field);
    this.#host.changed(field);
  }

  /** Whether a field holds something else than when the form was opened. */
  #compare(field: string): void {
    const now = JSON.stringify(this.frame.fields.get(field)?.view.value);
    if (now === this.#opened.get(field)) this.#changed.delete(field);
    else this.#changed.add(field);
  }

  #restart(): void {
    this.#changed.clear();
    this.#touched.clear();
    this.#press.forget();
    for (const [id, field] of this.frame.fields) this.#opened.set(id, JSON.stringify(field.view.value));
    this.frame.restart();
  }

  /** Nothing may be sent by an engine that cannot judge it: the form says so and keeps what was typed. */
  #break(thrown: unknown, action?: Action): void {
    this.#request = null;
    this.#broken = this.#host.text("engine_failed");
    this.#failed = action ?? null;
    this.frame.fail(this.#broken, reasonOf(thrown, this.#host.words));
    this.frame.announce(this.#broken);
  }

  #values(): Record<string, Value> {
    const views = Array.from(this.frame.fields, ([id, { view }]): [string, Value] => [id, view.value]);
    const last: [string, Value][] = this.#failed?.do === "set" && this.#failed.row === undefined
      ? [[this.#failed.field, this.#failed.value]] : [];
    return Object.fromEntries([...views.filter(([, value]) => typed(value)), ...last]);
  }
}

/** A value as text, to compare; what is blank is alike. */
function content({ value }: FieldView): string {
  return value === "" || Array.isArray(value) && !value.length ? "null" : JSON.stringify(value);
}

/** Something that was entered and that the page still has. */
function typed(value: Value): boolean {
  // The engine keeps a file's content to itself.
  return value !== null && value !== "" && (typeof value !== "object" || Array.isArray(value));
}
