import type { FieldWords } from "../contract.js";
import { area } from "./area.js";
import { choice, choices } from "./choice.js";
import { isSecret, type Make } from "./control.js";
import { file } from "./file.js";
import { rows } from "./rows.js";
import { secret } from "./secret.js";
import { text } from "./text.js";
import { toggle } from "./toggle.js";

/** The control of a field. */
export function controlOf(words: FieldWords): Make {
  if (isSecret(words)) return secret;
  switch (words.kind) {
    case "toggle": return toggle;
    case "choice": return choice;
    case "choices": return choices;
    case "json": return area;
    case "rows": return rows;
    case "file": return file;
    default: return words.lines ? area : text;
  }
}
