/**
 * Which column holds which part of an Analysis, and the way from one to the other. Measured values come from
 * the list of measurements, the rest from the shapes in shared/analysis.ts; a field added there without a
 * kind here does not compile. Lists are JSON text, everything else has a typed column.
 */
import type { SqlValue } from "sql.js";
import type {
  Analysis,
  AnalysisFailure,
  FileFacts,
  FormatFacts,
  Tags,
  Timing,
  Versions,
} from "../../shared/analysis";
import { VALUES } from "../../shared/measurements";
import { parseNumbers, parseReasons, parseStrings, parseWarnings } from "./storedLists";

/** "list" and "counts" are JSON text: of strings, and of numbers by name. */
type ColumnKind = "text" | "real" | "integer" | "boolean" | "list" | "counts";

/** Groups that are null as a whole when a file failed early. */
const GROUPS = ["file", "format", "tags", "loudness", "rhythm", "tonal"] as const;
type Group = (typeof GROUPS)[number];

export interface Column {
  name: string;
  kind: ColumnKind;
  group: Group | "error" | "versions" | "timing";
  field: string;
}

const FILE: Record<keyof FileFacts, ColumnKind> = { size: "integer", modified: "real", sha256: "text" };

const FORMAT: Record<keyof FormatFacts, ColumnKind> = {
  container: "text",
  codec: "text",
  lossless: "boolean",
  sampleRate: "integer",
  channels: "integer",
  bitDepth: "integer",
  bitrate: "real",
  duration: "real",
  samples: "integer",
};

const TAGS: Record<keyof Tags, ColumnKind> = {
  title: "text",
  artist: "text",
  album: "text",
  albumArtist: "text",
  trackNumber: "integer",
  year: "integer",
  genre: "list",
  comment: "text",
  tempo: "real",
  key: "text",
  replayGainTrack: "real",
  replayGainAlbum: "real",
};

const ERROR: Record<keyof AnalysisFailure, ColumnKind> = {
  code: "text",
  message: "text",
  attempts: "integer",
};

const VERSIONS: Record<keyof Versions, ColumnKind> = {
  app: "text",
  schema: "integer",
  measurements: "counts",
};

const TIMING: Record<keyof Timing, ColumnKind> = {
  analyzedAt: "text",
  decodeMs: "real",
  analyzeMs: "real",
  workerId: "integer",
};

function columnsOf(group: Column["group"], fields: Record<string, ColumnKind>): Column[] {
  return Object.entries(fields).map(([field, kind]) => ({
    name: columnName(group, field),
    kind,
    group,
    field,
  }));
}

/** ("tonal", "openKey") → "tonal_open_key". */
function columnName(group: string, field: string): string {
  return `${group}_${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

/** The columns of measured values, in the order of the list of measurements. */
const VALUE_COLUMNS: readonly Column[] = VALUES.map((value) => {
  const [group, field] = value.path.split(".") as ["loudness" | "rhythm" | "tonal", string];
  return { name: columnName(group, field), kind: value.type, group, field };
});

/** Every column that holds one field of a group. */
export const COLUMNS: readonly Column[] = [
  ...columnsOf("error", ERROR),
  ...columnsOf("file", FILE),
  ...columnsOf("format", FORMAT),
  ...columnsOf("tags", TAGS),
  ...VALUE_COLUMNS,
  ...columnsOf("versions", VERSIONS),
  ...columnsOf("timing", TIMING),
];

/** One row of the table, by column name. */
export type Row = Record<string, SqlValue>;

/** The row of an analysis but for its path, which depends on the store's root. */
export function toRow(analysis: Analysis): Row {
  const row: Row = {
    state: analysis.state,
    warnings: JSON.stringify(analysis.warnings),
    missing: JSON.stringify(analysis.missing),
    // A group of nulls and a missing group would look the same in the columns.
    groups: JSON.stringify(GROUPS.filter((group) => analysis[group] !== null)),
  };
  for (const { name, kind, group, field } of COLUMNS) {
    const values = analysis[group] as Record<string, unknown> | null | undefined;
    row[name] = toSql(kind, values?.[field]);
  }
  return row;
}

/** The analysis that a row holds. Columns that the row lacks (a newer or older database) read as null. */
export function fromRow(row: Row, path: string): Analysis {
  const present = new Set(parseStrings(row["groups"]));
  const groups = readGroups(row);
  const whole = <G extends Group>(group: G): Analysis[G] =>
    present.has(group) ? (groups.get(group) as Analysis[G]) : null;
  return {
    path,
    state: row["state"] as Analysis["state"],
    ...(row["error_code"] ? { error: groups.get("error") as AnalysisFailure } : {}),
    warnings: parseWarnings(row["warnings"]),
    file: whole("file"),
    format: whole("format"),
    tags: whole("tags"),
    loudness: whole("loudness"),
    rhythm: whole("rhythm"),
    tonal: whole("tonal"),
    missing: parseReasons(row["missing"]),
    versions: groups.get("versions") as Versions,
    timing: groups.get("timing") as Timing,
  };
}

/** What reads for fields that every result has, where a row edited by others has none. */
const ABSENT: Readonly<Record<string, string | number>> = {
  error_message: "",
  error_attempts: 0,
  versions_app: "",
  versions_schema: 0,
  timing_analyzed_at: "",
};

/** The fields of every group, by group. */
function readGroups(row: Row): Map<Column["group"], unknown> {
  const groups = new Map<Column["group"], Record<string, unknown>>();
  for (const { name, kind, group, field } of COLUMNS) {
    const values = groups.get(group) ?? {};
    values[field] = fromSql(kind, row[name] ?? null) ?? ABSENT[name] ?? null;
    groups.set(group, values);
  }
  return groups;
}

function toSql(kind: ColumnKind, value: unknown): SqlValue {
  if (value === null || value === undefined) return null;
  if (kind === "list" || kind === "counts") return JSON.stringify(value);
  if (kind === "boolean") return value === true ? 1 : 0;
  // Text in SQLite ends at a NUL for most readers, sql.js among them.
  if (kind === "text") return (value as string).replaceAll("\0", "\uFFFD");
  return kind === "integer" ? toInteger(value as number) : (value as number);
}

/** These are counts; what a tag claims must not lose the whole result to the column's type. */
function toInteger(value: number): number | null {
  const rounded = Math.round(value);
  return Number.isSafeInteger(rounded) ? rounded : null;
}

function fromSql(kind: ColumnKind, value: SqlValue): unknown {
  if (kind === "list") return parseStrings(value);
  if (kind === "counts") return parseNumbers(value);
  if (value === null) return null;
  return kind === "boolean" ? value === 1 : value;
}
