/**
 * The PostgreSQL form can't be opened as a file: what was exported from it, as CSV or as JSON, can. Its values may
 * come from models that were never trained, so that only title, artist, duration, tempo and key are taken.
 */
import { parse } from "csv-parse/sync";
import type { FoundLibrary, FoundTrack } from "../EarlierTrack";
import { ImportError } from "../ImportError";
import { asObject, parseLoose } from "../looseJson";
import { pathOf, sizeOf, type Named } from "./rowParts";

const MAX_ROWS = 1_000_000;
/** Longer lines are none of an export. */
const MAX_RECORD_CHARACTERS = 1_000_000;
const NUMBERS: ReadonlySet<string> = new Set([
  "duration",
  "duration_seconds",
  "tempo",
  "bpm",
  "file_size_bytes",
]);

/** Throws ImportError ("notEarlier", "tooLarge"). */
export function readExport(text: string): FoundLibrary {
  const rows = /^\s*[[{]/.test(text) ? readJson(text) : readCsv(text);
  if (rows.length > MAX_ROWS) throw new ImportError("tooLarge", `The export has more than ${MAX_ROWS} rows.`);
  const named = rows.map(withPath);
  if (!named.some((row) => pathOf(row) !== null)) throw new ImportError("notEarlier", describe(rows[0]));
  return { tracks: toTracks(named), playlists: [], orphaned: () => 0 };
}

function* toTracks(rows: readonly Named[]): Generator<FoundTrack> {
  for (const row of rows) {
    const path = pathOf(row);
    if (path === null) continue;
    yield { path, size: sizeOf(row), analyzedAt: null, values: row, failure: null, isSeenOnly: false };
  }
}

/** A list of objects, an object with such a list in it, or an object a line. */
function readJson(text: string): Named[] {
  const whole = parseLoose(text);
  const list: unknown = Array.isArray(whole) ? whole : asObject(whole)?.["tracks"];
  if (Array.isArray(list)) return objectsIn(list);
  return objectsIn(text.split("\n").map(parseLoose));
}

function objectsIn(list: readonly unknown[]): Named[] {
  return list.map(asObject).filter((item) => item !== null);
}

function readCsv(text: string): Named[] {
  try {
    const records: unknown = parse(text, {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      delimiter: [",", ";", "\t"],
      max_record_size: MAX_RECORD_CHARACTERS,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_ROWS + 1,
    });
    return (records as Record<string, string>[]).map(withNumbers);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ImportError("notEarlier", `This is no export of the earlier Playlista: ${reason}.`, {
      cause: error,
    });
  }
}

function withNumbers(record: Record<string, string>): Named {
  const isNumber = (name: string, text: string): boolean => NUMBERS.has(name) && text.trim() !== "";
  return Object.fromEntries(
    Object.entries(record).map(([name, text]) => [name, isNumber(name, text) ? Number(text) : text]),
  );
}

/** Exports call it as their maker liked. */
function withPath(row: Named): Named {
  const { path, location, file_path } = row;
  return { ...row, file_path: file_path ?? path ?? location };
}

function describe(row: Named | undefined): string {
  const names = Object.keys(row ?? {})
    .slice(0, 5)
    .map((name) => name.slice(0, 40));
  const found =
    names.length === 0 ? "it has no rows" : `its columns are ${names.join(", ")}, and none is file_path`;
  return `This is no export of the earlier Playlista: ${found}.`;
}
