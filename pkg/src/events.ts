import type { Listed, Plan, Status, TestStatus } from "./contract.js";

/** A value changed. Carries the field's id and never its value. */
export class JackfieldChangeEvent extends Event {
  /** What it is listened for by. */
  static readonly type = "jackfield-change";
  constructor(
    /** Which field it was, by its id. */
    readonly field: string,
    /** Whether anything is different now from when the form was opened. */
    readonly dirty: boolean,
  ) {
    super(JackfieldChangeEvent.type, { bubbles: true });
  }
}

/** The user submits a form without faults. `preventDefault()` stops it before anything is sent. */
export class JackfieldSubmitEvent extends Event {
  /** What it is listened for by. */
  static readonly type = "jackfield-submit";
  constructor(
    /** The request as it would be sent, with every secret shown as •••. */
    readonly plan: Plan,
  ) {
    super(JackfieldSubmitEvent.type, { bubbles: true, cancelable: true });
  }
}

/** The server accepted it. */
export class JackfieldSuccessEvent extends Event {
  /** What it is listened for by. */
  static readonly type = "jackfield-success";
  /** What was saved; null where the server does not say. */
  readonly connection: Listed | null;
  constructor(
    /** How it went; `message` is what the server says that did not work although it saved. */
    readonly status: Status,
  ) {
    super(JackfieldSuccessEvent.type, { bubbles: true });
    this.connection = status.connection ?? null;
  }
}

/** The server refused it, or no answer came. */
export class JackfieldRefusalEvent extends Event {
  /** What it is listened for by. */
  static readonly type = "jackfield-refusal";
  constructor(
    /** Why, in words and as data. */
    readonly status: Status,
  ) {
    super(JackfieldRefusalEvent.type, { bubbles: true });
  }
}

/** A test of the connection has an outcome. */
export class JackfieldTestEvent extends Event {
  /** What it is listened for by. */
  static readonly type = "jackfield-test";
  constructor(
    /** What came of it. */
    readonly status: TestStatus,
  ) {
    super(JackfieldTestEvent.type, { bubbles: true });
  }
}

/** The user picked a connection type in the element, or went back to the list (`null`). */
export class JackfieldTypeEvent extends Event {
  /** What it is listened for by. */
  static readonly type = "jackfield-type";
  constructor(
    /** Its id; null for the list. */
    readonly connectionType: string | null,
  ) {
    super(JackfieldTypeEvent.type, { bubbles: true });
  }
}

/** The events of `<jackfield-form>`. */
export interface JackfieldFormEvents {
  "jackfield-change": JackfieldChangeEvent;
  "jackfield-submit": JackfieldSubmitEvent;
  "jackfield-success": JackfieldSuccessEvent;
  "jackfield-refusal": JackfieldRefusalEvent;
  "jackfield-test": JackfieldTestEvent;
  "jackfield-type": JackfieldTypeEvent;
}

declare global {
  // They bubble, so whoever listens further up knows their types too.
  interface GlobalEventHandlersEventMap extends JackfieldFormEvents {}
}
