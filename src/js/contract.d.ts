/** The seam between the engine and JavaScript, by hand. Every object that crosses it has its type here. */

/** What a control holds. Scalars are text as typed; a number field holds "5432", or "54x" while it is wrong. */
export type Value = null | boolean | string | string[] | Row[] | Kept | Cleared | Masked | FileValue;
/** A row of a list: column id to value. */
export type Row = Record<string, null | boolean | string | Kept | Cleared | Masked>;
/**
 * The value of a parameter or header, in a row, that nobody should read over a shoulder: its name is that of a secret, or it was given so, as
 * what is pasted and known to nobody. It is a text like any other otherwise, and set as one; its row stays masked. `Kept` given for it is the record's.
 */
export interface Masked {
  /** The text. */ masked: string;
}
/** A secret that the loaded record holds and that stays as it is. */
export interface Kept {
  /** What tells it from a text. */ keep: true;
}
/** A stored secret that is to be removed. */
export interface Cleared {
  /** What tells it from a text. */ clear: true;
}
/** A file that was chosen. */
export interface FileValue {
  /** As the user's disk has it, without folders. */ name: string;
  /** In bytes. */ size: number;
  /** In base64. */ content: string;
}

/** What an API can be asked to do; which of it an API has is in `ApiInfo.operations`. */
export type Operation = "create" | "update" | "list" | "get" | "test" | "delete" | "upload" | "authorize";

/** What can be done to a form. */
export type Action =
  | { do: "set"; field: string; value: Value; row?: number; column?: string }
  /** Sets several fields in one step, all or none; null puts one back to how it was when the form was opened. */
  | { do: "fill"; values: Record<string, Value> }
  /** Puts the fields of the last `fill` back to what they were before it, until something is saved, or the form reset or filled again. */
  | { do: "undo" }
  /** The user left the field: its faults may show from now on. */
  | { do: "leave"; field: string; row?: number; column?: string }
  | { do: "add"; field: string }
  | { do: "remove"; field: string; row: number }
  | { do: "move"; field: string; row: number; to: number }
  /** Settings that changed after opening; all of them. */
  | { do: "settings"; settings: Settings }
  | { do: "submit" }
  /** Try the connection as it stands; the form stays open meanwhile. Throws where the API has no test. */
  | { do: "test" }
  | { do: "settle"; id: number; reply: Reply }
  /** Once more what followed a save: the files after `files_failed`, the link after `link_failed`. */
  | { do: "follow" }
  /** Back to how the form was opened. */
  | { do: "reset" };

/** What the page does next: redraw these fields, say this, send that. */
export interface Step {
  /** Only the fields whose view changed. */
  fields: FieldView[];
  /** Only when it changed. */
  status?: Status;
  /** How a test of the connection stands, only when it changed; null when there is none any more. */
  test?: TestStatus | null;
  /** Give it to the transport and answer with a `settle` of the same id. It holds secrets: never log it. */
  send?: Plan;
}

/** How a test of the connection stands. */
export interface TestStatus extends Status {
  /** Something was edited since. */ stale?: boolean;
}

/** One field as it is to be drawn. */
export interface FieldView {
  /** The id. */ field: string;
  /** What is not shown is not sent either. */ shown: boolean;
  /** Whether it can be edited. */ enabled: boolean;
  /** Whether it may not be empty now. */ required: boolean;
  /** What the control holds. */ value: Value;
  /** An example, where the field is empty. */ placeholder?: string;
  /** Faults to show now: those of a field that was left, or all after a submit. */
  faults: Fault[];
}

/** What is wrong, as data. The sentence is in the word table under `fault.<code>`. */
export interface Fault {
  /** A field id, the name of a setting, or "" for the form as a whole. */
  field: string;
  /** In a list: which row, from 0. */ row?: number;
  /** In a list: which column. */ column?: string;
  /** What kind of fault; stays the same between versions. */ code: string;
  /** A warning stops nothing. */ level: "error" | "warning";
  /** What is put into the sentence. */ params?: Record<string, string | number>;
}

/** How a form stands as a whole. */
export interface Status {
  /** Where the form is between opening and saving. */ state: "editing" | "invalid" | "busy" | "done" | "refused" | "lost";
  /** The sentence is in the word table under `status.<code>`. */
  code: string;
  /** What is put into the sentence. */ params?: Record<string, string | number>;
  /** What the server said, as plain text, with every secret of the form shown as •••. */
  message?: string;
  /** Every error of the form, in field order: for the summary. States `invalid` and `refused`. */
  faults?: Fault[];
  /** Who was saved. State `done`. */
  connection?: Listed;
  /** What to offer: `list` saved connections, `submit` again, send the `files` or fetch the `link` again. */
  offers?: ("list" | "submit" | "files" | "link")[];
  /** A step that the product itself needs after this one: an http(s) address to open. */
  link?: { url: string; label: string };
}

/** A connection as a list names it. */
export interface Listed {
  /** As the API has it. */ id: string;
  /** What its users call it. */ name: string;
  /** The connection type's id, or the record's own word where no type is known by it. */ type: string;
  /** It may not be edited. */
  readOnly?: boolean;
  /** The whole of it, in a list whose API answers no single connection. It may hold secrets. */
  record?: Record<string, unknown>;
}

/** One request, as data. The authorization is added by the transport and is never in a plan. */
export interface Plan {
  /** Given back with the reply, in `settle`. */ id: number;
  /** What it does. */ operation: Operation;
  /** Of HTTP. */ method: string;
  /** Absolute, without a query. */
  url: string;
  /** Pairs of name and value, not yet encoded. */ query: [string, string][];
  /** Without the authorization. */ headers: Record<string, string>;
  /** null where there is none. */
  body: unknown;
  /** The body is `{parts: BodyPart[]}`, to be sent as multipart/form-data. */
  multipart: boolean;
  /** Seconds. */
  timeout: number;
  /** How it is signed in, unless the host chooses another of the API's ways. */
  auth: "none" | "bearer" | "basic" | "cookie";
  /** Whether sending it twice does no harm. */
  repeatable: boolean;
}

/** A part of a multipart body: a text or a file. */
export interface BodyPart {
  /** Of the part. */ name: string;
  /** Where it is a text. */ text?: string;
  /** The name of the file, where it is one. */ file?: string;
  /** What the file holds, in base64. */ content?: string;
}

/** What came back. */
export type Reply = { status: number; type: string; text: string } | { lost: "network" | "timeout" | "cancelled" };

/** What a reply to a request outside a form means. */
export interface Outcome {
  /** Whether the server did it, refused it, or was not reached. */ state: "done" | "refused" | "lost";
  /** The sentence is in the word table under `status.<code>`. */ code: string;
  /** What is put into the sentence. */ params?: Record<string, string | number>;
  /** What the server said, as plain text. */ message?: string;
  /** After `list`. */
  items?: Listed[];
  /** After `get`: the record; it may hold secrets. */
  record?: Record<string, unknown>;
  /** After an operation that answers with a link: its address. */ link?: string;
}

/** `base_url` and the names that the API documents; values are text or numbers. */
export type Settings = Record<string, string | number>;

/** What a form is opened with. */
export interface Opening {
  /** What submitting does; `create` if nothing is said. */ operation?: Operation;
  /** What the API documents beside its types. */ settings?: Settings;
  /** Field id to value, laid over the record or the defaults. */
  values?: Record<string, unknown>;
  /** A connection as the API answers it. With `create` a new connection is made from it. */
  record?: Record<string, unknown>;
  /** What an update does with a stored secret that nobody typed anew; the API's data says what is usual. */
  secrets?: "echo" | "reenter" | "omit" | "null";
  /** Leaves the record's secrets out, as in a copy that another person fills in. */
  without_secrets?: boolean;
  /** Nothing can be edited or saved. */
  read_only?: boolean;
  /** What `Form.draft()` gave: laid over the record or the defaults, under `values`. What no longer fits is left out. */
  draft?: Draft;
}

/** What was typed so far, without secrets and files. Plain JSON, for the host to keep. */
export interface Draft {
  /** Of the engine that gave it. */ version: string;
  /** Id of the API. */ api: string;
  /** Id of the connection type. */ type: string;
  /** Field id to value. */ values: Record<string, unknown>;
}

/** What a connection string says. What is absent is left out, what is empty is "". */
export interface Parts {
  /** What stands before `://`, in small letters. */ scheme?: string;
  /** In their order. */ hosts?: { host?: string; port?: number; socket?: string; instance?: string; protocol?: string; user?: string; password?: string }[];
  /** Decoded. */ user?: string;
  /** Decoded. */ password?: string;
  /** Or what else the path names; several where a string holds several connections. */ database?: string | (string | null)[];
  /** A repeated parameter is a list, one without `=` is null. */
  params?: Record<string, string | null | string[]>;
}

/**
 * How a request is signed in: not at all, by `authorization: Bearer`, by user name and password, by the browser's session cookie, or by a
 * parameter of the address, which stands in logs and is therefore never the first choice.
 */
export type Way = "none" | "bearer" | "basic" | "cookie" | { query: string };

/** An API that was added. */
export interface ApiInfo {
  /** What it is asked for by. */ id: string;
  /** What people call it. */ title: string;
  /** The address of its documentation. */ docs?: string;
  /** How it is signed in if nothing is said. */ auth: Plan["auth"];
  /** What it can be asked to do. */ operations: Operation[];
  /** What it wants to know beside its address. */ settings: FieldWords[];
}
/** A connection type, as a picker shows it. */
export interface TypeInfo {
  /** What it is asked for by. */ id: string;
  /** What people call it. */ title: string;
  /** Other words by which it is found. */ synonyms: string[];
  /** A slug of Simple Icons. */ icon?: string;
  /** Offered only to who asks for hidden types. */ hidden: boolean;
  /** The version of the API that has it first. */ since?: string;
}

/** A connection type with everything inherited filled in: layout and words, once. */
export interface TypeWords {
  /** What it is asked for by. */ id: string;
  /** What people call it. */ title: string;
  /** A sentence under the title. */ help?: string;
  /** The address of its documentation. */ docs?: string;
  /** The version of the API that has it first. */ since?: string;
  /** A slug of Simple Icons. */ icon?: string;
  /** The form, from top to bottom. */ sections: SectionWords[];
  /** The connection strings that fill the form. */
  strings?: StringWords[];
}
/** A kind of connection string: places in its parts, as JSON Pointers, the fields that they fill, and what is set along with them. */
export interface StringWords {
  /** What reads and writes it. */ dialect: string;
  /** JSON Pointer into the parts, to the id of the field. */ fill: Record<string, string>;
  /** JSON Pointer into the parts, to what stands before that part in its field. */ prefix?: Record<string, string>;
  /** Field id to value, set along with the parts. */ with?: Record<string, Value>;
  /** JSON Pointer into the parts, to what each value there sets: field id to value. */
  sets?: Record<string, Record<string, Record<string, Value>>>;
}
/** A group of fields. */
export interface SectionWords {
  /** Its heading. */ title: string;
  /** A sentence under the heading. */ help?: string;
  /** Closed until the user opens it. */ advanced?: boolean;
  /** From top to bottom. */ fields: FieldWords[];
}
/** What kind of control a field has. */
export type Kind = "text" | "secret" | "integer" | "number" | "toggle" | "choice" | "choices" | "json" | "rows" | "file";
/** A field, or a column of a list: what does not change while the form is open. */
export interface FieldWords {
  /** What actions, views and values name it by. */ id: string;
  /** What kind of control it has. */ kind: Kind;
  /** What people call it. */ label: string;
  /** A sentence under the control. */ help?: string;
  /** The address of its documentation. */ docs?: string;
  /** What a number counts. */ unit?: string;
  /** More than one line. */
  lines?: boolean;
  /** A secret of another kind than `secret`. */
  secret?: boolean;
  /** The server keeps what it holds when this is left empty, so it cannot be removed. */
  lasting?: boolean;
  /** What can be chosen, in this order. */ options?: (string | { value: string; label?: string; help?: string })[];
  /** What is offered while typing. */ suggest?: string[];
  /** File extensions with their dot: the field may be filled from such a file. */
  accept?: string[];
  /** The largest file. */ max_bytes?: number;
  /** Of a list. */ columns?: FieldWords[];
  /** What one of several rows is called, if not by the label. */
  row?: string;
  /** Numbers outside the limits that are allowed, each with its meaning. */
  special?: { value: number; label: string }[];
  /** How many rows a list has at least. */ min_rows?: number;
  /** The token of HTML that tells browsers what is asked for. */ autocomplete?: string;
  /** Settings only: may be left out. A field's own `required` is in its view, since it can depend on others. */
  required?: unknown;
  /** Settings only: need not be asked for. The engine knows the type at hand; the page tells the reader's time zone. */
  is?: "type" | "time_zone";
}

/** A request that can be shown: secrets stand as •••. */
export interface Preview {
  /** Absent where it cannot be made yet. */ plan?: Plan;
  /** The same as a command for a shell. */ curl?: string;
  /** What still stops it from being sent. */ faults: Fault[];
}

/** The engine behind `Jackfield`, which is what a host uses. */
export interface Engine {
  /** Registers an API: a bundle that was proved. Gives its id, or the bundle that has to be proved first, with the API that it is laid over. */
  add(bundle: unknown): string | object;
  /** The APIs that were added. */
  apis(): ApiInfo[];
  /** The connection types of an API. */
  types(api: string): TypeInfo[];
  /** `operation`: with the words that are different for it. */
  describe(api: string, type: string, operation?: Operation): TypeWords;
  /** The type of a saved record. */
  identify(api: string, record: Record<string, unknown>): string;
  /** Opens a form. */
  open(api: string, type: string, opening: Opening): Form;
  /** A request that needs no form: list, get, delete, authorize. `type`: for a list that is asked for by type. */
  request(api: string, operation: Operation, settings: Settings, record?: Record<string, unknown>, type?: string): { plan?: Plan; faults: Fault[] };
  /** What a reply to such a request means. */
  read(api: string, operation: Operation, reply: Reply): Outcome;
  /** Gives its memory back. */
  free(): void;
}

/** One open form. */
export interface Form {
  /** Does one thing to it, and tells what changed. Throws only for what the caller got wrong. */
  step(action: Action): Step;
  /** Every field and the status as they are: for the first drawing. */
  view(): Step;
  /** The request as it stands, secrets hidden unless `reveal`. */
  preview(reveal?: boolean): Preview;
  /** What was typed so far, to be opened with later. */
  draft(): Draft;
  /** Gives its memory back. */
  free(): void;
}

/** One request over the network. Never rejects for what the world does: that is a `lost` reply. */
export interface SendOptions {
  /** Put into the `authorization` header as `Bearer <token>`. */
  token?: string;
  /** Pairs that are added to the address on the wire, and stand in no plan. */
  query?: [string, string][];
  /** Laid over those of the plan. */ headers?: Record<string, string>;
  /** As `fetch` has it. */ credentials?: "omit" | "same-origin" | "include";
  /** Cancels. */ signal?: AbortSignal;
}
