/** Connection strings in a form: one that is pasted fills the fields, and the fields show the one that they make. */
import type { Fault, FieldView, FieldWords, TypeWords, Value } from "./contract.js";
import type { Desk } from "./controls/control.js";
import { copyWords, drawCopy } from "./copy.js";
import { button, make, set, write } from "./dom.js";
import { reasonOf } from "./errors.js";
import { drawField, type Field } from "./field.js";
import { written, type Spelling } from "./spelling.js";
import { readPasted, startDialect, startPaste, type Pasted, type Paster, type Unreadable } from "./strings.js";
import english from "./strings-words.gen.js";
import { addEnglish, listed, lookup, type Params, type Words } from "./words.js";

/** What pasting needs from the form. */
export interface PasteHost {
  /** Unique on the page. */
  readonly id: string;
  readonly type: TypeWords;
  readonly fields: ReadonlyMap<string, Field>;
  readonly words: Words;
  /** What its product is called in English. */
  readonly product: string;
  readonly owned: { readonly form?: string };
  text(what: string): string;
  /** Whether the form shows what is saved. */
  readonly saved: boolean;
  /** Sets fields in one step. False where the form takes no action any more. */
  fill(values: Record<string, Value>): boolean;
  /** Puts the fields back to how they were before they were filled. */
  undo(): boolean;
  focus(field: string): void;
  announce(sentence: string): void;
}

const EMPTY: FieldView = { field: "", shown: true, enabled: true, required: false, value: "", faults: [] };

/** What is wrong with a text as a whole. */
const WHOLE = new Set(["empty", "nothing_filled"]);

/** Draws it into `root`, below the button that opens it. */
export function drawPaste(host: PasteHost, root: HTMLElement, press: HTMLElement) {
  addEnglish({ ...english, ...copyWords });
  const { words } = host;
  const kinds = host.type.strings ?? [];
  const text = (what: string, params: Params = {}) => lookup(`element.${what}`, params, words) ?? "";
  let typed = "";
  let paster: Paster | undefined;
  /** How the fields are written unless they were filled otherwise. An address of `jdbc` needs a product to be written. */
  let usual: Spelling | undefined;
  /** What the last text was written like. */
  let last: Spelling | undefined;
  /** What to look at again, while a field still holds what was filled in. */
  let warnings: { fault: Fault; value: string }[] = [];

  // It holds passwords, so it is entered as one.
  const asked: FieldWords = { id: "", kind: "secret", label: text("paste_text"), help: text("paste_help") };
  const field = drawField(asked, desk(host, words, (value) => {
    typed = String(value);
    field.update({ ...EMPTY, value }, true);
  }), EMPTY);
  const group = make("div", { class: "jf-paste", role: "group", "aria-label": host.text("paste"), hidden: true },
    field.root, button("", text("paste_fill"), () => void take(), host.owned));
  const note = make("p", { class: "jf-help" });
  const built = make("code", { class: "jf-code" });
  const copy = drawCopy({ owned: host.owned, label: text("copy_string"), text: host.text, give: () => built.textContent ?? undefined });
  const line = make("div", { class: "jf-built", hidden: true },
    make("span", { class: "jf-label" }, text("as_string")), built, copy.press, copy.rest);
  const back = button("jf-quiet", text("undo_fill"), () => undo(), { ...host.owned, hidden: true });
  root.append(group, note, back, line);
  group.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(false);
    if (event.key !== "Enter" || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
    // The form around it is not to be submitted.
    event.preventDefault();
    event.stopPropagation();
    void take();
  });

  const say = (sentence: string) => {
    write(note, sentence);
    host.announce(sentence);
  };

  /** Opens or closes it, empty either way. */
  const show = (open: boolean) => {
    set(group, "hidden", !open);
    set(press, "aria-expanded", String(open));
    typed = "";
    field.update(EMPTY);
    field.mask(false);
    write(note, "");
    if (open) field.focus();
    else press.focus();
  };

  const prepare = async () => {
    const kind = kinds.find(({ dialect }) => dialect !== "jdbc");
    if (!kind || usual) return;
    try {
      paster = await startPaste();
      usual = { kind, dialect: await startDialect(kind.dialect) };
      update();
    } catch (thrown) {
      say(reasonOf(thrown, words));
    }
  };

  const take = async () => {
    try {
      const values = Object.fromEntries(Array.from(host.fields, ([id, { view }]) => [id, view.value]));
      // A product is known by its English name.
      const found = await readPasted({ ...host.type, title: host.product }, values, typed);
      if (group.hidden || !root.isConnected) return;
      if ("reason" in found) refuse(found);
      else await accept(found);
    } catch (thrown) {
      say(reasonOf(thrown, words));
    }
  };

  const refuse = ({ at, reason }: Unreadable) => {
    const params = { at: at + 1, reason: lookup(`strings.${reason}`, {}, words) ?? reason };
    field.update({ ...EMPTY, value: typed, faults: [{ field: "", code: reason, level: "error", params }] });
    field.focus();
  };

  const accept = async (found: Pasted) => {
    const kind = kinds[found.kind];
    if (!kind) return;
    const dialect = await startDialect(found.dialect);
    const values = Object.fromEntries(Object.entries(found.values).filter(([id]) => host.fields.has(id)).map(([id, value]) => [id, emptied(id, value)]));
    // A form that has stopped says so itself.
    if (!host.fill(values)) return;
    last = kind.sets?.["/scheme"] ? undefined : { kind, dialect, form: found.form, scheme: found.scheme };
    warnings = found.warnings.map((warning) => ({ fault: faultOf(warning), value: valueOf(warning.field) }));
    show(false);
    set(back, "hidden", false);
    update();
    const first = Array.from(host.fields.values()).find(({ words, view }) => found.filled.includes(words.id) && view.shown);
    if (first) host.focus(first.words.id);
    const left = listed(found.left.map((one) => "label" in one ? one.label : text(`left.${one.word}`, { count: one.count })), words);
    const wrapping = listed(found.unwrapped.map((name) => text(`unwrapped.${name}`)), words);
    say([
      text("filled", { count: found.filled.length }), left && text("not_taken", { list: left }), wrapping && text("unwrapped", { list: wrapping }),
    ].filter(Boolean).join(" "));
  };

  /** What a string does not name is empty in a saved connection, and as in a new form elsewhere. */
  const emptied = (id: string, value: Value): Value =>
    value !== null || !host.saved ? value : host.fields.get(id)?.words.kind === "rows" ? [] : "";

  const undo = () => {
    forget();
    if (!host.undo()) return;
    last = undefined;
    update();
    press.focus();
    say(text("fill_undone"));
  };

  /** What was filled in is there to stay. */
  const forget = () => {
    warnings = [];
    write(note, "");
    set(back, "hidden", true);
  };

  const valueOf = (id: string) => JSON.stringify(host.fields.get(id)?.view.value);

  const faultOf = ({ field: id, row, code }: Pasted["warnings"][number]): Fault => {
    const column = host.fields.get(id)?.words.columns?.[1]?.id;
    return { field: id, code, level: "warning", ...(row === undefined || column === undefined ? {} : { row, column }) };
  };

  /** Draws the warnings of fields that still hold what was filled in. */
  const warn = () => {
    warnings = warnings.filter(({ fault, value }) => valueOf(fault.field) === value);
    for (const id of new Set(warnings.map(({ fault }) => fault.field))) {
      const warned = host.fields.get(id);
      if (!warned) continue;
      const own = warnings.map(({ fault }) => fault).filter((fault) => fault.field === id);
      const faults = [...warned.view.faults.filter((fault) => !own.includes(fault)), ...own];
      if (faults.length !== warned.view.faults.length) warned.update({ ...warned.view, faults }, true);
    }
  };

  /** The string that the fields make, hidden while they make none. */
  const update = () => {
    warn();
    const spellings = [last, usual].filter((spelling) => spelling !== undefined);
    if (!paster || !spellings.length) return;
    const views = new Map(Array.from(host.fields, ([id, { view }]) => [id, view]));
    const made = written(paster, spellings, host.type, views);
    write(built, made ?? "");
    set(line, "hidden", made === undefined);
  };

  return {
    toggle() {
      show(Boolean(group.hidden));
      void prepare();
    },
    update,
    forget,
  };
}

/** The desk of the one field that no form knows. */
function desk(host: PasteHost, words: Words, put: (value: Value) => void): Desk {
  return {
    id: `${host.id}-string`,
    name: `${host.id}-string`,
    inRow: false,
    readOnly: false,
    saved: false,
    owned: host.owned,
    text: (what) => host.text(what),
    size: String,
    // A text as a whole has no place.
    say: ({ code, params }) => WHOLE.has(code) ? String(params?.["reason"]) : lookup("element.unreadable", params, words) ?? "",
    set: put,
    leave: () => undefined,
    row: () => false,
    cell: () => desk(host, words, put),
    announce: host.announce,
  };
}
