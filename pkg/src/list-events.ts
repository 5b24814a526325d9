import type { Listed, Operation } from "./contract.js";

/** The user wants to edit, see, copy or test a listed connection. `preventDefault()` keeps it out of the form that the list names. */
export class JackfieldOpenEvent extends Event {
  /** What it is listened for by. */
  static readonly type = "jackfield-open";
  constructor(
    /** What is to be done: `update`, `create` or `test`. */
    readonly operation: Operation,
    /** The connection as the API answers it, which may hold secrets; what the list says of it where the API answers no single one. */
    readonly record: Record<string, unknown>,
    /** Id of its type. */
    readonly connectionType: string,
    /** Which one it is. */
    readonly connection: Listed,
    /** It is only to be looked at. */
    readonly readOnly = false,
  ) {
    super(JackfieldOpenEvent.type, { bubbles: true, cancelable: true });
  }
}

/** A listed connection is gone: the user deleted it. */
export class JackfieldDeleteEvent extends Event {
  /** What it is listened for by. */
  static readonly type = "jackfield-delete";
  constructor(
    /** Which one it was. */
    readonly connection: Listed,
  ) {
    super(JackfieldDeleteEvent.type, { bubbles: true });
  }
}

/** The events of `<jackfield-list>`. */
export interface JackfieldListEvents {
  "jackfield-open": JackfieldOpenEvent;
  "jackfield-delete": JackfieldDeleteEvent;
}

declare global {
  // They bubble, so whoever listens further up knows their types too.
  interface GlobalEventHandlersEventMap extends JackfieldListEvents {}
}
