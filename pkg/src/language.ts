import type { FieldWords, TypeInfo, TypeWords } from "./contract.js";
import type { Words } from "./words.js";

/** An element that speaks; `words` are its own, which replace those of its language. */
export type Speaker = HTMLElement & { readonly words: Words | undefined };

/** What languages do. English needs none of it, so it is loaded with the first language, or where a page is in another (see `speech.ts`). */
export const language = {
  wordsOf: ({ element }: Speech): Words => element.words ?? {},
  follow: ({ element }: Speech): void => {
    if (!element.closest("[lang]") || element.matches(":lang(en)")) return;
    // Without it nothing is missing but that English is marked as such.
    import("./speech.js").then(({ speak }) => speak(), () => undefined);
  },
  ignore: (_: Speech): void => undefined,
  change: ({ changed }: Speech): void => changed(),
  mark: (_: Speech, _root: Element): void => undefined,
  typeIn: (type: TypeWords, _api: string, _words: Words) => type,
  typesIn: (types: TypeInfo[], _api: string, _words: Words) => types,
  fieldsIn: (fields: FieldWords[], _place: string, _words: Words) => fields,
};

/** The words of an element in its language. */
export class Speech {
  /** Those of the elements in the page. */
  static readonly all = new Set<Speech>();
  words: Words = {};

  /** `changed` is called when other words are to be said. */
  constructor(readonly element: Speaker, readonly changed: () => void) {}

  /** From where the element is now. */
  follow(): void {
    Speech.all.add(this);
    language.follow(this);
    this.again();
  }

  ignore(): void {
    Speech.all.delete(this);
    language.ignore(this);
  }

  /** What is said already is not said again. */
  again(): void {
    const before = JSON.stringify(this.words);
    this.words = language.wordsOf(this);
    if (JSON.stringify(this.words) !== before) language.change(this);
  }
}
