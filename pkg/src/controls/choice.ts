import type { FieldView, FieldWords } from "../contract.js";
import { make, set, write } from "../dom.js";
import { textOf, type Control, type Desk, type Make } from "./control.js";

/** As many as this are shown at once. */
const FEW = 3;

type Option = Exclude<NonNullable<FieldWords["options"]>[number], string>;

/** One of several: a radio group where they are few and one of them holds, else a select. A row has no room for a group. */
export const choice: Make = (words, desk, view) => {
  const options = optionsOf(words);
  const settled = view.required || textOf(view.value) !== "";
  return options.length <= FEW && settled && !desk.inRow ? boxes("radio", options, desk) : select(options, desk);
};

/** Any of several: a group of checkboxes. */
export const choices: Make = (words, desk) => boxes("checkbox", optionsOf(words), desk);

function optionsOf(words: FieldWords): Option[] {
  return (words.options ?? []).map((one) => typeof one === "string" ? { value: one } : one);
}

function boxes(type: "radio" | "checkbox", options: Option[], desk: Desk): Control {
  const target = make("div", { class: "jf-options" });
  const inputs: HTMLInputElement[] = [];
  const checked = () => inputs.filter((input) => input.checked);
  const offer = ({ value, label = value, help }: Option) => {
    const input = make("input", {
      ...desk.owned, type, name: desk.name, value, class: "jf-check", id: `${desk.id}-${inputs.length}`,
    });
    input.addEventListener("change", () => desk.set(type === "radio" ? value : checked().map((one) => one.value)));
    inputs.push(input);
    const row = make("div", { class: "jf-option" }, input, make("label", { for: input.id }, label));
    if (help) {
      const id = `${input.id}-help`;
      row.append(make("p", { id, class: "jf-help" }, help));
      set(input, "aria-describedby", id);
    }
    target.append(row);
  };
  options.forEach(offer);
  return {
    nodes: [target],
    target,
    group: type === "radio" ? "radiogroup" : "group",
    update(view) {
      const held = [view.value].flat();
      for (const value of held) {
        // A stored value that no option names stays visible, and with it what else is chosen.
        if (typeof value === "string" && value && !inputs.some((input) => input.value === value)) offer({ value });
      }
      for (const input of inputs) {
        const on = held.includes(input.value);
        if (input.checked !== on) input.checked = on;
        if (input.disabled === view.enabled) input.disabled = !view.enabled;
      }
    },
    focus: () => (checked()[0] ?? inputs[0])?.focus(),
  };
}

function select(options: Option[], desk: Desk): Control {
  const empty = make("option", { value: "" });
  const input = make("select", { ...desk.owned, id: desk.id, name: desk.name, class: "jf-input", autocomplete: "off" },
    empty, ...options.map(({ value, label = value, help }) => make("option", { value, title: help }, label)));
  input.addEventListener("change", () => desk.set(input.value || null));
  const draw = (view: FieldView) => {
    write(empty, desk.text(view.required ? "choose" : "unset"));
    const value = textOf(view.value);
    // A stored value that no option names stays visible instead of turning into another one.
    if (value && !Array.from(input.options).some((option) => option.value === value)) {
      input.append(make("option", { value }, value));
    }
    if (input.value !== value) input.value = value;
    if (input.disabled === view.enabled) input.disabled = !view.enabled;
  };
  return { nodes: [input], target: input, update: draw, focus: () => input.focus() };
}
