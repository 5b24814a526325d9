import type { FieldView, FieldWords, Value } from "../contract.js";
import type { Desk } from "./control.js";

/** What is held without being shown: "" where the value is there to see, or empty. */
export type Held = "keep" | "clear" | "";

export function heldIn(value: Value): Held {
  if (typeof value !== "object" || !value) return "";
  return "keep" in value ? "keep" : "clear" in value ? "clear" : "";
}

/** Whether a stored value may go: not where there has to be one, or where the server keeps it anyway. */
export function removable(words: FieldWords, view: FieldView): boolean {
  return !view.required && !words.lasting;
}

/** What to say of a value that is not shown; "" where there is nothing to say, such as where nobody knows what the server holds. */
export function saidOf(held: Held, words: FieldWords, view: FieldView, desk: Desk): string {
  const unknown = words.lasting || view.faults.some(({ code }) => code === "withheld");
  const what = held === "keep" ? "stored" : held === "clear" ? "cleared" : desk.saved && !unknown ? "none_stored" : "";
  return what && desk.text(what);
}
