/**
 * Which column holds which part of an Analysis, and the way from one to the other. Measured values come from
 * the list of measurements, the rest from the shapes in shared/analysis.ts; a field added there without a
 * kind here does not compile. Lists are JSON text, everything else has a typed column.
 */
import type { SqlValue } from "sql.js";
import { MEASURED_GROUPS } from "../../shared/analysis";
import type {
  Analysis,
  AnalysisFailure,
  FileFacts,
  FormatFacts,
  ImportedFacts,
  MeasuredGroup,
  MeasuredGroups,
  Tags,
  Timing,
  Versions,
} from "../../shared/analysis";
import { valueAt } from "../../shared/format";
import { leavesOf, VALUES } from "../../shared/measurements";
import type { ScalarType, ValueDeclaration } from "../../shared/measurements";
import {
  parseItems,
  parseNumbers,
  parseReasons,
  parseStrings,
  parseValues,
  parseWarnings,
} from "./storedLists";

/** JSON text: of strings, of numbers by name, of numbers and lists of them by name, of what a value declares. */
type JsonKind = "strings" | "counts" | "values" | "list";
type ColumnKind = ScalarType | JsonKind;

/** Groups that are null as a whole when a file failed early. */
const GROUPS = ["file", "format", "tags", ...MEASURED_GROUPS] as const;

type FactGroup = "file" | "format" | "tags" | "error" | "versions" | "timing" | "imported";

export interface Column {
  name: string;
  kind: ColumnKind;
  /** Where an Analysis has it: "tonal.openKey". */
  path: string;
}

interface FactColumn extends Column {
  group: FactGroup;
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
  genre: "strings",
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

/** The rest of it has columns of the format, and the row's own "origin". */
const IMPORTED: Record<keyof Pick<ImportedFacts, "analyzedAt" | "values">, ColumnKind> = {
  analyzedAt: "text",
  values: "values",
};

function columnsOf(group: FactGroup, fields: Record<string, ColumnKind>): FactColumn[] {
  return Object.entries(fields).map(([field, kind]) => ({
    name: columnName(`${group}.${field}`),
    kind,
    path: `${group}.${field}`,
    group,
    field,
  }));
}

/** The paths are a closed list, and asked for with every row. */
const NAMES = new Map<string, string>();

/** "tonal.openKey" → "tonal_open_key". */
export function columnName(path: string): string {
  const known = NAMES.get(path);
  if (known !== undefined) return known;
  const name = path.replaceAll(".", "_").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  NAMES.set(path, name);
  return name;
}

const FACTS_BEFORE: readonly FactColumn[] = [
  ...columnsOf("error", ERROR),
  ...columnsOf("file", FILE),
  ...columnsOf("format", FORMAT),
  ...columnsOf("tags", TAGS),
];
const FACTS_AFTER: readonly FactColumn[] = [
  ...columnsOf("versions", VERSIONS),
  ...columnsOf("timing", TIMING),
  ...columnsOf("imported", IMPORTED),
];
const FACTS = [...FACTS_BEFORE, ...FACTS_AFTER];

/** The columns of measured values, in the order of the list of measurements. */
const LEAVES = VALUES.flatMap(leavesOf).map(({ path, type }) => ({
  name: columnName(path),
  kind: type,
  path,
}));

/** Every column that holds one field of a group. */
export const COLUMNS: readonly Column[] = [...FACTS_BEFORE, ...LEAVES, ...FACTS_AFTER];

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
  for (const { name, kind, group, field } of FACTS) {
    const values = analysis[group] as Record<string, unknown> | null | undefined;
    row[name] = toSql(kind, values?.[field]);
  }
  for (const { name, kind, path } of LEAVES) row[name] = toSql(kind, valueAt(analysis, path));
  return analysis.imported ? { ...row, ...importedColumns(analysis.imported, analysis.timing) } : row;
}

/** Columns of others that an imported row fills; its time may not be known. */
function importedColumns(
  { origin, duration, sampleRate, channels, bitrate }: ImportedFacts,
  { analyzedAt }: Timing,
): Row {
  return {
    origin,
    format_duration: duration,
    format_sample_rate: sampleRate,
    format_channels: channels,
    format_bitrate: bitrate,
    timing_analyzed_at: analyzedAt || null,
    missing: "{}",
  };
}

/** The analysis that a row holds. Columns that the row lacks (a newer or older database) read as null. */
export function fromRow(row: Row, path: string): Analysis {
  const present = new Set(parseStrings(row["groups"]));
  const facts = readFacts(row);
  const whole = <G extends "file" | "format" | "tags">(group: G): Analysis[G] =>
    present.has(group) ? (facts.get(group) as Analysis[G]) : null;
  const analysis: Analysis = {
    path,
    state: row["state"] as Analysis["state"],
    ...(row["error_code"] ? { error: facts.get("error") as AnalysisFailure } : {}),
    warnings: parseWarnings(row["warnings"]),
    file: whole("file"),
    format: whole("format"),
    tags: whole("tags"),
    ...readMeasured(row, present),
    segments: null,
    missing: parseReasons(row["missing"]),
    versions: facts.get("versions") as Versions,
    timing: facts.get("timing") as Timing,
  };
  return row["origin"] ? { ...analysis, ...importedPart(row, facts, analysis) } : analysis;
}

/** What an imported row has in columns of others, and the one reason why it lacks the rest. */
function importedPart(
  row: Row,
  facts: ReadonlyMap<FactGroup, unknown>,
  analysis: Analysis,
): Pick<Analysis, "imported" | "missing"> {
  const { duration, sampleRate, channels, bitrate } = facts.get("format") as FormatFacts;
  const { analyzedAt, values } = facts.get("imported") as Partial<ImportedFacts>;
  const absent = analysis.state === "failed" ? [] : VALUES.filter(({ path }) => isAbsent(analysis, path));
  return {
    imported: {
      origin: row["origin"] as ImportedFacts["origin"],
      analyzedAt: analyzedAt ?? null,
      ...{ duration, sampleRate, channels, bitrate },
      // In a table of their own.
      modelTags: [],
      values: values ?? {},
    },
    missing: Object.fromEntries(absent.map(({ path }) => [path, "imported"])),
  };
}

function isAbsent(analysis: Analysis, path: string): boolean {
  return !path.startsWith("essentia.") && (valueAt(analysis, path) ?? null) === null;
}

/** What reads for fields that every result has, where a row edited by others has none. */
const ABSENT: Readonly<Record<string, string | number>> = {
  error_message: "",
  error_attempts: 0,
  versions_app: "",
  versions_schema: 0,
  timing_analyzed_at: "",
};

/** The fields of every group that is not measured, by group. */
function readFacts(row: Row): Map<FactGroup, unknown> {
  const groups = new Map<FactGroup, Record<string, unknown>>();
  for (const { name, kind, group, field } of FACTS) {
    const values = groups.get(group) ?? {};
    values[field] = fromSql(kind, row[name] ?? null) ?? ABSENT[name] ?? null;
    groups.set(group, values);
  }
  return groups;
}

type Measured = { [G in MeasuredGroup]: MeasuredGroups[G] | null };

function readMeasured(row: Row, present: ReadonlySet<string>): Measured {
  const groups = Object.fromEntries(
    MEASURED_GROUPS.map((group): [string, Record<string, unknown> | null] => [
      group,
      present.has(group) ? {} : null,
    ]),
  );
  for (const value of VALUES) {
    const [group = "", field = ""] = value.path.split(".");
    const values = groups[group];
    if (values) values[field] = readValue(row, value);
  }
  return groups as unknown as Measured;
}

function readValue(row: Row, value: ValueDeclaration): unknown {
  const stored = (path: string): SqlValue => row[columnName(path)] ?? null;
  if (value.type === "list") return parseItems(stored(value.path), value.items);
  if (value.type !== "record") return fromSql(value.type, stored(value.path));
  const fields = Object.entries(value.fields).map(([field, type]): [string, unknown] => [
    field,
    fromSql(type, stored(`${value.path}.${field}`)),
  ]);
  // A record is measured as a whole.
  return fields.some(([, part]) => part === null) ? null : Object.fromEntries(fields);
}

function toSql(kind: ColumnKind, value: unknown): SqlValue {
  if (value === null || value === undefined) return null;
  if (kind === "strings" || kind === "counts" || kind === "values" || kind === "list")
    return JSON.stringify(value);
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
  if (kind === "strings") return parseStrings(value);
  if (kind === "counts") return parseNumbers(value);
  if (kind === "values") return parseValues(value);
  // SQL has infinities; results and JSON have none.
  if (value === null || value === Infinity || value === -Infinity) return null;
  return kind === "boolean" ? value === 1 : value;
}
