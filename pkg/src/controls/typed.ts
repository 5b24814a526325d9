import type { FieldView, FieldWords } from "../contract.js";
import { set } from "../dom.js";
import { isSecret, textOf, type Desk } from "./control.js";

/** Attributes of every input that is typed into. Other systems' secrets must neither be filled with the visitor's own nor be saved as his. */
export function typedAttributes(words: FieldWords, desk: Desk): Record<string, string | boolean | undefined> {
  const secret = isSecret(words);
  return {
    ...desk.owned,
    id: desk.id,
    name: desk.name,
    autocomplete: words.autocomplete ?? (secret ? "new-password" : "off"),
    autocapitalize: "none",
    autocorrect: "off",
    spellcheck: "false",
    ...(secret ? { "data-1p-ignore": true, "data-bwignore": true, "data-lpignore": "true", "data-form-type": "other" } : {}),
  };
}

/** Ties an input to its field. Gives what draws a view into it. */
export function typed(
  input: HTMLInputElement | HTMLTextAreaElement, desk: Desk,
): (view: FieldView, typing: boolean) => void {
  let known = "";
  const send = () => {
    if (input.value === known) return;
    known = input.value;
    desk.set(known, true);
  };
  input.addEventListener("input", send);
  // Some password managers fill without an input event.
  input.addEventListener("change", send);
  return (view, typing) => {
    known = textOf(view.value);
    if (input.value !== known && !(typing && input.matches(":focus"))) input.value = known;
    // What can only be read can still be reached, selected and scrolled.
    input.readOnly = desk.readOnly;
    input.disabled = !view.enabled && !desk.readOnly;
    set(input, "placeholder", view.placeholder || undefined);
  };
}
