import init, { Engine as WasmEngine, send as wasmSend } from "../wasm/jackfield.js";
import type { Engine, Plan, Reply, SendOptions } from "./contract.js";
import { JackfieldError } from "./errors.js";

/** Where the engine's wasm may come from. */
export type Source = URL | string | Response | BufferSource | WebAssembly.Module;

/** How long the wasm itself may take to arrive, in milliseconds. */
const PATIENCE = 60_000;

let started: Promise<void> | undefined;

/** A new engine; the wasm is fetched and compiled by the first call, and again after a call that failed. */
export async function startEngine(source?: Source): Promise<Engine> {
  started ??= start(source).catch((thrown: unknown) => {
    started = undefined;
    throw thrown;
  });
  await started;
  return new WasmEngine() as unknown as Engine;
}

/** The engine's own way over the network. */
export function sendByEngine(plan: Plan, options: SendOptions): Promise<Reply> {
  return wasmSend(plan, options) as Promise<Reply>;
}

async function start(source?: Source): Promise<void> {
  if (typeof WebAssembly === "undefined") throw new JackfieldError("wasm_missing");
  const from = source ?? new URL("jackfield_bg.wasm", import.meta.url);
  const url = describe(from);
  const module_or_path = typeof from === "string" || from instanceof URL ? await fetched(new URL(from, base()), url) : from;
  try {
    await init({ module_or_path });
  } catch (thrown) {
    const blocked = /unsafe-eval|\bCSP\b|content security/i.test(String(thrown));
    throw new JackfieldError(blocked ? "wasm_blocked" : "wasm_unreadable", { url });
  }
}

async function fetched(where: URL, url: string): Promise<Response | BufferSource> {
  try {
    if (where.protocol === "file:") return await fromDisk(where);
    const response = await fetch(where, { signal: AbortSignal.timeout(PATIENCE) });
    if (response.ok) return response;
  } catch {
    // The cause is in the browser's console; the sentence below names the address.
  }
  throw new JackfieldError("wasm_unreachable", { url });
}

/** Node's fetch reads no files. Asking the process keeps `node:fs` out of sight of bundlers. */
async function fromDisk(where: URL): Promise<BufferSource> {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const files = process?.getBuiltinModule?.("node:fs/promises") as { readFile(path: URL): Promise<Uint8Array<ArrayBuffer>> };
  return files.readFile(where);
}

function base(): string | undefined {
  return globalThis.document?.baseURI;
}

function describe(from: Source): string {
  if (typeof from === "string") return from;
  if (from instanceof URL) return from.href;
  return typeof Response !== "undefined" && from instanceof Response ? from.url : "(bytes)";
}
