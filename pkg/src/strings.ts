/**
 * Connection strings without a page: what reads and writes them, and which fields of a type they fill. Each group of dialects is a
 * wasm of its own, which is loaded when one of them is first asked for, and so is what fills fields.
 */
import type { FieldView, Parts, StringWords, TypeWords, Value } from "./contract.js";
import { plain } from "./engine.js";
import { GROUPS, GROUP_OF, PRODUCTS } from "./strings-groups.gen.js";

/** That a text cannot be read. */
export interface Unreadable {
  /** Where, in characters from 0. */ at: number;
  /** Why; the sentence is in the word table under `strings.<reason>`. */ reason: string;
}

/** Reads and writes the strings of one dialect. */
export interface Dialect {
  /** The parts of a text, and in which of the dialect's forms it is. */
  read(text: string): { parts: Parts; form: string } | { unreadable: Unreadable };
  /** Undefined where the parts cannot be written so; without a form it is the dialect's usual one. */
  build(parts: Parts, form?: string): string | undefined;
}

/** A text that was read. */
export interface Read {
  /** Which of the type's kinds it is. */ kind: StringWords;
  /** What read it. */ dialect: Dialect;
  /** Which of the dialect's forms it has. */ form: string;
  /** What it says. */ parts: Parts;
}

/** What a string does to a form. */
export interface Filled {
  /** What each field gets, as the action `fill` takes it; null where the string says that there is nothing. */ values: Record<string, Value>;
  /** The fields that something of the string stands in. */ filled: string[];
  /** What no field takes. */ left: Left[];
  /** What to look at again: `placeholder`, `invisible` characters, a secret that looks `encoded`. */
  warnings: { field: string; row?: number; code: string }[];
}

/** Something that no field takes: the label of a field that cannot hold it, or a word of the table under `element.left.<word>`. */
export type Left = { label: string } | { word: string; count: number };

/** What a pasted text does to a form. */
export interface Pasted extends Filled {
  /** What was taken off it first: `blanks`, `invisible`, `quotes`, `assignment`, `command`, `scheme`. */ unwrapped: string[];
  /** The place of the kind of string among those of the type. */ kind: number;
  /** What read it. */ dialect: string;
  /** Which of the dialect's forms it has. */ form: string;
  /** What it begins with, where that is what the fields make as well. */ scheme?: string;
}

type Door = (about: object) => unknown;

/**
 * Loads what reads and writes a dialect. Of `jdbc` the product's own dialect is taken where there is one, which `address`, a string
 * or its beginning, tells.
 *
 * @throws JackfieldError where the wasm does not come.
 */
export async function startDialect(name: string, address = ""): Promise<Dialect> {
  const product = name === "jdbc" ? /^\s*jdbc:((?:[^:]*-wrapper:)?[^:]*)/i.exec(address)?.[1]?.toLowerCase() : undefined;
  const dialect = PRODUCTS.get(product ?? "") ?? name;
  const ask = await openGroup(dialect);
  return {
    read: (text) => ask({ do: "read", dialect, text }) as ReturnType<Dialect["read"]>,
    build: (parts, form) =>
      (ask({ do: "build", dialect, parts, form: form ?? (dialect === name ? undefined : "jdbc") }) as { text?: string }).text,
  };
}

/** Reads a text as the first of these kinds that can, or says why the first cannot. */
export async function readString(kinds: readonly StringWords[], text: string): Promise<Read | Unreadable> {
  let why: Unreadable | undefined;
  for (const kind of kinds) {
    // What does not even begin so need not load what reads it.
    if (kind.dialect === "jdbc" && kinds.length > 1 && !/^\s*jdbc:/i.test(text)) continue;
    const dialect = await startDialect(kind.dialect, text);
    const found = dialect.read(text);
    if (!("unreadable" in found)) return { kind, dialect, ...found };
    why ??= found.unreadable;
  }
  return why ?? { at: 0, reason: "unknown_dialect" };
}

/**
 * What parts set in a form. A parameter that its dialect does not know may be a secret: where rows take it, its value is `{masked}`.
 *
 * @throws JackfieldError where a wasm does not come.
 */
export async function filled(type: TypeWords, strings: StringWords, parts: Parts): Promise<Filled> {
  const dialect = PRODUCTS.get(/^jdbc:([^:]*)/.exec(parts.scheme ?? "")?.[1] ?? "") ?? strings.dialect;
  const [ask, known] = await Promise.all([openPaste(), openGroup(dialect)]);
  return ask({ do: "fill", type, strings, parts, ...known({ do: "known", dialect, parts }) as object }) as Filled;
}

/**
 * The parts that the shown fields make; a secret stands as •••.
 *
 * @throws JackfieldError where the wasm does not come.
 */
export async function partsOf(type: TypeWords, strings: StringWords, views: ReadonlyMap<string, FieldView>): Promise<Parts> {
  const { parts, secret } = (await startPaste()).parts(type, strings, views);
  return JSON.parse(JSON.stringify(parts).replaceAll(secret, "•••")) as Parts;
}

/**
 * What a pasted text does to a form whose fields hold `values`: what it is wrapped in is taken off first, and a parameter that nobody
 * knows refuses nothing.
 *
 * @throws JackfieldError where a wasm does not come.
 */
export async function readPasted(type: TypeWords, values: Readonly<Record<string, Value>>, text: string): Promise<Pasted | Unreadable> {
  const ask = await openPaste();
  const readings: unknown[] = [];
  for (;;) {
    const answer = ask({ do: "paste", type, values, text, readings }) as Pasted | { unreadable: Unreadable } | { read: { dialect: string; text: string } };
    if ("unreadable" in answer) return answer.unreadable;
    if (!("read" in answer)) return answer;
    const read = await openGroup(answer.read.dialect);
    readings.push(read({ do: "read", lenient: true, ...answer.read }));
  }
}

/** What makes parts of fields, once it is loaded. */
export interface Paster {
  /** The parts that the shown fields make, what stands for a secret in them, and whether they name a place to connect to. */
  parts(type: TypeWords, strings: StringWords, views: ReadonlyMap<string, FieldView>): { parts: Parts; secret: string; place: boolean };
}

/** Loads what makes parts of fields. */
export async function startPaste(): Promise<Paster> {
  const ask = await openPaste();
  return { parts: (type, strings, views) => ask({ do: "parts", type, strings, values: shownValues(views) }) as ReturnType<Paster["parts"]> };
}

/** The values of the fields that are shown. */
export function shownValues(views: ReadonlyMap<string, FieldView>): Record<string, Value> {
  return Object.fromEntries(Array.from(views.values()).filter(({ shown }) => shown).map(({ field, value }) => [field, value]));
}

async function openPaste(): Promise<Door> {
  return open(await GROUPS.paste());
}

/** The wasm that knows a dialect. */
async function openGroup(dialect: string): Promise<Door> {
  const group = GROUP_OF.get(dialect);
  if (!group) throw new Error(`no dialect is called "${dialect}"`);
  return open(await GROUPS[group]());
}

function open(door: { call(text: string): string }): Door {
  return (about) => JSON.parse(door.call(plain(about)));
}
