/** How a wasm of this package begins: found, fetched, known to be of this very build, compiled. */
import { JackfieldError } from "./errors.js";
import { stamp } from "./stamp.gen.js";

/** Where the engine's wasm may come from. */
export type Source = URL | string | Response | BufferSource | WebAssembly.Module;

/** The script that wasm-bindgen makes for a module. */
export interface Glue { default: (options: { module_or_path: WebAssembly.Module }) => Promise<unknown> }

/** The modules as base64 text, each loaded when it is asked for. */
export type Carried = Readonly<Record<string, () => Promise<{ default: string }>>>;

type From = Source | Carried[string];

/** How long a wasm may take to arrive, in milliseconds. */
const PATIENCE = 60_000;

const begun = new Map<string, Promise<void>>();
const failed = new Set<string>();
let carried: Carried = {};

/** From now on these are taken instead of the files beside the script. */
export function carry(modules: Carried): void {
  carried = modules;
}

/** Begins a module and gives its script. What began well is not begun again; what failed is, past the browser's cache. */
export async function begin<T extends Glue>(name: string, script: T | Promise<T>, beside: () => URL, source?: Source): Promise<T> {
  const glue = await Promise.resolve(script).catch((thrown: unknown) => {
    throw new JackfieldError("wasm_unreachable", { url: placeOf(beside()) }, [], thrown);
  });
  const known = begun.get(name) ?? start(name, glue, source ?? carried[name] ?? beside());
  begun.set(name, known);
  await known.catch((thrown: unknown) => {
    begun.delete(name);
    failed.add(name);
    throw thrown;
  });
  return glue;
}

/** Bytes of base64. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

async function start(name: string, glue: Glue, from: From): Promise<void> {
  if (typeof WebAssembly === "undefined") throw new JackfieldError("wasm_missing");
  const url = placeOf(from);
  const work = async (signal: AbortSignal) => {
    const module = await compiled(await bring(from, failed.has(name), signal));
    const [own] = WebAssembly.Module.customSections(module, "jackfield");
    if (!own || new TextDecoder().decode(own) !== stamp) throw new JackfieldError("wasm_version", { url });
    await glue.default({ module_or_path: module });
  };
  try {
    await inTime(work, () => new JackfieldError("wasm_late", { url }));
  } catch (thrown) {
    if (thrown instanceof JackfieldError) throw thrown;
    const blocked = /unsafe-eval|\bCSP\b|content security/i.test(String(thrown));
    throw new JackfieldError(blocked ? "wasm_blocked" : "wasm_unreadable", { url }, [], thrown);
  }
}

/** What a host hands over may hang too, and then there is nothing that a signal could stop. */
async function inTime(work: (signal: AbortSignal) => Promise<void>, late: () => Error): Promise<void> {
  const end = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, lose) => {
    timer = setTimeout(() => {
      lose(late());
      end.abort();
    }, PATIENCE);
  });
  try {
    await Promise.race([work(end.signal), over]);
  } finally {
    clearTimeout(timer);
  }
}

async function bring(from: From, anew: boolean, signal: AbortSignal): Promise<Response | BufferSource | WebAssembly.Module> {
  if (typeof from === "function") return bytesOf((await from()).default);
  return typeof from === "string" || from instanceof URL ? fetched(from, anew, signal) : from;
}

async function fetched(from: URL | string, anew: boolean, signal: AbortSignal): Promise<Response | BufferSource> {
  try {
    const where = new URL(from, globalThis.document?.baseURI);
    return where.protocol === "file:" ? await fromDisk(where) : await fetch(where, { signal, cache: anew ? "reload" : "default" });
  } catch (thrown) {
    throw new JackfieldError("wasm_unreachable", { url: placeOf(from) }, [], thrown);
  }
}

/** Node's fetch reads no files. Asking the process keeps `node:fs` out of sight of bundlers. */
async function fromDisk(where: URL): Promise<BufferSource> {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const files = process?.getBuiltinModule?.("node:fs/promises") as { readFile(path: URL): Promise<Uint8Array<ArrayBuffer>> };
  return files.readFile(where);
}

async function compiled(found: Response | BufferSource | WebAssembly.Module): Promise<WebAssembly.Module> {
  if (found instanceof WebAssembly.Module) return found;
  if (!(found instanceof Response)) return WebAssembly.compile(found);
  if (!found.ok) throw new JackfieldError("wasm_unreachable", { url: found.url }, [], new Error(`HTTP ${found.status}`));
  // Compiling while it arrives needs the media type, which not every server sends.
  return found.headers.get("content-type") === "application/wasm"
    ? WebAssembly.compileStreaming(found) : WebAssembly.compile(await found.arrayBuffer());
}

function placeOf(from: From): string {
  if (typeof from === "string") return from;
  if (typeof from === "function") return "jackfield/inline";
  return from instanceof URL ? from.href : from instanceof Response ? from.url : "(bytes)";
}
