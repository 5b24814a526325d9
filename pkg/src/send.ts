import type { Plan, Reply, SendOptions, Way } from "./contract.js";
import { sendByEngine } from "./engine.js";
import { JackfieldError, reasonOf } from "./errors.js";

/** Gives the sign-in for one request; it is asked each time and never stored. `refused`: the last one was not accepted. */
export type TokenProvider = (why: { refused: boolean }) => string | null | Promise<string | null>;

/** What a transport gets beside the plan. */
export interface Delivery {
  /** What the host's provider gave for this request. */
  token?: string;
  /** How the token signs in. */
  auth: Way;
  /** The host's own. */
  headers: Record<string, string>;
  /** As `fetch` has it. */
  credentials?: RequestCredentials;
  /** Aborted when the user or the time limit gives up. */
  signal: AbortSignal;
}

/** Replaces the network: a proxy of the host, a test, another protocol. */
export type Transport = (plan: Plan, how: Delivery) => Promise<Reply>;

/** How requests are sent. */
export interface SendHow {
  /** Gives the sign-in. */
  token?: TokenProvider | undefined;
  /** One of the API's ways to sign in; the first if nothing is said. With `basic` the token is `user:password`. */
  auth?: Way | undefined;
  /** Sends in the network's place. */
  transport?: Transport | undefined;
  /** Laid over the plan's own headers, or asked for per request. */
  headers?: Record<string, string> | ((plan: Plan) => Record<string, string>) | undefined;
  /** As `fetch` has it; `include` where the sign-in is a cookie, else none are sent. */
  credentials?: RequestCredentials | undefined;
  /** Seconds; instead of the plan's own limit. */
  timeout?: number | undefined;
  /** Cancels. */
  signal?: AbortSignal | undefined;
}

/** Sends one plan. Whatever the world does is a reply; only what the host did wrong is thrown, and then nothing was sent. */
export async function deliver(plan: Plan, how: SendHow): Promise<Reply> {
  const first = await attempt(plan, how, false);
  if (!("status" in first) || first.status !== 401 || !takesToken(how.auth ?? plan.auth) || !how.token) return first;
  // The provider learns of the refusal so that the next request has a fresh sign-in; a create is not sent twice by itself.
  if (plan.repeatable) return attempt(plan, how, true);
  await ask(how, true).catch(() => null);
  return first;
}

async function attempt(plan: Plan, how: SendHow, refused: boolean): Promise<Reply> {
  // gloo-net panics on an abort reason that is no Error, so this signal is ours and is aborted without one.
  const own = new AbortController();
  let lost!: (why: "timeout" | "cancelled") => void;
  const stopped = new Promise<Reply>((resolve) => {
    lost = (why) => { resolve({ lost: why }); own.abort(); };
  });
  const cancel = () => lost("cancelled");
  const seconds = how.timeout ?? plan.timeout;
  const timer = seconds > 0 ? setTimeout(() => lost("timeout"), Math.min(seconds * 1000, 2 ** 31 - 1)) : undefined;
  how.signal?.addEventListener("abort", cancel);
  if (how.signal?.aborted) cancel();
  try {
    // The race also ends a transport that does not listen to its signal.
    return await Promise.race([stopped, once(plan, how, refused, own.signal)]);
  } finally {
    clearTimeout(timer);
    how.signal?.removeEventListener("abort", cancel);
  }
}

async function once(plan: Plan, how: SendHow, refused: boolean, signal: AbortSignal): Promise<Reply> {
  let token: string | null = null;
  const auth = how.auth ?? plan.auth;
  if (takesToken(auth) && how.token) {
    try {
      token = await ask(how, refused);
    } catch {
      // Nothing was sent, so this is not a lost request: it is one without a sign-in.
      return { status: 401, type: "", text: "" };
    }
  }
  if (signal.aborted) return { lost: "cancelled" };
  const delivery: Delivery = {
    ...(token ? { token } : {}),
    auth,
    headers: headersOf(plan, how),
    ...(how.credentials ? { credentials: how.credentials } : auth === "cookie" ? { credentials: "include" } : {}),
    signal,
  };
  return how.transport ? carried(how.transport, plan, delivery) : sent(plan, delivery);
}

/** By the host's code: what it answers is not believed, and what it throws may hold secrets and is not looked at. */
async function carried(transport: Transport, plan: Plan, delivery: Delivery): Promise<Reply> {
  try {
    const reply = await transport(plan, delivery);
    if ("lost" in reply) return { lost: reply.lost === "timeout" || reply.lost === "cancelled" ? reply.lost : "network" };
    if (Number.isInteger(reply.status)) return { status: reply.status, type: String(reply.type ?? ""), text: String(reply.text ?? "") };
  } catch {
    // A lost request, like every other answer that makes no sense.
  }
  return { lost: "network" };
}

/** By the engine, which throws only for what cannot be sent at all, such as a header with a line break. */
async function sent(plan: Plan, { token, auth, ...rest }: Delivery): Promise<Reply> {
  try {
    return await sendByEngine(plan, { ...rest, ...(token ? signed(auth, token, rest.headers) : {}) });
  } catch (thrown) {
    if (thrown instanceof JackfieldError) throw thrown;
    throw new JackfieldError("engine", { reason: reasonOf(thrown) });
  }
}

function takesToken(auth: Way): boolean {
  return auth !== "none" && auth !== "cookie";
}

function signed(auth: Way, token: string, headers: Record<string, string>): Partial<SendOptions> {
  if (typeof auth === "object") return { query: [[auth.query, token]] };
  if (auth !== "basic") return { token };
  // RFC 7617: the bytes of the text in UTF-8.
  const bytes = Array.from(new TextEncoder().encode(token), (byte) => String.fromCharCode(byte)).join("");
  return { headers: { ...headers, authorization: `Basic ${btoa(bytes)}` } };
}

function headersOf(plan: Plan, how: SendHow): Record<string, string> {
  try {
    return typeof how.headers === "function" ? how.headers(plan) : how.headers ?? {};
  } catch {
    throw new JackfieldError("headers_failed");
  }
}

async function ask(how: SendHow, refused: boolean): Promise<string | null> {
  return await how.token?.({ refused }) ?? null;
}
