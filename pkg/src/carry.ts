import type { FieldView, FieldWords, Row, Value } from "./contract.js";
import { isSecret, maskedIn } from "./controls/control.js";

/** What a form of another type may be given of a field: no secret and no file, and of rows nothing while a cell of them is masked. */
export function carriedOf(words: FieldWords, { value }: FieldView): [string, Value | undefined][] {
  if (words.kind === "file" || isSecret(words) || (words.columns ?? []).some(isSecret)) return [];
  const rows = Array.isArray(value) ? value as (string | Row)[] : [];
  const masked = (row: string | Row) => typeof row === "object" && Object.values(row).some((cell) => maskedIn(cell) !== undefined);
  // Nothing at all, so that what was carried before does not come back over it.
  return [[words.id, rows.some(masked) ? undefined : value]];
}
