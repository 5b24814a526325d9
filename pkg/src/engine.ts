import init, { Engine as Wasm } from "../wasm/jackfield.js";
import { begin, bytesOf, type Source } from "./begin.js";
import type {
  Action, ApiInfo, BodyPart, Draft, Engine, Form, Opening, Operation, Outcome, Plan, Preview, Reply, SendOptions, Settings, Step, TypeInfo, TypeWords,
} from "./contract.js";
import { JackfieldError } from "./errors.js";

/** For `jackfield/inline`, which so lies in one script with the engine. */
export { carry } from "./begin.js";

/** Where a host said that the engine's wasm lies. */
let engineUrl: URL | undefined;

/** A new engine; the wasm is fetched and compiled by the first call, and again after a call that failed. */
export async function startEngine(source?: Source): Promise<Engine> {
  await begin("jackfield", { default: init }, () => new URL("jackfield_bg.wasm", import.meta.url), source);
  if (typeof source === "string" || source instanceof URL) engineUrl = new URL(source, globalThis.document?.baseURI);
  return new Door();
}

/**
 * Proves the bundle of a host's own API and fills in what its types inherit, as the package's own bundles were when it was built.
 * Throws an Error whose `mistakes` lists everything wrong. The wasm that does it is loaded by the first call.
 */
export async function proved(bundle: object, source?: Source): Promise<object> {
  const script = import("../wasm/jackfield_prover.js");
  const prover = await begin("jackfield_prover", script, () => new URL("jackfield_prover_bg.wasm", import.meta.url), source);
  return answer(prover.prepare(plain(bundle)));
}

/**
 * The engine's own way over the network. The wasm that does it is loaded by the first call. Where the network fails it, the request is lost
 * like one that does not reach its server, and can be sent again.
 *
 * @throws JackfieldError where the wasm is not there, or cannot be used.
 */
export async function sendByEngine(plan: Plan, { signal, ...options }: SendOptions): Promise<Reply> {
  const wasm = await startSender().catch((thrown: unknown) => {
    if (thrown instanceof JackfieldError && (thrown.code === "wasm_late" || thrown.cause instanceof TypeError)) return null;
    throw thrown;
  });
  if (!wasm || signal?.aborted) return { lost: signal?.aborted ? "cancelled" : "network" };
  const { body, ...rest } = plan;
  const parts = plan.multipart ? formData(body as { parts: BodyPart[] }) : undefined;
  return JSON.parse(await wasm.send(plain(parts ? rest : plan), plain(options), signal, parts)) as Reply;
}

type Sender = typeof import("../wasm/jackfield_sender.js");

let sender: Promise<Sender> | undefined;

/** Loads it once, so that requests leave in the order in which they were asked for. */
function startSender(): Promise<Sender> {
  sender ??= loadSender().catch((thrown: unknown) => {
    sender = undefined;
    throw thrown;
  });
  return sender;
}

async function loadSender(): Promise<Sender> {
  const script = import("../wasm/jackfield_sender.js");
  const start = (source?: URL) => begin("jackfield_sender", script, () => new URL("jackfield_sender_bg.wasm", import.meta.url), source);
  try {
    return await start();
  } catch (thrown) {
    // Who serves the engine elsewhere serves this beside it.
    if (!engineUrl) throw thrown;
    return start(new URL("jackfield_sender_bg.wasm", engineUrl));
  }
}

/** The body of a multipart plan, as a browser sends it. */
function formData({ parts }: { parts: BodyPart[] }): FormData {
  const data = new FormData();
  for (const { name, text, file, content } of parts) {
    if (text !== undefined) data.append(name, text);
    else data.append(name, new Blob([bytesOf(content ?? "")]), file);
  }
  return data;
}

/** An engine behind its one door, through which texts go. Forms live in it, so it stays until the last of them is freed. */
class Door implements Engine {
  readonly #wasm = new Wasm();
  #forms = 0;
  #done = false;

  add(bundle: unknown): string | object { return this.ask("add", { bundle }); }
  apis(): ApiInfo[] { return this.ask("apis"); }
  types(api: string): TypeInfo[] { return this.ask("types", { api }); }
  identify(api: string, record: Record<string, unknown>): string { return this.ask("identify", { api, record }); }
  request(api: string, operation: Operation, settings: Settings, record?: Record<string, unknown>, type?: string): Preview {
    return this.ask("request", { api, operation, settings, record, type });
  }
  read(api: string, operation: Operation, reply: Reply): Outcome { return this.ask("read", { api, operation, reply }); }

  describe(api: string, type: string, operation?: Operation): TypeWords { return this.ask("describe", { api, type, operation }); }

  open(api: string, type: string, opening: Opening): Form {
    const form = new OpenForm(this, this.ask("open", { api, type, opening }));
    this.#forms += 1;
    return form;
  }

  free(): void {
    this.#done = true;
    this.#end();
  }

  /** Gives a form's memory back. */
  close(form: number): void {
    this.ask("free", { form });
    this.#forms -= 1;
    this.#end();
  }

  #end(): void {
    if (this.#done && !this.#forms) this.#wasm.free();
  }

  ask<T>(what: string, about: object = {}): T {
    try {
      return this.#wasm.call(plain({ do: what, ...about })) as T;
    } catch (thrown) {
      return refuse(thrown);
    }
  }
}

/** A form in an engine. */
class OpenForm implements Form {
  readonly #door: Door;
  readonly #form: number;
  #freed = false;

  constructor(door: Door, form: number) {
    this.#door = door;
    this.#form = form;
  }

  step(action: Action): Step { return this.#ask("step", { action }); }
  view(): Step { return this.#ask("view"); }
  preview(reveal = false): Preview { return this.#ask("preview", { reveal }); }
  draft(): Draft { return this.#ask("draft"); }

  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    this.#door.close(this.#form);
  }

  #ask<T>(what: string, about: object = {}): T {
    if (this.#freed) throw new Error("the form was freed");
    return this.#door.ask(what, { form: this.#form, ...about });
  }
}

/** What is asked of a module, as text. */
export function plain(asked: object): string {
  try {
    return JSON.stringify(asked);
  } catch {
    throw new Error("an argument is not plain JSON");
  }
}

/** What a module answers; its error is thrown, with the mistakes that it lists. */
function answer<T>(text: string): T {
  const given = JSON.parse(text) as { ok: T } | Refusal;
  return "error" in given ? refuse(given) : given.ok;
}

interface Refusal { error: string; mistakes?: unknown[] }

/** Throws what a module refused as an Error, with the mistakes that it lists. */
function refuse(thrown: unknown): never {
  const { error, mistakes } = thrown as Partial<Refusal>;
  throw error === undefined ? thrown : Object.assign(new Error(error), { mistakes });
}
