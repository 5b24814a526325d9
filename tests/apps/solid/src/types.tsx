// Never run: what the compiler must refuse. A line that it takes after all is an error of its own.
import "jackfield/list";

export const right = () => <>
  <jackfield-list for="editor" prop:settings={{ team_id: 1 }} on:jackfield-open={({ record, currentTarget }) => [record, currentTarget.refresh()]} />
  <jackfield-form id="editor" class="wide" apis="/a.json /b.json" prop:allowed={["postgres"]} read-only operation="update" onClick={() => {}} />
</>;

export const wrong = () => [
  // @ts-expect-error A property that is misspelt.
  <jackfield-form setings={{}} />,
  // @ts-expect-error So with a prefix.
  <jackfield-form prop:setings={{}} />,
  // @ts-expect-error A setting is a text or a number.
  <jackfield-form prop:settings={{ team_id: true }} />,
  // @ts-expect-error There is no such operation.
  <jackfield-form operation="upsert" />,
  // @ts-expect-error The attribute is a text.
  <jackfield-form base-url={7} />,
  // @ts-expect-error The event has no values.
  <jackfield-form on:jackfield-change={({ values }) => values} />,
  // @ts-expect-error The form has no `for`.
  <jackfield-form for="editor" />,
];
