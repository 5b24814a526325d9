import type { Words } from "./words.js";

const tables = new Map<string, Words>();

/** Gives a language words, or replaces some that it has. */
export function addWords(lang: string, words: Words): void {
  const range = lang.toLowerCase();
  tables.set(range, { ...tables.get(range), ...words });
}

/** Whether a language has words. None named is English. */
export function knows(lang: string): boolean {
  return rangesOf(lang).some((range) => range === "" || range === "en" || tables.has(range));
}

/** The words of a language with those of its region laid over, such as `de-AT` over `de`; English where nobody gave any. */
export function wordsOf(lang: string): Words {
  const found = ["en", ...rangesOf(lang)].map((range) => tables.get(range));
  const said = knows(lang) ? usable(lang) : "en";
  return Object.assign({}, ...found, lang === "" ? {} : { lang: said }) as Words;
}

/** `zh`, `zh-hant`, `zh-hant-tw`. */
function rangesOf(lang: string): string[] {
  const parts = lang.toLowerCase().split("-");
  return parts.map((_, at) => parts.slice(0, at + 1).join("-"));
}

/** What the browser does not take for a language has its numbers written as in English. */
function usable(lang: string): string {
  try {
    return Intl.getCanonicalLocales(lang)[0] ?? "en";
  } catch {
    return "en";
  }
}
