import { lookup, type Params } from "./words.js";

/** What went wrong for the host: never for what a user typed or a server answered, which are data. */
export class JackfieldError extends Error {
  /** Tells it from other errors, of another copy of this package too. */
  override readonly name = "JackfieldError";
  /** Stays the same between versions; the sentence may change. */
  readonly code: string;
  /** Everything that is wrong with a bundle, where a bundle was refused. */
  readonly mistakes: readonly unknown[];

  constructor(code: string, params: Params = {}, mistakes: readonly unknown[] = []) {
    super(lookup(`error.${code}`, params) ?? code);
    this.code = code;
    this.mistakes = mistakes;
  }
}

/** The sentence of anything that was thrown. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
