import { make } from "../dom.js";
import type { Make } from "./control.js";

/** Yes or no. */
export const toggle: Make = (_, desk) => {
  const input = make("input", { ...desk.owned, type: "checkbox", id: desk.id, name: desk.name, class: "jf-check" });
  input.addEventListener("change", () => desk.set(input.checked));
  return {
    nodes: [input],
    target: input,
    inline: true,
    update(view) {
      const on = view.value === true;
      if (input.checked !== on) input.checked = on;
      if (input.disabled === view.enabled) input.disabled = !view.enabled;
    },
    focus: () => input.focus(),
  };
};
