// Never run: what the compiler must refuse. A line that it takes after all is an error of its own.
import type { ElementRef } from "@angular/core";
import type { JackfieldFormElement } from "jackfield";
import "jackfield/list";

export function right({ nativeElement }: ElementRef<JackfieldFormElement>) {
  nativeElement.settings = { team_id: 1 };
  nativeElement.addEventListener("jackfield-success", ({ connection }) => connection?.name);
  document.querySelector("jackfield-list")?.addEventListener("jackfield-open", ({ record }) => record);
}

export function wrong({ nativeElement }: ElementRef<JackfieldFormElement>) {
  // @ts-expect-error A property that is misspelt.
  nativeElement.setings = {};
  // @ts-expect-error A setting is a text or a number.
  nativeElement.settings = { team_id: true };
  // @ts-expect-error There is no such operation.
  nativeElement.operation = "upsert";
  // @ts-expect-error The event has no values.
  nativeElement.addEventListener("jackfield-change", ({ values }) => values);
  // @ts-expect-error The form has no `for`.
  nativeElement.for = "editor";
}
