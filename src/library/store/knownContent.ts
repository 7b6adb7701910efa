/**
 * Results and where their files are: a file that was renamed or moved is known by its content and need not be
 * analysed again, and one that is gone is marked and keeps its result.
 */
import type { Database } from "sql.js";
import type { Analysis, FileFacts } from "../../shared/analysis";
import { fromRow, type Row } from "./columns";
import type { Cell, Operation } from "./operations";
import { fromStoredPath, isOutsideRoot, storedFolder, toStoredPath } from "./storedPath";
import { selectRows } from "./trackQueries";

/** More files of one size are stems of one song, and one of them is as good as the other. */
const MAX_OF_SIZE = 64;

/** A track and whether its file was gone when it was last looked for. */
export interface KnownFile {
  /** Absolute. */
  path: string;
  isMissing: boolean;
}

/** Analysed results, the newest first, of files with this many bytes whose content is known. */
export function selectOfSize(database: Database, root: string, bytes: number): Analysis[] {
  const sql = `SELECT * FROM tracks WHERE file_size = ? AND state = 'analyzed' AND file_sha256 IS NOT NULL
    ORDER BY timing_analyzed_at DESC LIMIT ${MAX_OF_SIZE}`;
  return selectRows(database, sql, [bytes]).map((row) =>
    fromRow(row, fromStoredPath(root, String(row["path"]))),
  );
}

/** What is known of the given files and of all below the given folders. */
export function selectKnown(database: Database, root: string, paths: readonly string[]): KnownFile[] {
  const known = new Map<string, KnownFile>();
  for (const path of paths)
    for (const row of rowsAtOrBelow(database, root, path)) {
      const found = fromStoredPath(root, String(row["path"]));
      known.set(found, { path: found, isMissing: row["missing_since"] !== null });
    }
  return [...known.values()];
}

interface Recognized {
  root: string;
  /** Absolute. */
  path: string;
  /** As it is now, with its hash. */
  file: FileFacts;
  /** Absolute: where a file with this content was and is no more; null when it is where it was. */
  movedFrom: string | null;
}

/**
 * What gives a file the result that its content has: its own row, or the row of `movedFrom` with all that refers to it.
 * Null when these have another content, or the new place has a row of its own.
 */
export function recognizeContent(
  database: Database,
  { root, path, file, movedFrom }: Recognized,
): Operation | null {
  const stored = toStoredPath(root, path);
  const from = movedFrom === null ? stored : toStoredPath(root, movedFrom);
  const rows = selectRows(database, "SELECT id, path, state, file_sha256 FROM tracks WHERE path IN (?, ?)", [
    stored,
    from,
  ]);
  const row = rows.find((each) => each["path"] === from);
  const isTaken = from !== stored && rows.some((each) => each["path"] === stored);
  if (!row || isTaken || row["state"] !== "analyzed" || row["file_sha256"] !== file.sha256) return null;
  const place = { path: stored, folder: storedFolder(stored), missing_since: null };
  return put({ id: row["id"] as number, ...place, file_size: file.size, file_modified: file.modified });
}

/** Marks a file as gone since then (ISO 8601), or takes the mark away (null). */
export function markMissing(root: string, path: string, since: string | null): Operation {
  return put({ path: toStoredPath(root, path), missing_since: since });
}

function put(row: Record<string, Cell>): Operation {
  return { kind: "put", table: "tracks", row };
}

/** Paths below the root are stored relative to it, all others as they are. */
function rowsAtOrBelow(database: Database, root: string, path: string): Row[] {
  const select = "SELECT path, missing_since FROM tracks";
  const stored = toStoredPath(root, path);
  // "0" is the character after "/". All below the root itself, whose name is empty, comes with the second question.
  const range = [stored, `${stored}/`, `${stored}0`];
  const rows =
    stored === "" ? [] : selectRows(database, `${select} WHERE path = ? OR (path > ? AND path < ?)`, range);
  const isAtOrAboveRoot = !isOutsideRoot(toStoredPath(path, root));
  if (!isAtOrAboveRoot) return rows;
  return [...rows, ...selectRows(database, select).filter((row) => !isOutsideRoot(String(row["path"])))];
}
