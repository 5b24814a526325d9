import type { FieldView, FieldWords } from "../contract.js";
import { button, make, set, write } from "../dom.js";
import { actionOf, type Control, type Desk, type Make } from "./control.js";
import { fromFile } from "./from-file.js";
import { heldIn, removable, saidOf } from "./stored.js";
import { typed, typedAttributes } from "./typed.js";

/** A secret: masked, shown on demand, and where one is stored already only that fact is shown. */
export const secret: Make = (words, desk, first) => {
  const { input, masked } = entry(words, desk);
  const show = typed(input, desk);
  const reveal = button("jf-reveal", desk.text("show"), () => mask(reveal.getAttribute("aria-pressed") === "true"),
    { ...desk.owned, ...actionOf(desk, "show", words.label), "aria-pressed": "false", "aria-controls": desk.id });
  const mask = (on: boolean) => {
    masked(on);
    set(reveal, "aria-pressed", String(!on));
  };

  const open = make("div", { class: "jf-secret" }, input, reveal);
  const stored = storedSecret(words, desk, () => { draw(true); input.focus(); });
  const file = fromFile(words, desk);
  let view = first;
  let none = !first.value;
  let replacing = false;

  const draw = (replace: boolean) => {
    replacing = replace;
    // One that must be typed again is as good as none.
    const again = view.faults.some(({ code }) => code === "reenter");
    const asking = !desk.readOnly && (again || replacing || heldIn(view.value) === "");
    set(open, "hidden", !asking);
    stored.draw(view, asking, again);
    if (none) set(input, "placeholder", saidOf("", words, view, desk) || view.placeholder);
    for (const node of file) if (node instanceof HTMLButtonElement) set(node, "hidden", !asking);
  };

  return {
    nodes: [open, stored.root, ...file],
    target: input,
    update(next, typing) {
      view = next;
      show(next, typing);
      draw(replacing && typing);
    },
    focus: () => (open.hidden ? stored : input).focus(),
    mask(anew) {
      mask(true);
      if (!anew) return;
      none = !view.value;
      stored.forget();
      draw(false);
    },
  } satisfies Control;
};

/** Password inputs drop line breaks, so a secret of several lines is a covered text area. */
function entry(words: FieldWords, desk: Desk) {
  const attributes = typedAttributes(words, desk);
  if (words.lines || words.kind === "json") {
    const input = make("textarea", { ...attributes, rows: "4", class: "jf-input jf-area jf-code jf-masked" });
    return { input, masked: (on: boolean) => { input.classList.toggle("jf-masked", on); } };
  }
  const input = make("input", { ...attributes, type: "password", class: "jf-input" });
  return { input, masked: (on: boolean) => set(input, "type", on ? "password" : "text") };
}

/** "Stored, not shown" with its buttons. */
function storedSecret(words: FieldWords, desk: Desk, replace: () => void) {
  let had = false;
  const press = (what: string, act: () => void) =>
    button("jf-quiet", desk.text(what), act, { ...desk.owned, ...actionOf(desk, what, words.label) });
  const note = make("span", { class: "jf-stored-note" });
  const change = press("replace", replace);
  const remove = press("remove", () => { desk.set({ clear: true }); keep.focus(); });
  const keep = press("keep", () => { desk.set({ keep: true }); change.focus(); });
  const root = make("div", { class: "jf-stored" }, note, change, remove, keep);
  return {
    root,
    /** What is held now is where it begins. */
    forget: () => { had = false; },
    focus: () => (keep.hidden ? change : keep).focus(),
    draw(view: FieldView, asking: boolean, again: boolean) {
      const held = heldIn(view.value);
      had = !again && (had || held !== "");
      set(root, "hidden", !had && asking);
      write(note, asking ? "" : saidOf(held, words, view, desk));
      const still = asking || held !== "keep" || desk.readOnly;
      set(change, "hidden", still);
      set(remove, "hidden", still || !removable(words, view));
      set(keep, "hidden", desk.readOnly || !asking && held !== "clear");
    },
  };
}
