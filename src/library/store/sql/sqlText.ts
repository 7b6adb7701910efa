/** Rows of an answer in SQL as text: a table for people, CSV, or JSON. */
import stringWidth from "string-width";
import type { SqlValue } from "sql.js";
import type { SqlFormat } from "../../../shared/engineProtocol";
import { csvRows, safeText } from "../export/csvText";

/** Longer cells are cut in a table. */
const WIDEST = 60;

/** The whole answer as a document. */
export function sqlText(columns: readonly string[], rows: readonly SqlValue[][], format: SqlFormat): string {
  switch (format) {
    case "csv":
      return csvRows([columns.map(safeText), ...rows.map((row) => row.map(cellOfCsv))]);
    case "json":
      return `${JSON.stringify(
        rows.map((row) => objectOf(columns, row)),
        null,
        2,
      )}\n`;
    case "table":
      return table(columns, rows);
  }
}

/** A row by the names of its columns; of two with one name the last. */
export function objectOf(columns: readonly string[], row: readonly SqlValue[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((name, index) => [name, plain(row[index] ?? null)]));
}

function cellOfCsv(value: SqlValue): string | number | null {
  const cell = plain(value);
  return typeof cell === "string" ? safeText(cell) : cell;
}

/** Bytes as SQLite writes them; infinities, which JSON has not, as words. */
function plain(value: SqlValue): string | number | null {
  if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString("hex").toUpperCase()}'`;
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function table(columns: readonly string[], rows: readonly SqlValue[][]): string {
  const cells = [columns.map(shown), ...rows.map((row) => row.map((value) => shown(plain(value) ?? "")))];
  const isNumber = columns.map((_, index) => rows.every((row) => typeof (row[index] ?? 0) === "number"));
  const widths = columns.map((_, index) =>
    cells.reduce((widest, row) => Math.max(widest, stringWidth(row[index] ?? "")), 0),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, isNumber[index] ?? false))
      .join("  ")
      .trimEnd();
  const [head = [], ...body] = cells;
  return (
    [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...body.map(line)].join("\n") + "\n"
  );
}

function pad(text: string, width: number, isRight: boolean): string {
  const space = " ".repeat(Math.max(0, width - stringWidth(text)));
  return isRight ? space + text : text + space;
}

/** On one line, without what a terminal would obey. */
function shown(value: string | number): string {
  const text = String(value).replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
}
