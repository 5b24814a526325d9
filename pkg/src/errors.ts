import { lookup, type Params } from "./words.js";

/** What went wrong for the host: never for what a user typed or a server answered, which are data. */
export class JackfieldError extends Error {
  override readonly name = "JackfieldError";
  /** Stays the same between versions; the sentence may change. */
  readonly code: string;
  /** The file or the bundle that did not come, where there is one. */
  readonly url: string | undefined;
  /** Everything that is wrong with a bundle, where a bundle was refused. */
  readonly mistakes: readonly unknown[];

  constructor(code: string, params: Params = {}, mistakes: readonly unknown[] = [], cause?: unknown) {
    super(lookup(`error.${code}`, params) ?? code, { cause });
    this.code = code;
    this.url = params["url"] as string | undefined;
    this.mistakes = mistakes;
  }
}

/** The sentence of anything that was thrown. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
