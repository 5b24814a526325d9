/**
 * Languages beside English. `import "jackfield/lang/de"` brings one that ships; `registerWords` takes those of a page, and single words
 * that replace others. Importing this does nothing.
 */
import { speak } from "./speech.js";
import { addWords } from "./tables.js";
import type { Words } from "./words.js";

export { wordsOf } from "./tables.js";
export type { Words } from "./words.js";

/**
 * Gives a language its words, or replaces some of them; English too. Whatever is in that language is said anew.
 * A part of the words is enough: what is missing is said in English.
 */
export function registerWords(lang: string, words: Words): void {
  addWords(lang, words);
  speak();
}
