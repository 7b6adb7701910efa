/** What changes the table: a result that is kept, results that are forgotten. */
import { dirname, resolve } from "node:path";
import type { Database } from "sql.js";
import type { Analysis, FileFacts } from "../../shared/analysis";
import { isSameFile } from "../../shared/freshness";
import { COLUMNS, fromRow, toRow, type Row } from "./columns";
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

/** By path, so that a track keeps its id for as long as it is known. */
const UPSERT = `INSERT INTO tracks (${NAMES.join(", ")}) VALUES (${NAMES.map(() => "?").join(", ")})
  ON CONFLICT (path) DO UPDATE SET ${NAMES.map((name) => `${name} = excluded.${name}`).join(", ")}`;

/** Keeps a result, with the failures of the same content counted. */
export function upsertAnalysis(database: Database, root: string, analysis: Analysis): void {
  const stored = toStoredPath(root, analysis.path);
  const [previous] = selectRows(database, "SELECT * FROM tracks WHERE path = ?", [stored]);
  const counted = countAttempts(analysis, previous ? fromRow(previous, analysis.path) : null);
  const failedAt = counted.state === "failed" ? counted.timing.analyzedAt : null;
  const row: Row = {
    ...toRow(counted),
    path: stored,
    folder: storedFolder(stored),
    first_failed_at: failedAt === null ? null : (previous?.["first_failed_at"] ?? failedAt),
    last_failed_at: failedAt,
  };
  database.run(
    UPSERT,
    NAMES.map((name) => row[name] ?? null),
  );
}

/** A track that is no longer known. */
interface DeletedTrack {
  /** Absolute. */
  path: string;
  sha256: string | null;
}

/** Forgets files and everything below folders; gives what was known of them. */
export function deleteTracks(database: Database, root: string, paths: readonly string[]): DeletedTrack[] {
  const unwanted = new Set(paths.map((path) => resolve(path)));
  const removed: DeletedTrack[] = [];
  // Looking at every row is right for folders in, outside and around the root alike, and quick enough.
  for (const row of selectRows(database, "SELECT path, file_sha256 FROM tracks")) {
    const path = fromStoredPath(root, String(row["path"]));
    if (!isAtOrBelow(path, unwanted)) continue;
    database.run("DELETE FROM tracks WHERE path = ?", [String(row["path"])]);
    removed.push({ path, sha256: row["file_sha256"] as string | null });
  }
  return removed;
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
