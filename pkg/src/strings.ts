/**
 * Connection strings without a page: what reads and writes them, and which fields of a type they fill. Each group of dialects is a
 * wasm of its own, which is loaded when one of them is first asked for.
 */
import type { Parts, StringWords } from "./contract.js";
import { begin, once, plain, type Init } from "./engine.js";

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

interface Door { default: Init; call(text: string): string }

/** Bundlers find the files by these very expressions. */
const GROUPS: Readonly<Record<string, () => [door: Promise<Door>, wasm: URL]>> = {
  postgres: () => [import("../wasm/jackfield_postgres.js"), new URL("jackfield_postgres_bg.wasm", import.meta.url)],
  mysql: () => [import("../wasm/jackfield_mysql.js"), new URL("jackfield_mysql_bg.wasm", import.meta.url)],
  sqlserver: () => [import("../wasm/jackfield_sqlserver.js"), new URL("jackfield_sqlserver_bg.wasm", import.meta.url)],
  oracle: () => [import("../wasm/jackfield_oracle.js"), new URL("jackfield_oracle_bg.wasm", import.meta.url)],
  lists: () => [import("../wasm/jackfield_lists.js"), new URL("jackfield_lists_bg.wasm", import.meta.url)],
  urls: () => [import("../wasm/jackfield_urls.js"), new URL("jackfield_urls_bg.wasm", import.meta.url)],
};

/** The group of each dialect that has not the same name as its group; the others are `urls`. */
const GROUP_OF: Readonly<Record<string, string>> = { kafka: "lists", ldap: "lists", jdbc: "lists" };

/** Products whose `jdbc:` addresses a dialect knows. */
const PRODUCTS: Readonly<Record<string, string>> = {
  postgresql: "postgres", mysql: "mysql", "mysql+srv": "mysql", mariadb: "mysql", sqlserver: "sqlserver", oracle: "oracle",
  clickhouse: "clickhouse", ch: "clickhouse",
};

/**
 * Loads what reads and writes a dialect. Of `jdbc` the product's own dialect is taken where there is one, which `address`, a string
 * or its beginning, tells.
 *
 * @throws JackfieldError where the wasm does not come.
 */
export async function startDialect(name: string, address = ""): Promise<Dialect> {
  const product = name === "jdbc" ? /^\s*jdbc:([^:]*)/i.exec(address)?.[1]?.toLowerCase() : undefined;
  const dialect = product !== undefined && Object.hasOwn(PRODUCTS, product) ? PRODUCTS[product] as string : name;
  const group = GROUP_OF[dialect] ?? (dialect in GROUPS ? dialect : "urls");
  const [coming, wasm] = (GROUPS[group] as typeof GROUPS["urls"] & {})();
  const door = await coming;
  await once(group, () => begin(door.default, wasm));
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
