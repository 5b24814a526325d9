/** Connection strings in a form: one that is pasted fills the fields, and the fields show the one that they make. */
import type { FieldView, FieldWords, TypeWords, Value } from "./contract.js";
import type { Desk } from "./controls/control.js";
import { copyWords, drawCopy } from "./copy.js";
import { button, make, set, write } from "./dom.js";
import { reasonOf } from "./errors.js";
import { drawField, type Field } from "./field.js";
import { filled } from "./parts.js";
import { isSpecial, written, type Spelling } from "./spelling.js";
import { readString, startDialect, type Read, type Unreadable } from "./strings.js";
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
  /** False where the form takes no action any more. */
  set(field: string, value: Value): boolean;
  focus(field: string): void;
  announce(sentence: string): void;
}

const EMPTY: FieldView = { field: "", shown: true, enabled: true, required: false, value: "", faults: [] };

/** Draws it into `root`, below the button that opens it. */
export function drawPaste(host: PasteHost, root: HTMLElement, press: HTMLElement) {
  addEnglish({ ...english, ...copyWords });
  const { words } = host;
  const kinds = host.type.strings ?? [];
  const text = (what: string, params: Params = {}) => lookup(`element.${what}`, params, words) ?? "";
  let typed = "";
  /** How the fields are written unless they were filled otherwise. An address of `jdbc` needs a product to be written. */
  let usual: Spelling | undefined;
  /** What the last text was written like. */
  let last: Spelling | undefined;
  let filling = false;

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
  root.append(group, note, line);
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
      usual = { kind, dialect: await startDialect(kind.dialect) };
      update();
    } catch (thrown) {
      say(reasonOf(thrown, words));
    }
  };

  const take = async () => {
    try {
      const found = await readString(kinds, typed.trim());
      if (group.hidden || !root.isConnected) return;
      if ("reason" in found) refuse(found, typed.length - typed.trimStart().length);
      else accept(found);
    } catch (thrown) {
      say(reasonOf(thrown, words));
    }
  };

  const refuse = ({ at, reason }: Unreadable, before: number) => {
    const params = { at: at + before + 1, reason: lookup(`strings.${reason}`, {}, words) ?? reason };
    field.update({ ...EMPTY, value: typed, faults: [{ field: "", code: reason, level: "error", params }] });
    field.focus();
  };

  const accept = (found: Read) => {
    const { kind, dialect, form, parts } = found;
    const { values, left } = filled(host.type, kind, parts);
    if (isSpecial(found, [host.product, ...kinds.map(({ dialect }) => dialect)])) left.push("/scheme");
    filling = true;
    // A form that has stopped says so itself.
    const done = values.filter(([id]) => host.fields.has(id)).every(([id, value]) => host.set(id, value));
    filling = false;
    if (!done) return;
    // What begins with a scheme that a field says, or that none takes, is not like what the fields make.
    last = Object.keys(kind.sets?.["/scheme"]?.[parts.scheme ?? ""] ?? {}).length || left.includes("/scheme") ? undefined : { kind, dialect, form, scheme: parts.scheme };
    show(false);
    update();
    // What is set along with them is no part of the string.
    const asked = new Set(Object.values(kind.fill));
    const taken = new Set(values.flatMap(([id, value]) => value !== null && asked.has(id) ? [id] : []));
    const first = Array.from(host.fields.values()).find(({ words, view }) => taken.has(words.id) && view.shown);
    if (first) host.focus(first.words.id);
    const list = listed(left.map((place) => place.slice(1)), words);
    say([text("filled", { count: taken.size }), list && text("not_taken", { list })].join(" ").trim());
  };

  /** The string that the fields make, hidden while they make none. */
  const update = () => {
    const spellings = [last, usual].filter((spelling) => spelling !== undefined);
    if (!spellings.length || filling) return;
    const views = new Map(Array.from(host.fields, ([id, { view }]) => [id, view]));
    const made = written(spellings, host.type, views);
    write(built, made ?? "");
    set(line, "hidden", made === undefined);
  };

  return {
    toggle() {
      show(Boolean(group.hidden));
      void prepare();
    },
    update,
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
    say: ({ params }) => lookup("element.unreadable", params, words) ?? "",
    set: put,
    leave: () => undefined,
    row: () => false,
    cell: () => desk(host, words, put),
    announce: host.announce,
  };
}
