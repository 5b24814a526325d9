/** The texts of descriptors, which are English, in other words. A text has two keys: that of its place, and `/<text>` for wherever it stands. */
import type { FieldWords, SectionWords, TypeInfo, TypeWords } from "./contract.js";
import type { Words } from "./words.js";

/** A whole type. */
export function typeIn(type: TypeWords, api: string, words: Words): TypeWords {
  const place = `${api}/${type.id}`;
  return {
    ...over(type, place, { title: "/title", help: "/help" }, words),
    sections: type.sections.map((section) => sectionIn(section, place, words)),
  };
}

/** Types as a list or a picker names them. */
export function typesIn(types: TypeInfo[], api: string, words: Words): TypeInfo[] {
  return types.map((type) => {
    const own = over(type, `${api}/${type.id}`, { title: "/title" }, words);
    // Who knows the English name finds it by that too.
    return own === type ? type : { ...own, synonyms: [...type.synonyms, type.title] };
  });
}

/** Fields whose keys begin with this place: those of a type, or the settings of an API. */
export function fieldsIn(fields: FieldWords[], place: string, words: Words): FieldWords[] {
  return fields.map((field) => fieldIn(field, `${place}/${field.id}`, words));
}

function sectionIn(section: SectionWords, type: string, words: Words): SectionWords {
  return {
    ...over(section, `${type}/section/${section.title}`, { title: "", help: "/help" }, words),
    fields: fieldsIn(section.fields, type, words),
  };
}

function fieldIn(field: FieldWords, place: string, words: Words): FieldWords {
  const { options, special, columns } = field;
  return {
    ...over(field, place, { label: "/label", help: "/help", unit: "/unit", row: "/row" }, words),
    ...(options && {
      options: options.map((option) => {
        const whole = typeof option === "string" ? { value: option, label: option } : { label: option.value, ...option };
        return over(whole, `${place}/option/${whole.value}`, { label: "", help: "/help" }, words);
      }),
    }),
    ...(special && { special: special.map((one) => over(one, `${place}/special/${one.value}`, { label: "" }, words)) }),
    ...(columns && { columns: fieldsIn(columns, `${place}/column`, words) }),
  };
}

/** The same with these texts, each by the end of its key, in other words; itself where there are none. */
function over<T extends object>(from: T, place: string, texts: { [Name in keyof T]?: string }, words: Words): T {
  const changed = Object.entries(texts).flatMap(([name, end]) => {
    const text = String(from[name as keyof T] ?? "");
    const other = words[`${place}${end as string}`] ?? words[`/${text}`] ?? text;
    return other === text ? [] : [[name, other]];
  });
  return changed.length ? { ...from, ...Object.fromEntries(changed) as Partial<T> } : from;
}
