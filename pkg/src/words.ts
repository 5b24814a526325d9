import type { Fault, Status } from "./contract.js";
import common from "./words.gen.js";

/**
 * Sentences by key: `fault.<code>`, `status.<code>`, `element.<what>`, `error.<code>`, `strings.<reason>`; `{name}` stands for a parameter.
 * `<key>.<plural category>` is taken where the number of things is of that category, and `lang` is the language of the sentences.
 * The English texts of descriptors have keys too: their place, such as `<api>/<type>/<field>/label`, or `/<text>` for a text wherever it stands.
 */
export type Words = Readonly<Record<string, string>>;

/** What is put into a sentence. */
export type Params = Readonly<Record<string, string | number>>;

/** What is said where a language has no word for it. */
const english: Record<string, string> = { ...common };

/** Adds the sentences of a part that is loaded by itself. */
export function addEnglish(part: Words): void {
  Object.assign(english, part);
}

/** The sentence of a fault or a status, in English or in `words`. */
export function say(what: Pick<Fault, "code" | "params"> | Status, words?: Words): string {
  const group = "state" in what ? "status" : "fault";
  const shown = Object.entries(what.params ?? {}).map(([name, value]) => [name, readable(what.code, name, value, words)] as const);
  const params = Object.fromEntries(shown);
  return lookup(`${group}.${what.code}`, params, words) ?? lookup(`${group}.other`, params, words) ?? what.code;
}

/** One entry of the table with its parameters put in; `<key>.<plural category>` or `<key>.<how>` is taken where there is one. */
export function lookup(key: string, params: Params = {}, words?: Words): string | undefined {
  const count = params["count"] ?? params["min"] ?? params["max"];
  const find = (table?: Words) => {
    const form = typeof count === "number" ? new Intl.PluralRules(langOf(table)).select(count) : params["how"];
    return own(table, `${key}.${form}`) ?? own(table, key);
  };
  return (find(words) ?? find(english))?.replace(/\{(\w+)\}/g, (_, name: string) =>
    own(params, name)?.toLocaleString(langOf(words)) ?? "");
}

/** Bytes as people read them. */
export function size(bytes: number, words?: Words): string {
  const tenths = (count: number) => count.toLocaleString(langOf(words), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return bytes < 1000 ? `${bytes} B` : bytes < 1_000_000 ? `${tenths(bytes / 1000)} kB` : `${tenths(bytes / 1_000_000)} MB`;
}

/** Several things in a sentence: all of them, or one of them. */
export function listed(items: readonly string[], words?: Words, type: Intl.ListFormatType = "conjunction"): string {
  return new Intl.ListFormat(langOf(words), { type }).format(items);
}

/** The text of a descriptor in other words, where there are some for it wherever it stands. */
export function told(text: string, words?: Words): string {
  return own(words, `/${text}`) ?? text;
}

/** A parameter of a fault or a status for people. */
function readable(code: string, name: string, value: string | number, words?: Words): string | number {
  if (typeof value === "number") {
    // What is to be typed is shown as it is typed.
    return code.endsWith("_size") ? size(value, words) : /imum$|^unsafe$/.test(code) ? String(value) : value;
  }
  // The engine gives a list as text.
  return name === "allowed" ? listed(value.split(", "), words, "disjunction") : code === "rule" ? told(value, words) : value;
}

function langOf(words?: Words): string {
  return words?.["lang"] ?? "en";
}

function own<T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return table && Object.hasOwn(table, key) ? table[key] : undefined;
}
