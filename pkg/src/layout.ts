import type { FieldView, SectionWords, TypeWords } from "./contract.js";
import type { Desk } from "./controls/control.js";
import { button, make, outside, set } from "./dom.js";
import { drawField, type Field } from "./field.js";
import { drawIcon } from "./icon.js";

/** A section on the page. */
export interface Section {
  readonly root: HTMLElement;
  readonly fields: Field[];
  /** Hides itself while none of its fields is shown. */
  update(): void;
  /** Makes its fields visible. */
  open(): void;
}

/** Icon, name and links of a type. */
export function drawHead(type: TypeWords, how: {
  id: string; icons: string | null; owned: { form?: string }; text(what: string): string; change: (() => void) | null;
}): HTMLElement {
  const docs = outside(type.docs, how.text("docs"));
  const words = make("div", { class: "jf-head-words" },
    make("h2", { class: "jf-title", id: how.id }, type.title),
    ...(type.help ? [make("p", { class: "jf-help" }, type.help)] : []),
    ...(docs ? [docs] : []));
  const change = how.change ? [button("jf-quiet jf-change", how.text("change_type"), how.change, how.owned)] : [];
  return make("div", { class: "jf-head" }, drawIcon(type, how.icons), words, ...change);
}

/** A fieldset with its legend, or details that open on demand. */
export function drawSection(
  words: SectionWords, views: ReadonlyMap<string, FieldView>, desk: (field: string) => Desk,
): Section {
  const fields = words.fields.flatMap((field) => {
    const view = views.get(field.id);
    return view ? [drawField(field, desk(field.id), view)] : [];
  });
  const help = words.help ? [make("p", { class: "jf-help" }, words.help)] : [];
  const grid = make("div", { class: "jf-grid" }, ...fields.map((field) => field.root));
  let root: HTMLElement;
  if (words.advanced) {
    root = make("details", { class: "jf-section jf-advanced" },
      make("summary", { class: "jf-legend" }, words.title),
      make("div", { class: "jf-inside", role: "group", "aria-label": words.title }, ...help, grid));
  } else {
    root = make("fieldset", { class: "jf-section" }, make("legend", { class: "jf-legend" }, words.title), ...help, grid);
  }
  const update = () => set(root, "hidden", !fields.some((field) => field.view.shown));
  update();
  return { root, fields, update, open: () => { if (words.advanced) set(root, "open", true); } };
}
