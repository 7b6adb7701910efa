/**
 * The lists that are JSON text in the database. Anyone may have edited them: what does not belong there is passed
 * over, so that one odd text never hides a whole library.
 */
import type { SqlValue } from "sql.js";
import type { AnalysisWarning } from "../../shared/analysis";
import type { MissingReason } from "../../shared/codes";
import type { Fields, ScalarType } from "../../shared/measurements";

type Text = SqlValue | undefined;

export function parseStrings(text: Text): string[] {
  return parseList(text).filter((item) => typeof item === "string");
}

export function parseWarnings(text: Text): AnalysisWarning[] {
  return parseList(text).filter(isWarning).map(withNumbersOnly);
}

function withNumbersOnly({ code, message, decodedShare, places }: AnalysisWarning): AnalysisWarning {
  return {
    code,
    message,
    ...(isScalar(decodedShare, "real") && { decodedShare }),
    ...(Array.isArray(places) && { places: places.filter((place) => isScalar(place, "real")) }),
  };
}

export function parseReasons(text: Text): Record<string, MissingReason> {
  return Object.fromEntries(entriesOf(text).filter(([, reason]) => typeof reason === "string")) as Record<
    string,
    MissingReason
  >;
}

export function parseNumbers(text: Text): Record<string, number> {
  return Object.fromEntries(entriesOf(text).filter(([, value]) => Number.isFinite(value))) as Record<
    string,
    number
  >;
}

/** Numbers and lists of numbers by name. */
export function parseValues(text: Text): Record<string, number | number[]> {
  const isValue = (value: unknown): boolean =>
    Array.isArray(value) ? value.every(Number.isFinite) : Number.isFinite(value);
  return Object.fromEntries(entriesOf(text).filter(([, value]) => isValue(value))) as Record<
    string,
    number | number[]
  >;
}

/** The items of a declared list; null when there is none, or one whose items are of another kind. */
export function parseItems(text: Text, items: "real" | "integer" | Fields): unknown[] | null {
  const parsed = parse(text);
  if (!Array.isArray(parsed)) return null;
  const fits = (item: unknown): boolean =>
    typeof items === "string" ? isScalar(item, items) : hasFields(item, items);
  return parsed.every(fits) ? parsed : null;
}

function hasFields(item: unknown, fields: Fields): boolean {
  if (typeof item !== "object" || item === null) return false;
  const values = item as Record<string, unknown>;
  return Object.entries(fields).every(([name, type]) => isScalar(values[name], type));
}

function isScalar(value: unknown, type: ScalarType): boolean {
  if (type === "text") return typeof value === "string";
  if (type === "boolean") return typeof value === "boolean";
  // 1e999 is a number of JSON, but none that could be told in JSON again.
  return Number.isFinite(value);
}

function isWarning(item: unknown): item is AnalysisWarning {
  if (typeof item !== "object" || item === null) return false;
  return (
    "code" in item && typeof item.code === "string" && "message" in item && typeof item.message === "string"
  );
}

function parseList(text: Text): unknown[] {
  const parsed = parse(text);
  return Array.isArray(parsed) ? parsed : [];
}

function entriesOf(text: Text): [string, unknown][] {
  const parsed = parse(text);
  const isRecord = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  return isRecord ? Object.entries(parsed) : [];
}

function parse(text: Text): unknown {
  try {
    return typeof text === "string" ? (JSON.parse(text) as unknown) : null;
  } catch {
    return null;
  }
}
