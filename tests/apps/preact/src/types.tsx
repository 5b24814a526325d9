// Never run: what the compiler must refuse. A line that it takes after all is an error of its own.
import { createRef } from "preact";
import type { JackfieldFormElement } from "jackfield";
import "jackfield/list";

const form = createRef<JackfieldFormElement>();

export const right = <>
  <jackfield-list for="editor" settings={{ team_id: 1 }} onjackfield-open={({ record, currentTarget }) => [record, currentTarget.refresh()]} />
  <jackfield-form id="editor" ref={form} className="wide" apis="/a.json /b.json" allowed={["postgres"]} read-only operation="update" onClick={() => {}} />
</>;

export const wrong = [
  // @ts-expect-error A property that is misspelt.
  <jackfield-form setings={{}} />,
  // @ts-expect-error A setting is a text or a number.
  <jackfield-form settings={{ team_id: true }} />,
  // @ts-expect-error There is no such operation.
  <jackfield-form operation="upsert" />,
  // @ts-expect-error The attribute is a text.
  <jackfield-form base-url={7} />,
  // @ts-expect-error The event has no values.
  <jackfield-form onjackfield-change={({ values }) => values} />,
  // @ts-expect-error The form has no `for`.
  <jackfield-form for="editor" />,
];

document.addEventListener("jackfield-success", ({ connection, status }) => [connection?.name, status.code]);
// @ts-expect-error The event has no record.
document.addEventListener("jackfield-success", ({ record }) => record);
// @ts-expect-error The element has no such method.
document.querySelector("jackfield-form")?.sumbit();
