/** The questions that are asked of the table, and their answers as the protocol names them. */
import type { Database } from "sql.js";
import type { FolderPage, FolderRow, StoreCounts, TrackRow } from "../../shared/engineProtocol";
import type { Row } from "./columns";
import { fromStoredPath, isOutsideRoot, toStoredPath } from "./storedPath";

type Parameters = (string | number | null)[];

export function selectRows(database: Database, sql: string, parameters: Parameters = []): Row[] {
  const statement = database.prepare(sql, parameters);
  try {
    const rows: Row[] = [];
    // The statement's own objects ask for the name of every column again in every row.
    const names = statement.getColumnNames();
    while (statement.step()) {
      const values = statement.get();
      const row: Row = {};
      for (const [index, name] of names.entries()) row[name] = values[index] ?? null;
      rows.push(row);
    }
    return rows;
  } finally {
    statement.free();
  }
}

const TRACK_ROW = `path, state, error_code, error_message, iif(json_valid(warnings), json_array_length(warnings), 0) AS warnings,
  format_duration, rhythm_tempo, tonal_camelot, loudness_integrated, file_size, file_modified`;

export function selectTrack(database: Database, root: string, path: string): TrackRow | null {
  const sql = `SELECT ${TRACK_ROW} FROM tracks WHERE path = ?`;
  const [row] = selectRows(database, sql, [toStoredPath(root, path)]);
  return row ? toTrackRow(root, row) : null;
}

/** The hash of the content that a file had when it was last analysed, or null. */
export function selectContent(database: Database, root: string, path: string): string | null {
  const sql = "SELECT file_sha256 FROM tracks WHERE path = ?";
  const [row] = selectRows(database, sql, [toStoredPath(root, path)]);
  return (row?.["file_sha256"] ?? null) as string | null;
}

/** The lines of tracks, in the order of their ids; one that is gone meanwhile is left out. */
export function selectRowsByIds(database: Database, root: string, ids: readonly number[]): TrackRow[] {
  const sql = `SELECT id, ${TRACK_ROW} FROM tracks WHERE id IN (SELECT value FROM json_each(?))`;
  const rows = selectRows(database, sql, [JSON.stringify(ids)]);
  const byId = new Map(rows.map((row) => [Number(row["id"]), toTrackRow(root, row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export function selectFailed(database: Database, root: string, limit: number): TrackRow[] {
  const sql = `SELECT ${TRACK_ROW} FROM tracks WHERE state = 'failed' ORDER BY path LIMIT ?`;
  return selectRows(database, sql, [limit]).map((row) => toTrackRow(root, row));
}

export function selectCounts(database: Database): StoreCounts {
  const [row] = selectRows(
    database,
    `SELECT count(*) FILTER (WHERE state = 'analyzed') AS analyzed,
      count(*) FILTER (WHERE state = 'failed') AS failed,
      count(*) FILTER (WHERE state = 'imported') AS imported FROM tracks`,
  );
  const [analyzed, failed, imported] = [row?.["analyzed"], row?.["failed"], row?.["imported"]].map(Number);
  return { analyzed: analyzed ?? 0, failed: failed ?? 0, imported: imported ?? 0 };
}

/** One level of the tree; folder null is the top. */
export function selectFolder(
  database: Database,
  root: string,
  query: { folder: string | null; offset: number; limit: number },
): FolderPage {
  const folder = query.folder === null ? "" : toStoredPath(root, query.folder);
  const tracks = selectRows(
    database,
    `SELECT ${TRACK_ROW} FROM tracks WHERE folder = ? ORDER BY path COLLATE NOCASE, path LIMIT ? OFFSET ?`,
    [folder, query.limit, query.offset],
  );
  const [total] = selectRows(database, "SELECT count(*) AS tracks FROM tracks WHERE folder = ?", [folder]);
  return {
    // Told once: to count what lies in them means to go over all that is below.
    folders: query.offset === 0 ? selectSubfolders(database, root, folder) : [],
    tracks: tracks.map((row) => toTrackRow(root, row)),
    remaining: Math.max(0, Number(total?.["tracks"]) - query.offset - tracks.length),
  };
}

function selectSubfolders(database: Database, root: string, folder: string): FolderRow[] {
  const [below, bounds] = belowFolder(folder);
  const rows = selectRows(
    database,
    `SELECT folder, count(*) AS tracks, count(*) FILTER (WHERE state = 'failed') AS failed
     FROM tracks WHERE ${below} GROUP BY folder ORDER BY folder`,
    bounds,
  );
  const byPath = new Map<string, FolderRow>();
  for (const row of rows) {
    const stored = childOf(folder, String(row["folder"]), byPath);
    const child = byPath.get(stored) ?? { path: fromStoredPath(root, stored), tracks: 0, failed: 0 };
    child.tracks += Number(row["tracks"]);
    child.failed += Number(row["failed"]);
    byPath.set(stored, child);
  }
  return [...byPath.values()];
}

/**
 * Which child of `folder` shows `descendant`. Folders outside the root have no common parent worth showing: at
 * the top each stands for itself, but for those below one that is there already.
 */
function childOf(folder: string, descendant: string, shown: ReadonlyMap<string, unknown>): string {
  if (folder === "" && isOutsideRoot(descendant)) {
    for (const outer of shown.keys()) if (descendant.startsWith(`${outer}/`)) return outer;
    return descendant;
  }
  const start = folder === "" ? 0 : folder.length + 1;
  const end = descendant.indexOf("/", start);
  return end < 0 ? descendant : descendant.slice(0, end);
}

/**
 * SQL condition for folders strictly below one: an index range, which unlike LIKE needs no escaping. "" is the
 * top, below which lies everything but the root's own files.
 */
function belowFolder(folder: string): [string, Parameters] {
  if (folder === "") return ["folder <> ''", []];
  const prefix = folder.endsWith("/") ? folder.slice(0, -1) : folder;
  // "0" is the character after "/".
  return ["folder > ? AND folder < ?", [`${prefix}/`, `${prefix}0`]];
}

function toTrackRow(root: string, row: Row): TrackRow {
  return {
    path: fromStoredPath(root, String(row["path"])),
    state: row["state"] as TrackRow["state"],
    errorCode: row["error_code"] as TrackRow["errorCode"],
    errorMessage: row["error_message"] as string | null,
    warnings: Number(row["warnings"]),
    duration: row["format_duration"] as number | null,
    tempo: row["rhythm_tempo"] as number | null,
    camelot: row["tonal_camelot"] as string | null,
    integrated: row["loudness_integrated"] as number | null,
    file: toStamp(row["file_size"], row["file_modified"]),
  };
}

function toStamp(size: unknown, modified: unknown): TrackRow["file"] {
  return size === null ? null : { size: Number(size), modified: Number(modified) };
}
