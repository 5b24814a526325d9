/** The seam between the engine and JavaScript, by hand. Every object that crosses it has its type here. */

/** What a control holds. Scalars are text as typed; a number field holds "5432", or "54x" while it is wrong. */
export type Value = null | boolean | string | string[] | Row[] | Kept | Cleared | FileValue;
/** A row of a list: column id to value. */
export type Row = Record<string, null | boolean | string | Kept | Cleared>;
/** A secret that the loaded record holds and that stays as it is. */
export interface Kept { keep: true }
/** A stored secret that is to be removed. */
export interface Cleared { clear: true }
/** A file that was chosen; `content` is base64. */
export interface FileValue { name: string; size: number; content: string }

export type Operation = "create" | "update" | "list" | "get" | "test" | "delete" | "upload" | "authorize";

export type Action =
  | { do: "set"; field: string; value: Value; row?: number; column?: string }
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

/** `stale`: something was edited since. */
export interface TestStatus extends Status { stale?: boolean }

export interface FieldView {
  field: string;
  shown: boolean;
  enabled: boolean;
  required: boolean;
  value: Value;
  placeholder?: string;
  /** Faults to show now: those of a field that was left, or all after a submit. */
  faults: Fault[];
}

/** What is wrong, as data. The sentence is in the word table under `fault.<code>`. */
export interface Fault {
  /** A field id, the name of a setting, or "" for the form as a whole. */
  field: string;
  row?: number;
  column?: string;
  code: string;
  level: "error" | "warning";
  params?: Record<string, string | number>;
}

export interface Status {
  state: "editing" | "invalid" | "busy" | "done" | "refused" | "lost";
  /** The sentence is in the word table under `status.<code>`. */
  code: string;
  params?: Record<string, string | number>;
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

/** A connection as a list names it. `type` is the descriptor's id, or the record's own word where no descriptor knows it. */
export interface Listed {
  id: string;
  name: string;
  type: string;
  /** It may not be edited. */
  readOnly?: boolean;
  /** The whole of it, in a list whose API answers no single connection. It may hold secrets. */
  record?: Record<string, unknown>;
}

/** One request, as data. The authorization is added by the transport and is never in a plan. */
export interface Plan {
  id: number;
  operation: Operation;
  method: string;
  /** Absolute, without a query. */
  url: string;
  query: [string, string][];
  headers: Record<string, string>;
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

/** A part of a multipart body: text, or a file with its content in base64. */
export interface BodyPart { name: string; text?: string; file?: string; content?: string }

/** What came back. */
export type Reply = { status: number; type: string; text: string } | { lost: "network" | "timeout" | "cancelled" };

/** What a reply to a request outside a form means. */
export interface Outcome {
  state: "done" | "refused" | "lost";
  code: string;
  params?: Record<string, string | number>;
  message?: string;
  /** After `list`. */
  items?: Listed[];
  /** After `get`: the record; it may hold secrets. */
  record?: Record<string, unknown>;
  link?: string;
}

/** `base_url` and the names that the API documents; values are text or numbers. */
export type Settings = Record<string, string | number>;

export interface Opening {
  operation?: Operation;
  settings?: Settings;
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
export interface Draft { version: string; api: string; type: string; values: Record<string, unknown> }

/** What a connection string says. What is absent is left out, what is empty is "". */
export interface Parts {
  scheme?: string;
  hosts?: { host?: string; port?: number; socket?: string; instance?: string; protocol?: string; user?: string; password?: string }[];
  user?: string;
  password?: string;
  /** Several where a string holds several connections. */
  database?: string | (string | null)[];
  /** A repeated parameter is a list, one without `=` is null. */
  params?: Record<string, string | null | string[]>;
}

/**
 * How a request is signed in: not at all, by `authorization: Bearer`, by user name and password, by the browser's session cookie, or by a
 * parameter of the address, which stands in logs and is therefore never the first choice.
 */
export type Way = "none" | "bearer" | "basic" | "cookie" | { query: string };
export interface ApiInfo {
  id: string;
  title: string;
  docs?: string;
  auth: Plan["auth"];
  operations: Operation[];
  settings: FieldWords[];
}
export interface TypeInfo { id: string; title: string; synonyms: string[]; icon?: string; hidden: boolean; since?: string }

/** A connection type with everything inherited filled in: layout and words, once. */
export interface TypeWords {
  id: string;
  title: string;
  help?: string;
  docs?: string;
  since?: string;
  icon?: string;
  sections: SectionWords[];
  /** The connection strings that fill the form. */
  strings?: StringWords[];
}
/** A kind of connection string: places in its parts, as JSON Pointers, the fields that they fill, and what is set along with them. */
export interface StringWords {
  dialect: string;
  fill: Record<string, string>;
  with?: Record<string, Value>;
  /** What each scheme sets. */
  schemes?: Record<string, Record<string, Value>>;
}
export interface SectionWords { title: string; help?: string; advanced?: boolean; fields: FieldWords[] }
export type Kind = "text" | "secret" | "integer" | "number" | "toggle" | "choice" | "choices" | "json" | "rows" | "file";
export interface FieldWords {
  id: string;
  kind: Kind;
  label: string;
  help?: string;
  docs?: string;
  unit?: string;
  /** More than one line. */
  lines?: boolean;
  /** A secret of another kind than `secret`. */
  secret?: boolean;
  /** The server keeps what it holds when this is left empty, so it cannot be removed. */
  lasting?: boolean;
  options?: (string | { value: string; label?: string; help?: string })[];
  suggest?: string[];
  /** File extensions with their dot: the field may be filled from such a file. */
  accept?: string[];
  max_bytes?: number;
  columns?: FieldWords[];
  /** What one of several rows is called, if not by the label. */
  row?: string;
  /** Numbers outside the limits that are allowed, each with its meaning. */
  special?: { value: number; label: string }[];
  min_rows?: number;
  autocomplete?: string;
  /** Settings only: may be left out. A field's own `required` is in its view, since it can depend on others. */
  required?: unknown;
  /** Settings only: need not be asked for. The engine knows the type at hand; the page tells the reader's time zone. */
  is?: "type" | "time_zone";
}

/** A request that can be shown: secrets stand as •••. `faults` are what still stops it from being sent. */
export interface Preview { plan?: Plan; curl?: string; faults: Fault[] }

export interface Engine {
  /** Registers an API: a bundle that was proved. Gives its id, or the bundle that has to be proved first, with the API that it is laid over. */
  add(bundle: unknown): string | object;
  apis(): ApiInfo[];
  types(api: string): TypeInfo[];
  /** `operation`: with the words that are different for it. */
  describe(api: string, type: string, operation?: Operation): TypeWords;
  /** The type of a saved record. */
  identify(api: string, record: Record<string, unknown>): string;
  open(api: string, type: string, opening: Opening): Form;
  /** A request that needs no form: list, get, delete, authorize. `type`: for a list that is asked for by type. */
  request(api: string, operation: Operation, settings: Settings, record?: Record<string, unknown>, type?: string): { plan?: Plan; faults: Fault[] };
  /** What a reply to such a request means. */
  read(api: string, operation: Operation, reply: Reply): Outcome;
  free(): void;
}

export interface Form {
  step(action: Action): Step;
  /** Every field and the status as they are: for the first drawing. */
  view(): Step;
  /** The request as it stands, secrets hidden unless `reveal`. */
  preview(reveal?: boolean): Preview;
  /** What was typed so far, to be opened with later. */
  draft(): Draft;
  free(): void;
}

/** One request over the network. Never rejects for what the world does: that is a `lost` reply. */
export interface SendOptions {
  /** Put into the `authorization` header as `Bearer <token>`. */
  token?: string;
  /** Pairs that are added to the address on the wire, and stand in no plan. */
  query?: [string, string][];
  headers?: Record<string, string>;
  credentials?: "omit" | "same-origin" | "include";
  signal?: AbortSignal;
}
