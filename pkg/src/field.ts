import type { Fault, FieldView, FieldWords } from "./contract.js";
import { controlOf } from "./controls/index.js";
import type { Desk } from "./controls/control.js";
import { make, outside, set, write } from "./dom.js";

/** A field on the page: label, help, control and faults, tied together. */
export interface Field {
  readonly root: HTMLElement;
  readonly words: FieldWords;
  /** As it was drawn last. */
  readonly view: FieldView;
  /** Id of what a link to this field points to. */
  readonly target: string;
  update(view: FieldView, typing?: boolean): void;
  focus(fault?: Fault): void;
  suggest(list: readonly string[]): void;
  mask(anew: boolean): void;
}

/** Draws a field. A column of a list is a field too. */
export function drawField(words: FieldWords, desk: Desk, first: FieldView): Field {
  const control = controlOf(words)(words, desk, first);
  const { target } = control;
  if (!target.id) target.id = desk.id;

  const mark = make("span", { class: "jf-mark", "aria-hidden": "true" }, " *");
  // Beside the label, not in it: the name of a control is its name.
  const label = control.group
    ? make("legend", { class: "jf-label" }, words.label, mark)
    : make("div", { class: "jf-label" }, make("label", { for: target.id }, words.label), mark);
  const unit = words.unit ? make("span", { class: "jf-unit", id: `${desk.id}-unit` }, words.unit) : null;
  const help = helpOf(words, desk);
  const faults = make("div", { class: "jf-faults" });

  const main = control.nodes[0] as Node;
  const line = make("div", { class: "jf-line" }, main, ...(unit ? [unit] : []));
  const rest = control.nodes.slice(1);
  if (control.inline) line.append(label);
  const parts = [...(control.inline ? [] : [label]), line, ...rest, ...help, faults];
  const root: HTMLElement = make(control.group ? "fieldset" : "div", {
    class: "jf-field", "data-field": words.id, "data-kind": words.kind, "data-wide": isWide(words, first),
  }, ...parts);
  // The group itself carries what an input would carry.
  const bearer = control.group ? root : target;
  if (control.group === "radiogroup") set(root, "role", "radiogroup");

  let view = first;
  const update = (next: FieldView, typing = false) => {
    view = next;
    set(root, "hidden", !next.shown);
    set(mark, "hidden", !next.required);
    if (control.group !== "group") set(bearer, "aria-required", next.required ? "true" : undefined);
    control.update(next, typing);
    const own = next.faults.filter((fault) => !control.owns?.(fault));
    drawFaults(faults, own, desk);
    set(root, "data-fault", own.some((fault) => fault.level === "error"));
    set(bearer, "aria-invalid", own.some((fault) => fault.level === "error") ? "true" : undefined);
    set(bearer, "aria-describedby", [
      ...(unit ? [unit.id] : []), ...help.map((node) => node.id), ...own.map((_, index) => faultId(desk, index)),
    ].join(" ") || undefined);
  };
  update(first);

  // Leaving one part of a control for another is not leaving the field.
  root.addEventListener("focusout", (event: FocusEvent) => {
    if (!(event.relatedTarget instanceof Node && root.contains(event.relatedTarget))) desk.leave();
  });

  return {
    root,
    words,
    get view() { return view; },
    target: target.id,
    update,
    focus: control.focus,
    suggest: (list) => control.suggest?.(list),
    mask: (anew) => control.mask?.(anew),
  };
}

function helpOf(words: FieldWords, desk: Desk): HTMLElement[] {
  const link = outside(words.docs, desk.text("docs"), desk.text("docs_of", { label: words.label }));
  const parts = [words.help, link].filter((part) => part !== null && part !== undefined);
  const lines = [
    ...(parts.length ? [parts.flatMap((part, index) => index ? [" ", part] : [part])] : []),
    ...(words.special ?? []).map((one) => [desk.text("special", { ...one, value: String(one.value) })]),
  ];
  return lines.map((line, index) => make("p", { class: "jf-help", id: `${desk.id}-help${index || ""}` }, ...line));
}

function drawFaults(box: HTMLElement, faults: Fault[], desk: Desk): void {
  faults.forEach((fault, index) => {
    const node = box.children[index] ?? box.appendChild(make("p", { class: "jf-fault", id: faultId(desk, index) }));
    write(node, desk.say(fault));
    set(node, "data-level", fault.level);
  });
  while (box.children.length > faults.length) box.lastElementChild?.remove();
}

function faultId(desk: Desk, index: number): string {
  return `${desk.id}-fault${index || ""}`;
}

/** Long values get the whole width; addresses are long. */
function isWide(words: FieldWords, view: FieldView): boolean {
  return words.kind === "rows" || words.kind === "choices" || words.kind === "json" || words.kind === "file" || words.lines === true
    || Boolean(view.placeholder?.includes("://"));
}
