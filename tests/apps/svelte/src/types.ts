// Never run: what the compiler must refuse. A line that it takes after all is an error of its own.
import type { SvelteHTMLElements } from "svelte/elements";
import "jackfield/list";
import "jackfield/svelte";

type Form = SvelteHTMLElements["jackfield-form"];
type List = SvelteHTMLElements["jackfield-list"];

export const right: [List, Form] = [
  { for: "editor", settings: { team_id: 1 }, "onjackfield-open": ({ record, currentTarget }) => [record, currentTarget.refresh()] },
  { id: "editor", class: "wide", apis: "/a.json /b.json", allowed: ["postgres"], "read-only": true, operation: "update", onclick: () => {} },
];

export const wrong: Form[] = [
  // @ts-expect-error A property that is misspelt.
  { setings: {} },
  // @ts-expect-error A setting is a text or a number.
  { settings: { team_id: true } },
  // @ts-expect-error There is no such operation.
  { operation: "upsert" },
  // @ts-expect-error The attribute is a text.
  { "base-url": 7 },
  // @ts-expect-error The event has no values.
  { "onjackfield-change": ({ values }) => values },
  // @ts-expect-error There is no such event.
  { "onjackfield-sucess": () => {} },
  // @ts-expect-error The form has no `for`.
  { for: "editor" },
];
