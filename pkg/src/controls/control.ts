import type { Fault, FieldView, FieldWords, Value } from "../contract.js";
import type { Params } from "../words.js";

/** What a control does with its host; it knows neither the engine nor the form. */
export interface Desk {
  /** Id of the main input, unique on the page. */
  readonly id: string;
  readonly name: string;
  /** Whether this is a cell of a row. */
  readonly inRow: boolean;
  /** Whether the form is only looked at. */
  readonly readOnly: boolean;
  /** Whether the form shows what is saved, so that it can tell what is not stored. */
  readonly saved: boolean;
  /** Attributes that every input and button takes: they keep it out of a form of the host. */
  readonly owned: { readonly form?: string };
  /** `element.<what>` of the word table. */
  text(what: string, params?: Params): string;
  say(fault: Fault): string;
  /** Bytes as people read them. */
  size(bytes: number): string;
  /** `typing`: the input shows this already and must not be written back while it has the focus. */
  set(value: Value, typing?: boolean): void;
  leave(): void;
  /** For lists of rows. False where the form takes no action any more. */
  row(action: RowAction): boolean;
  /** The desk of one cell; `key` is unique in the list, `row` is where the cell is now. */
  cell(key: number, column: string, row: () => number): Desk;
  /** Says it to who cannot see it. */
  announce(sentence: string): void;
}

/** What can be done to a list of rows. */
export type RowAction = { do: "add" } | { do: "remove"; row: number } | { do: "move"; row: number; to: number };

/** The name of a button for those who hear it apart from its field: what it does, and to what. */
export function actionOf(desk: Desk, what: string, label: string): { "aria-label": string } {
  return { "aria-label": desk.text("action_of", { action: desk.text(what), label }) };
}

/** One kind of control. */
export interface Control {
  readonly nodes: Node[];
  /** What the label names, what faults describe, what is marked invalid. */
  readonly target: HTMLElement;
  /** Several inputs under one legend instead of one input under a label. */
  readonly group?: "group" | "radiogroup";
  /** The label stands behind the control. */
  readonly inline?: boolean;
  /** Draws value and state; what is already so is not written. */
  update(view: FieldView, typing: boolean): void;
  /** Where the focus goes; a fault may name a row and column. */
  focus(fault?: Fault): void;
  /** More suggestions, from the host. */
  suggest?(list: readonly string[]): void;
  /** Covers a secret that was shown; `anew`: the form begins again with what it holds now. */
  mask?(anew: boolean): void;
  /** The part of the field that a fault is about draws it itself. */
  owns?(fault: Fault): boolean;
}

/** Makes the control of a field; the view says how it starts. */
export type Make = (words: FieldWords, desk: Desk, view: FieldView) => Control;

/** Whether a field's value must not be shown. */
export function isSecret(words: FieldWords): boolean {
  return words.kind === "secret" || words.secret === true;
}

/** The text of a cell that is masked although its column is no secret; `undefined` of any other value. */
export function maskedIn(value: Value | undefined): string | undefined {
  return typeof value === "object" && value && "masked" in value ? value.masked as string : undefined;
}

/** Text of a value that a text control can show. */
export function textOf(value: Value): string {
  return typeof value === "string" ? value : "";
}
