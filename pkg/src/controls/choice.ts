import type { FieldView, FieldWords } from "../contract.js";
import { make, set, write } from "../dom.js";
import { textOf, type Control, type Desk, type Make } from "./control.js";

/** As many as this are shown at once. */
const FEW = 3;

/** One of several: a radio group where they are few and one of them holds, else a select. */
export const choice: Make = (words, desk, view) => {
  const options = (words.options ?? []).map((one) => typeof one === "string" ? { value: one } : one);
  const settled = view.required || textOf(view.value) !== "";
  return options.length <= FEW && settled ? radios(options, desk) : select(options, desk);
};

type Option = Exclude<NonNullable<FieldWords["options"]>[number], string>;

function radios(options: Option[], desk: Desk): Control {
  const inputs = options.map(({ value }, index) => {
    const input = make("input", {
      ...desk.owned, type: "radio", name: desk.name, value, class: "jf-check", id: `${desk.id}-${index}`,
    });
    input.addEventListener("change", () => { if (input.checked) desk.set(value); });
    return input;
  });
  const rows = inputs.map((input, index) => {
    const { value, label = value, help } = options[index] as Option;
    const row = make("div", { class: "jf-option" }, input, make("label", { for: input.id }, label));
    if (help) {
      const id = `${input.id}-help`;
      row.append(make("p", { id, class: "jf-help" }, help));
      set(input, "aria-describedby", id);
    }
    return row;
  });
  const target = make("div", { class: "jf-options" }, ...rows);
  return {
    nodes: [target],
    target,
    group: "radiogroup",
    update(view) {
      for (const input of inputs) {
        const on = input.value === view.value;
        if (input.checked !== on) input.checked = on;
        if (input.disabled === view.enabled) input.disabled = !view.enabled;
      }
    },
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0])?.focus(),
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
