/** The engine without a page: runs in browsers, workers and Node. Importing it does nothing. */
import type { Source } from "./begin.js";
import type {
  ApiInfo, Engine, Form, Opening, Operation, Outcome, Plan, Reply, Settings, TypeInfo, TypeWords,
} from "./contract.js";
import { proved, startEngine } from "./engine.js";
import { JackfieldError, reasonOf } from "./errors.js";
import { deliver, type SendHow } from "./send.js";
import { say } from "./words.js";

export type * from "./contract.js";
export { JackfieldError } from "./errors.js";
export type { Source } from "./begin.js";
export type { Delivery, SendHow, TokenProvider, Transport } from "./send.js";
export { say, type Params, type Words } from "./words.js";

/**
 * Loads the wasm (from beside this file unless told otherwise) and gives an engine that knows no API yet.
 * `prover` is where the second wasm comes from, which is only loaded for bundles that did not come with this package.
 */
export async function load(source?: Source, prover?: Source): Promise<Jackfield> {
  return new Jackfield(await startEngine(source), prover);
}

/** One engine with the APIs that were added to it. */
export class Jackfield {
  readonly #engine: Engine;
  readonly #prover: Source | undefined;
  readonly #added = new Map<string, Promise<string>>();

  /** @internal Use `load()`. */
  constructor(engine: Engine, prover?: Source) {
    this.#engine = engine;
    this.#prover = prover;
  }

  /** Adds an API: its bundle, or the http(s) address of it. The same address is fetched once. Gives the API's id. */
  async add(api: URL | string | object): Promise<string> {
    if (typeof api === "object" && !(api instanceof URL)) return this.#register(api);
    const url = address(api);
    const known = this.#added.get(url);
    if (known) return known;
    // What is laid over another API comes after it.
    const before = Promise.allSettled(this.#added.values());
    const coming = bundleAt(url).then(async (bundle) => {
      if ("over" in bundle) await before;
      return this.#register(bundle);
    });
    this.#added.set(url, coming);
    coming.catch(() => this.#added.delete(url));
    return coming;
  }

  /** The APIs that were added. */
  apis(): ApiInfo[] {
    return guarded(() => this.#engine.apis());
  }

  /** The connection types of an API, hidden ones included. */
  types(api: string): TypeInfo[] {
    return guarded(() => this.#engine.types(api));
  }

  /** Layout and words of a type; with those that are different for an operation, if one is named. */
  describe(api: string, type: string, operation?: Operation): TypeWords {
    return guarded(() => this.#engine.describe(api, type, operation));
  }

  /** The type of a saved record. */
  identify(api: string, record: Record<string, unknown>): string {
    return guarded(() => this.#engine.identify(api, record));
  }

  /** Opens a form. It lives until `free()`. */
  open(api: string, type: string, opening: Opening = {}): Form {
    const zone = this.apis().find(({ id }) => id === api)?.settings.find((setting) => setting.is === "time_zone");
    const here = zone && { [zone.id]: new Intl.DateTimeFormat().resolvedOptions().timeZone };
    return guarded(() => this.#engine.open(api, type, here ? { ...opening, settings: { ...here, ...opening.settings } } : opening));
  }

  /** Sends the plan of a step. Whatever the world does is a reply; only the host's own mistakes are thrown. */
  send(plan: Plan, how: SendHow = {}): Promise<Reply> {
    return deliver(plan, how);
  }

  /** Does what needs no form: `list`, `get`, `delete`, `authorize`. `type`: for a list that the API gives by type. */
  async run(
    api: string, operation: Operation, settings: Settings, how: SendHow = {}, record?: Record<string, unknown>, type?: string,
  ): Promise<Outcome> {
    const { plan, faults } = guarded(() => this.#engine.request(api, operation, settings, record, type));
    const fault = faults.find((one) => one.level === "error");
    if (fault || !plan) {
      throw new JackfieldError("request_refused", {
        setting: fault?.field ?? operation,
        reason: fault ? say(fault) : operation,
      }, faults);
    }
    const reply = await this.send(plan, how);
    return guarded(() => this.#engine.read(api, operation, reply));
  }

  /** Gives the engine's memory back. Forms that are open keep working until they are freed. */
  free(): void {
    this.#engine.free();
  }

  async #register(bundle: object): Promise<string> {
    try {
      const known = this.#engine.add(bundle);
      if (typeof known === "string") return known;
      return this.#engine.add(await proved(known, this.#prover)) as string;
    } catch (thrown) {
      if (thrown instanceof JackfieldError) throw thrown;
      const { mistakes } = thrown as { mistakes?: unknown };
      throw new JackfieldError("bundle_refused", { reason: reasonOf(thrown) }, Array.isArray(mistakes) ? mistakes : []);
    }
  }
}

async function bundleAt(url: string): Promise<object> {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) throw new JackfieldError("bundle_unreachable", { url });
  const bundle: unknown = await response.json().catch(() => null);
  if (typeof bundle !== "object" || !bundle) throw new JackfieldError("bundle_unreadable", { url });
  return bundle;
}

function address(api: URL | string): string {
  const base = globalThis.document?.baseURI;
  if (!URL.canParse(api, base)) throw new JackfieldError("bundle_address");
  const url = new URL(api, base);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new JackfieldError("bundle_address");
  return url.href;
}

/** What the engine throws is the caller's mistake; it leaves as an error with a code. */
function guarded<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw new JackfieldError("engine", { reason: reasonOf(thrown) });
  }
}
