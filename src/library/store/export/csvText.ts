/**
 * Results as a table: CSV by RFC 4180, a row a track, a column for each fact and each measured number or word under its
 * path in a Result. Lists (beats, chroma) are left to JSON lines. Texts of a file that a spreadsheet would take for a
 * formula get an apostrophe before them; numbers never do.
 */
import { stringify } from "csv-stringify/sync";
import type { Analysis } from "../../../shared/analysis";
import { valueAt } from "../../../shared/format";
import { COLUMNS } from "../columns";

const PATHS = [
  "path",
  "state",
  ...COLUMNS.filter(({ kind }) => kind !== "list" && kind !== "counts").map(({ path }) => path),
];

/** What spreadsheets take for the beginning of a formula; some the wide forms of the signs too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** The writer looks for its own line ends only: a bare one in a text would begin a row, and with it a formula. */
const LINE_END = /[\r\n]/;

export function csvHead(): string {
  return csvRows([PATHS]);
}

export function csvText(analyses: readonly Analysis[]): string {
  return csvRows(analyses.map((analysis) => PATHS.map((path) => cell(valueAt(analysis, path)))));
}

/** Rows of cells as CSV; null is an empty cell. */
export function csvRows(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.length === 0
    ? ""
    : stringify(rows as unknown[], { record_delimiter: "\r\n", quoted_match: LINE_END });
}

/** A text that is safe to open in a spreadsheet. */
export function safeText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function cell(value: unknown): string | number | null {
  if (typeof value === "number" || value === null) return value;
  if (typeof value === "boolean") return value ? "true" : "false";
  return safeText(
    Array.isArray(value) ? value.join("; ") : typeof value === "string" ? value : JSON.stringify(value),
  );
}
