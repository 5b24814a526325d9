import type { ApiInfo, Fault, Listed, Outcome, Settings, Status } from "./contract.js";
import type { Jackfield } from "./core.js";
import { JackfieldError, reasonOf } from "./errors.js";
import { language } from "./language.js";
import type { SendHow } from "./send.js";
import { listed, lookup, say, type Words } from "./words.js";

/** How many requests are under way at once where an API lists one type at a time. */
const AT_ONCE = 4;

/** What a list holds, and a sentence for each part of it that did not come. `items` is undefined where nothing came at all. */
export interface Found { items: Listed[] | undefined; failed: string[] }

/** Asks for the saved connections: of one type, or of all that the API offers. */
export async function listAll(
  jackfield: Jackfield, api: ApiInfo, settings: Settings, how: SendHow, only: string | null, words: Words,
): Promise<Found> {
  const types = language.typesIn(jackfield.types(api.id), api.id, words).filter(({ hidden }) => !hidden);
  const byType = !only && api.settings.some((setting) => setting.is === "type");
  const asked = byType ? types.map(({ id }) => id) : [only ?? undefined];
  const came: Listed[][] = [];
  const failed = new Map<string, string[]>();
  let next = 0;
  const work = async () => {
    // Once cancelled there is one sentence to say, not one for each request that was never made.
    while (next < asked.length && !(how.signal?.aborted && failed.size)) {
      const at = next++;
      const type = asked[at];
      const outcome = await jackfield.run(api.id, "list", settings, how, undefined, type);
      // Where the type is asked for, an answer need not repeat it.
      if (outcome.items) came[at] = outcome.items.map((item) => item.type || !type ? item : { ...item, type });
      if (outcome.code === "listed") continue;
      const sentence = sentenceOf(outcome, words);
      failed.set(sentence, [...failed.get(sentence) ?? [], types[at]?.title ?? ""]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return {
    items: came.length ? came.flat().filter(({ type }) => !only || type === only) : undefined,
    failed: Array.from(failed, ([sentence, titles]) => titles.length < asked.length
      ? lookup("element.fault_of", { label: listed(titles, words), sentence }, words) ?? sentence : sentence),
  };
}

/** What came of a request, in words that fit a list: nothing was typed here that could be lost, and nothing saved. */
export function sentenceOf(outcome: Outcome | Status, words: Words): string {
  const code = outcome.code.replace("_maybe", "");
  const sentence = lookup(`element.list_${code}`, outcome.params, words) ?? say(outcome as Status, words);
  return [sentence, outcome.message].filter(Boolean).join(" ");
}

/** Why nothing was asked or opened: a setting that the page did not give, for example. */
export function whyNot(thrown: unknown, words: Words): string {
  const [fault] = thrown instanceof JackfieldError && thrown.code === "request_refused" ? thrown.mistakes as Fault[] : [];
  return fault ? lookup("error.request_refused", { setting: fault.field, reason: say(fault, words) }, words) ?? "" : reasonOf(thrown, words);
}
