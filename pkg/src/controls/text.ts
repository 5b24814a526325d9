import { make, set } from "../dom.js";
import { typed, typedAttributes } from "./typed.js";
import type { Make } from "./control.js";
import { fromFile } from "./from-file.js";

const KEYBOARDS: Partial<Record<string, string>> = { integer: "numeric", number: "decimal" };

/** One line: text and numbers. Numbers are text, so that what is half typed stays as typed. */
export const text: Make = (words, desk) => {
  const input = make("input", {
    ...typedAttributes(words, desk), type: "text", class: "jf-input", inputmode: KEYBOARDS[words.kind],
  });
  const show = typed(input, desk);
  const list = make("datalist", { id: `${desk.id}-list` });
  const file = fromFile(words, desk);
  const special = words.special ?? [];
  const suggest = (more: readonly string[]) => {
    const all = new Set([...more, ...words.suggest ?? []]);
    list.replaceChildren(
      ...special.map(({ value, label }) => make("option", { value: String(value), label })),
      ...Array.from(all, (value) => make("option", { value })));
    set(input, "list", list.firstChild ? list.id : undefined);
  };
  suggest([]);
  return { nodes: [input, list, ...file], target: input, update: show, focus: () => input.focus(), suggest };
};
