/** How the fields of a form are written as a connection string. */
import type { FieldView, StringWords, TypeWords } from "./contract.js";
import type { Dialect, Paster } from "./strings.js";

/** What a string is written like. */
export interface Spelling { kind: StringWords; dialect: Dialect; form?: string; scheme?: string | undefined }

/** The string that the shown fields make, with its secrets hidden, by the first spelling that can write it. */
export function written(paster: Paster, spellings: readonly Spelling[], type: TypeWords, views: ReadonlyMap<string, FieldView>): string | undefined {
  for (const { kind, dialect, form, scheme } of spellings) {
    const { parts, secret, place } = paster.parts(type, kind, views);
    if (!place) continue;
    const text = dialect.build(scheme ? { scheme, ...parts } : parts, form) ?? dialect.build(parts);
    if (text !== undefined) return text.replaceAll(secret, "•••");
  }
  return undefined;
}
