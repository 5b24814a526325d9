// The word tables: English in the parts that are loaded together, every other language in one file.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const PLURAL = /\.(zero|one|two|few|many)$/;

/** English by part, and the whole table of each language. */
export function readWords(folder) {
  const read = (file) => JSON.parse(readFileSync(join(folder, `${file}.json`), "utf8"));
  const reasons = Object.entries(read("strings.en")).map(([code, sentence]) => [`strings.${code}`, sentence]);
  const parts = {
    words: read("en"),
    "copy-words": read("copy.en"),
    "list-words": read("list.en"),
    "strings-words": { ...read("paste.en"), ...Object.fromEntries(reasons) },
  };
  const english = Object.assign({}, ...Object.values(parts));
  const names = readdirSync(folder).flatMap((file) => /^([^.]+)\.json$/.exec(file)?.[1] ?? []).filter((name) => name !== "en");
  return { parts, languages: new Map([["en", english], ...names.sort().map((name) => [name, read(name)])]) };
}

/** What is wrong with a language, compared with English: a sentence each. */
export function wrongWords(lang, words, english) {
  const wanted = new Map(Object.keys(english).filter((key) => !PLURAL.test(key)).map((key) => [key, english[key]]));
  const { pluralCategories } = new Intl.PluralRules(lang).resolvedOptions();
  for (const plural of Object.keys(english).filter((key) => PLURAL.test(key))) {
    const key = plural.replace(PLURAL, "");
    for (const category of pluralCategories) if (category !== "other") wanted.set(`${key}.${category}`, english[key]);
  }
  const missing = [...wanted.keys()].filter((key) => !Object.hasOwn(words, key)).map((key) => `${key} is missing`);
  const found = Object.entries(words).flatMap(([key, sentence]) => {
    if (!wanted.has(key)) return [`${key} is not a word of the element`];
    const [own, asked] = [placeholders(sentence), placeholders(wanted.get(key))];
    // A plural form need not say its number.
    const fits = PLURAL.test(key) ? own.every((name) => asked.includes(name)) : own.join() === asked.join();
    return fits && Boolean(sentence) === Boolean(wanted.get(key)) ? [] : [`${key} has {${own.join("} {")}} where English has {${asked.join("} {")}}`];
  });
  return [...missing, ...found];
}

function placeholders(sentence) {
  return [...new Set(sentence.match(/(?<=\{)\w+(?=\})/g))].sort();
}
