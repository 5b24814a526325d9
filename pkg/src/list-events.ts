import type { Listed, Operation } from "./contract.js";

/** The user wants to edit, see, copy or test a listed connection. `preventDefault()` keeps it out of the form that the list names. */
export class JackfieldOpenEvent extends Event {
  static readonly type = "jackfield-open";
  /** `record`: the connection as the API answers it, which may hold secrets; what the list says of it where the API answers no single one. */
  constructor(
    readonly operation: Operation, readonly record: Record<string, unknown>, readonly connectionType: string, readonly connection: Listed,
    /** It is only to be looked at. */
    readonly readOnly = false,
  ) {
    super(JackfieldOpenEvent.type, { bubbles: true, cancelable: true });
  }
}

/** A listed connection is gone: the user deleted it. */
export class JackfieldDeleteEvent extends Event {
  static readonly type = "jackfield-delete";
  constructor(readonly connection: Listed) {
    super(JackfieldDeleteEvent.type, { bubbles: true });
  }
}
