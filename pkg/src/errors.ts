import { lookup, type Params, type Words } from "./words.js";

/** What went wrong for the host: never for what a user typed or a server answered, which are data. */
export class JackfieldError extends Error {
  /** Tells it from other errors, of another copy of this package too. */
  override readonly name = "JackfieldError";
  /** Stays the same between versions; the sentence may change. */
  readonly code: string;
  /** What is put into the sentence. */
  readonly params: Params;
  /** The file or the bundle that did not come, where there is one. */
  readonly url: string | undefined;
  /** Everything that is wrong: with a bundle, where a bundle was refused, or with the settings of a request. */
  readonly mistakes: readonly unknown[];

  constructor(code: string, params: Params = {}, mistakes: readonly unknown[] = [], cause?: unknown) {
    super(lookup(`error.${code}`, params) ?? code, { cause });
    this.code = code;
    this.params = params;
    this.url = params["url"] as string | undefined;
    this.mistakes = mistakes;
  }
}

/** The sentence of anything that was thrown. */
export function reasonOf(thrown: unknown, words?: Words): string {
  if (thrown instanceof JackfieldError) {
    return lookup(`error.${thrown.code}`, thrown.params, words) ?? thrown.message;
  }
  return thrown instanceof Error ? thrown.message : String(thrown);
}
