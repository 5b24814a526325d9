import { button, make, set, write } from "./dom.js";

/** What it says: whoever loads it adds these sentences. */
export { default as copyWords } from "./copy-words.gen.js";

/** What a button that copies needs. */
export interface CopyHost {
  readonly owned: { readonly form?: string };
  readonly label: string;
  text(what: string): string;
  /** What is copied; undefined while there is nothing. */
  give(): string | undefined;
}

/** A button that copies a text, and what is said of it. Where the page may not write to the clipboard the text is shown instead. */
export function drawCopy({ owned, label, text, give }: CopyHost): { press: HTMLButtonElement; rest: HTMLElement } {
  const said = make("p", { class: "jf-help", role: "status" });
  const area = make("textarea", { ...owned, class: "jf-input jf-area jf-code", "aria-label": label, readonly: true, rows: "6", hidden: true });
  const copy = async () => {
    const given = give();
    area.value = given ?? "";
    // A second time is said once more.
    write(said, "");
    const copied = given !== undefined && await navigator.clipboard?.writeText(given).then(() => true, () => false);
    set(area, "hidden", copied || given === undefined);
    write(said, text(given === undefined ? "nothing_to_copy" : copied ? "copied" : "copy_by_hand"));
    if (!area.hidden) area.select();
  };
  const press = button("jf-quiet", label, () => void copy(), owned);
  return { press, rest: make("div", { class: "jf-copied" }, said, area) };
}
