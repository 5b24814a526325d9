import type { Listed, Plan, Status, TestStatus } from "./contract.js";

/** A value changed. Carries the field's id and never its value. */
export class JackfieldChangeEvent extends Event {
  static readonly type = "jackfield-change";
  constructor(readonly field: string, readonly dirty: boolean) {
    super(JackfieldChangeEvent.type, { bubbles: true });
  }
}

/** The user submits a form without faults. `preventDefault()` stops it before anything is sent. */
export class JackfieldSubmitEvent extends Event {
  static readonly type = "jackfield-submit";
  /** `plan`: the request as it would be sent, with every secret shown as •••. */
  constructor(readonly plan: Plan) {
    super(JackfieldSubmitEvent.type, { bubbles: true, cancelable: true });
  }
}

/** The server accepted it. */
export class JackfieldSuccessEvent extends Event {
  static readonly type = "jackfield-success";
  readonly connection: Listed | null;
  /** `status.message`: what the server says that did not work although it saved. */
  constructor(readonly status: Status) {
    super(JackfieldSuccessEvent.type, { bubbles: true });
    this.connection = status.connection ?? null;
  }
}

/** The server refused it, or no answer came. */
export class JackfieldRefusalEvent extends Event {
  static readonly type = "jackfield-refusal";
  constructor(readonly status: Status) {
    super(JackfieldRefusalEvent.type, { bubbles: true });
  }
}

/** A test of the connection has an outcome. */
export class JackfieldTestEvent extends Event {
  static readonly type = "jackfield-test";
  constructor(readonly status: TestStatus) {
    super(JackfieldTestEvent.type, { bubbles: true });
  }
}

/** The user picked a connection type in the element, or went back to the list (`null`). */
export class JackfieldTypeEvent extends Event {
  static readonly type = "jackfield-type";
  constructor(readonly connectionType: string | null) {
    super(JackfieldTypeEvent.type, { bubbles: true });
  }
}
