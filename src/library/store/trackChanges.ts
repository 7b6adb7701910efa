/** What changes the table of tracks, as operations: a result that is kept, results that are forgotten. */
import { dirname, resolve } from "node:path";
import type { Database } from "sql.js";
import type { Analysis, FileFacts } from "../../shared/analysis";
import { isSameFile } from "../../shared/freshness";
import { COLUMNS, fromRow, toRow, type Row } from "./columns";
import type { Cell, Operation } from "./operations";
import { fromStoredPath, storedFolder, toStoredPath } from "./storedPath";
import { selectRows } from "./trackQueries";

const NAMES = [
  "path",
  "folder",
  "state",
  "origin",
  "missing_since",
  "first_failed_at",
  "last_failed_at",
  ...COLUMNS.map((column) => column.name),
  "warnings",
  "missing",
  "groups",
];

/** Keeps a result, with the failures of the same content counted; what was imported of the file goes. */
export function keepAnalysis(database: Database, root: string, analysis: Analysis): Operation[] {
  const stored = toStoredPath(root, analysis.path);
  const [previous] = selectRows(database, "SELECT * FROM tracks WHERE path = ?", [stored]);
  const counted = countAttempts(analysis, previous ? fromRow(previous, analysis.path) : null);
  const failedAt = counted.state === "failed" ? counted.timing.analyzedAt : null;
  const firstFailedAt = failedAt === null ? null : ((previous?.["first_failed_at"] ?? failedAt) as string);
  const row = trackRow(root, counted, firstFailedAt, failedAt);
  return [
    { kind: "put", table: "tracks", row },
    ...(previous?.["origin"] ? forgetModelTags(database, previous["id"] as number) : []),
  ];
}

/** All columns of a track's row but its id. */
export function trackRow(
  root: string,
  analysis: Analysis,
  firstFailedAt: string | null,
  lastFailedAt: string | null,
): Record<string, Cell> {
  const path = toStoredPath(root, analysis.path);
  const row: Row = {
    ...toRow(analysis),
    path,
    folder: storedFolder(path),
    first_failed_at: firstFailedAt,
    last_failed_at: lastFailedAt,
  };
  return Object.fromEntries(NAMES.map((name) => [name, (row[name] ?? null) as Cell]));
}

/** Takes away what a model said of a track. */
export function forgetModelTags(database: Database, track: number): Operation[] {
  return selectRows(database, "SELECT name FROM model_tags WHERE track = ?", [track]).map(({ name }) => ({
    kind: "delete",
    table: "model_tags",
    key: { track, name: String(name) },
  }));
}

/** A track that is to be known no longer. */
interface UnwantedTrack {
  id: number;
  /** Absolute. */
  path: string;
  sha256: string | null;
}

/** Files, and everything below folders. */
export function findTracks(database: Database, root: string, paths: readonly string[]): UnwantedTrack[] {
  const unwanted = new Set(paths.map((path) => resolve(path)));
  const found: UnwantedTrack[] = [];
  // Looking at every row is right for folders in, outside and around the root alike, and quick enough.
  for (const row of selectRows(database, "SELECT id, path, file_sha256 FROM tracks")) {
    const path = fromStoredPath(root, String(row["path"]));
    if (!isAtOrBelow(path, unwanted)) continue;
    found.push({ id: row["id"] as number, path, sha256: row["file_sha256"] as string | null });
  }
  return found;
}

export function forgetTrack({ id }: UnwantedTrack): Operation {
  return { kind: "delete", table: "tracks", key: { id } };
}

/** Whether any track still has this content. */
export function hasContent(database: Database, sha256: string): boolean {
  return selectRows(database, "SELECT 1 FROM tracks WHERE file_sha256 = ? LIMIT 1", [sha256]).length > 0;
}

function isAtOrBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (let at = path; ; at = dirname(at)) {
    if (folders.has(at)) return true;
    if (at === dirname(at)) return false;
  }
}

function countAttempts(analysis: Analysis, previous: Analysis | null): Analysis {
  if (!analysis.error) return analysis;
  const isSame = previous !== null && sameContent(analysis.file, previous.file);
  const attempts = 1 + (isSame ? (previous.error?.attempts ?? 0) : 0);
  return { ...analysis, error: { ...analysis.error, attempts } };
}

/** Not by hash, which content that can't be read has not; a file of which nothing is known stays the same. */
function sameContent(a: FileFacts | null, b: FileFacts | null): boolean {
  return a === null || b === null ? a === b : isSameFile(a, b);
}
