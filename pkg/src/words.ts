import type { Fault, Status } from "./contract.js";
import english from "./words.gen.js";

/** Sentences by key: `fault.<code>`, `status.<code>`, `element.<what>`, `error.<code>`; `{name}` stands for a parameter. */
export type Words = Readonly<Record<string, string>>;

/** What is put into a sentence. */
export type Params = Readonly<Record<string, string | number>>;

/** The sentence of a fault or a status. `words` may replace any sentence of the English table. */
export function say(what: Pick<Fault, "code" | "params"> | Status, words?: Words): string {
  const group = "state" in what ? "status" : "fault";
  const params = what.code.endsWith("_size") ? sized(what.params) : what.params;
  return lookup(`${group}.${what.code}`, params, words) ?? lookup(`${group}.other`, params, words) ?? what.code;
}

/** One entry of the table with its parameters put in; `<key>.one` is taken where `count` or `min` is 1, `<key>.<how>` where it says how. */
export function lookup(key: string, params: Params = {}, words?: Words): string | undefined {
  const how = params["count"] === 1 || params["min"] === 1 ? "one" : params["how"];
  const pattern = (how ? find(`${key}.${how}`, words) : undefined) ?? find(key, words);
  return pattern?.replace(/\{(\w+)\}/g, (_, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : "");
}

/** Bytes as people read them. */
export function size(bytes: number): string {
  return bytes < 1000 ? `${bytes} B`
    : bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function sized(params: Params = {}): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) =>
    [name, typeof value === "number" ? size(value) : value]));
}

function find(key: string, words?: Words): string | undefined {
  const table = words && Object.hasOwn(words, key) ? words : english as Words;
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
