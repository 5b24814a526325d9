import { make } from "../dom.js";
import { typed, typedAttributes } from "./typed.js";
import type { Make } from "./control.js";
import { fromFile } from "./from-file.js";

/** Several lines: text and JSON. */
export const area: Make = (words, desk) => {
  const input = make("textarea", {
    ...typedAttributes(words, desk), rows: words.kind === "json" ? "5" : "4",
    class: words.kind === "json" ? "jf-input jf-area jf-code" : "jf-input jf-area",
  });
  return {
    nodes: [input, ...fromFile(words, desk)], target: input, update: typed(input, desk), focus: () => input.focus(),
  };
};
