/**
 * Connection strings without a page: what reads and writes them, and which fields of a type they fill. Each group of dialects is a
 * wasm of its own, which is loaded when one of them is first asked for.
 */
import type { Parts, StringWords } from "./contract.js";
import { plain } from "./engine.js";
import { GROUPS, GROUP_OF, PRODUCTS } from "./strings-groups.gen.js";

export { filled, partsOf, type Filled } from "./parts.js";

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

/**
 * Loads what reads and writes a dialect. Of `jdbc` the product's own dialect is taken where there is one, which `address`, a string
 * or its beginning, tells.
 *
 * @throws JackfieldError where the wasm does not come.
 */
export async function startDialect(name: string, address = ""): Promise<Dialect> {
  const product = name === "jdbc" ? /^\s*jdbc:((?:[^:]*-wrapper:)?[^:]*)/i.exec(address)?.[1]?.toLowerCase() : undefined;
  const dialect = PRODUCTS.get(product ?? "") ?? name;
  const group = GROUP_OF.get(dialect);
  if (!group) throw new Error(`no dialect is called "${name}"`);
  const door = await GROUPS[group]();
  const ask = (about: object) => JSON.parse(door.call(plain({ dialect, ...about }))) as unknown;
  return {
    read: (text) => ask({ do: "read", text }) as ReturnType<Dialect["read"]>,
    build: (parts, form) => (ask({ do: "build", parts, form: form ?? (dialect === name ? undefined : "jdbc") }) as { text?: string }).text,
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
