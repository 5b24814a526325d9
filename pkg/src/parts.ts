/** Which fields the parts of a connection string fill, and which parts the fields make. */
import type { FieldView, FieldWords, Parts, StringWords, TypeWords, Value } from "./contract.js";

/** What a string does to a form. */
export interface Filled {
  /** What each field gets. */ values: [field: string, value: Value][];
  /** JSON Pointers to the parts that no field takes. */ left: string[];
}

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type Host = NonNullable<Parts["hosts"]>[number];

/** What stands for a secret in parts: letters, which every kind of string spells as they are. */
export const SECRET = "jackfieldHidesThis";

/** What a string holds for a secret that was hidden where the string was copied. */
const MASKED = /^(•+|\*{3,})$/;

/** Where each part goes. A part that is not in the string empties its field, but parameters and secrets stay as they are. */
export function filled(type: TypeWords, { fill, with: along = {}, schemes }: StringWords, parts: Parts): Filled {
  const fields = fieldsOf(type);
  const values: Filled["values"] = [];
  const scheme = parts.scheme ?? "";
  // Where schemes mean something, one that is not among them is told.
  const taken = new Set(schemes && !Object.hasOwn(schemes, scheme) ? [] : ["/scheme"]);
  for (const [place, id] of Object.entries(fill)) {
    const field = fields.get(id);
    const part = at(parts as unknown as Json, place);
    if (!field || part === undefined && (place.startsWith("/params") || isSecret(field))) continue;
    const value = part === undefined ? null : valueOf(field, part, fill);
    if (value === undefined) continue;
    values.push([id, value]);
    if (part !== undefined) taken.add(place);
  }
  values.push(...Object.entries(along), ...Object.entries(schemes?.[scheme] ?? {}));
  const left: string[] = [];
  leave(parts as unknown as Json, "", taken, left);
  return { values, left };
}

/** The parts that the shown fields make; a secret stands as `SECRET`, and nothing where none is there. */
export function partsOf(type: TypeWords, { fill, schemes = {} }: StringWords, views: ReadonlyMap<string, FieldView>): Parts {
  const fields = fieldsOf(type);
  const parts: Parts = {};
  const scheme = Object.keys(schemes).find((one) => Object.entries(schemes[one] ?? {}).every(([id, value]) => views.get(id)?.value === value));
  for (const [place, id] of Object.entries(fill)) {
    const field = fields.get(id);
    const view = views.get(id);
    if (!field || !view?.shown) continue;
    if (Array.isArray(view.value) && field.columns) rows(parts, place, field, view.value as Record<string, Value>[]);
    else put(parts, place, textOf(field, view.value));
  }
  // A scheme alone is no connection.
  if (scheme && Object.keys(parts).length) parts.scheme = scheme;
  return parts;
}

function fieldsOf(type: TypeWords): Map<string, FieldWords> {
  return new Map(type.sections.flatMap(({ fields }) => fields).map((field) => [field.id, field]));
}

function isSecret({ kind, secret }: FieldWords): boolean {
  return kind === "secret" || secret === true;
}

/** A part as a field holds it; `undefined` where it does not fit. */
function valueOf(field: FieldWords, part: Json, fill: Readonly<Record<string, string>>): Value | undefined {
  if (field.kind === "rows") return rowsOf(field, part, fill);
  if (Array.isArray(part)) return part.every(isAddress) ? part.map(hostText).join(",") : undefined;
  if (typeof part === "object" && part) return undefined;
  const text = part === null ? "" : String(part);
  if (MASKED.test(text)) return undefined;
  if (field.kind === "toggle") return /^(true|1)$/.test(text) ? true : /^(false|0)$/.test(text) ? false : undefined;
  const options = field.options?.map((option) => typeof option === "string" ? option : option.value);
  return options && !options.includes(text) ? undefined : text;
}

function rowsOf({ columns = [] }: FieldWords, part: Json, fill: Readonly<Record<string, string>>): Value | undefined {
  const [first, second] = columns;
  if (!first || !second || typeof part !== "object" || !part) return undefined;
  const row = (name: unknown, value: unknown) => ({ [first.id]: String(name ?? ""), [second.id]: String(value ?? "") });
  if (Array.isArray(part)) return (part as unknown as Host[]).map(({ host, port }) => row(host, port));
  // Parameters with a field of their own are no rows.
  const free = Object.entries(part).filter(([name]) => !(`/params/${name}` in fill));
  return free.flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => row(name, one)));
}

/** Whether it is a host, and no more than a text can say. */
function isAddress(host: unknown): host is Json & Host {
  return typeof host === "object" && host !== null && Object.keys(host).every((part) => part === "host" || part === "port" || part === "socket");
}

function hostText({ host = "", port, socket }: Host): string {
  const name = host.includes(":") ? `[${host}]` : host || socket || "";
  return port === undefined ? name : `${name}:${port}`;
}

/** The places of what stands in no place that was taken. Their values stay untold: one may be a secret. */
function leave(json: Json, place: string, taken: ReadonlySet<string>, left: string[]): void {
  if (taken.has(place) || json === null) return;
  const inside = typeof json === "object" ? Object.entries(json) : [];
  if (!inside.length && typeof json !== "object") left.push(place);
  for (const [name, value] of inside) leave(value as Json, `${place}/${name}`, taken, left);
}

function at(json: Json, place: string): Json | undefined {
  return place.split("/").slice(1).reduce<Json | undefined>((here, name) =>
    typeof here === "object" && here && Object.hasOwn(here, name) ? (here as Record<string, Json>)[name] : undefined, json);
}

function textOf(field: FieldWords, value: Value): string {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "object" && value && "masked" in value) return value.masked ? SECRET : "";
  if (isSecret(field)) return value === null || value === "" || typeof value === "object" && "clear" in value ? "" : SECRET;
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}

/** Parameters; the second of a name makes a list of it. A row without a name is none. */
function rows(parts: Parts, place: string, { columns = [] }: FieldWords, list: readonly Record<string, Value>[]): void {
  const [first, second] = columns;
  if (!first || !second) return;
  for (const row of list) {
    const [name, value] = [textOf(first, row[first.id] ?? null), textOf(second, row[second.id] ?? null)];
    if (!name) continue;
    if (place === "/hosts") put(parts, place, value ? `${name}:${value}` : name);
    else {
      const params = parts.params ??= {};
      const known = params[name];
      params[name] = known === undefined || known === null ? value : [known, value].flat();
    }
  }
}

function put(parts: Parts, place: string, text: string): void {
  if (!text) return;
  const [, group, index, member] = place.split("/");
  if (group === "params" && index) (parts.params ??= {})[index] = text;
  else if (group !== "hosts") Object.assign(parts, { [group as string]: text });
  else if (member) Object.assign((parts.hosts ??= [{}])[0] ?? {}, { [member]: member === "port" ? Number(text) : text });
  else (parts.hosts ??= []).push(...text.split(",").map((one) => hostOf(one.trim())).filter(({ host }) => host));
}

/** `host:port`; an IPv6 address with a port stands in brackets. */
function hostOf(text: string): Host {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? text;
  return port ? { host, port: Number(port) } : { host };
}
