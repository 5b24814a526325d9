/** How the fields of a form are written as a connection string. */
import type { FieldView, StringWords, TypeWords } from "./contract.js";
import { partsOf, SECRET } from "./parts.js";
import type { Dialect, Read } from "./strings.js";

/** What a string is written like. */
export interface Spelling { kind: StringWords; dialect: Dialect; form?: string; scheme?: string | undefined }

/** Whether the scheme says something of its own that no field takes, such as TLS, or is that of another product than these names stand for. */
export function isSpecial({ kind, dialect, parts: { scheme } }: Read, names: readonly string[]): boolean {
  if (!scheme || kind.sets?.["/scheme"]) return false;
  const usual = kind.dialect === "jdbc" ? undefined : /^(.+):\/\//.exec(dialect.build({ hosts: [{ host: "h" }] }) ?? "")?.[1];
  if (usual) return scheme !== usual && scheme.includes(usual);
  const told = bare(scheme.replace(/^jdbc:/, ""));
  return !names.map(bare).some((name) => name.includes(told) || told.includes(name));
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** The string that the shown fields make, with its secrets hidden, by the first spelling that can write it. */
export function written(spellings: readonly Spelling[], type: TypeWords, views: ReadonlyMap<string, FieldView>): string | undefined {
  for (const { kind, dialect, form, scheme } of spellings) {
    const parts = partsOf(type, kind, views);
    // A port alone is no place.
    if (!Object.keys(parts).length || parts.hosts?.[0] && !parts.hosts[0].host) continue;
    const text = dialect.build(scheme ? { scheme, ...parts } : parts, form) ?? dialect.build(parts);
    if (text !== undefined) return text.replaceAll(SECRET, "•••");
  }
  return undefined;
}
