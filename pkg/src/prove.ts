import init, { prove } from "../wasm/jackfield_prover.js";
import { answer, begin, plain, type Source } from "./engine.js";

let started: Promise<void> | undefined;

/**
 * Proves the bundle of a host's own API and fills in what its types inherit, as the package's own bundles were when it was built.
 * Throws an Error whose `mistakes` lists everything wrong. The part that does this is loaded by the first call.
 */
export async function proved(bundle: object, source?: Source): Promise<object> {
  started ??= begin(init, source ?? new URL("jackfield_prover_bg.wasm", import.meta.url)).catch((thrown: unknown) => {
    started = undefined;
    throw thrown;
  });
  await started;
  return answer(prove(plain(bundle)));
}
