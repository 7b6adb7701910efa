/** Reads a folder's database as any SQLite program would: what the window shows is compared with this. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import initSqlJs, { type SqlValue } from "sql.js";
import { formatHeadline } from "../../src/shared/format";

/** One row of the table `tracks`, by column name. */
export type StoredTrack = Record<string, SqlValue>;

function databasePath(folder: string): string {
  return join(folder, ".playlista", "library.sqlite");
}

/** All stored tracks by path relative to the folder; none when there is no database. */
export async function readLibrary(folder: string): Promise<Map<string, StoredTrack>> {
  if (!existsSync(databasePath(folder))) return new Map();
  const files = dirname(createRequire(import.meta.url).resolve("sql.js"));
  const { Database } = await initSqlJs({ locateFile: (name) => join(files, name) });
  const database = new Database(readFileSync(databasePath(folder)));
  const [result] = database.exec("SELECT * FROM tracks ORDER BY path");
  database.close();
  const rows = (result?.values ?? []).map((values) =>
    Object.fromEntries(values.map((value, index) => [result?.columns[index] ?? "", value])),
  );
  return new Map(rows.map((row) => [String(row["path"]), row]));
}

/** Changes whenever the database file is written. */
export function libraryStamp(folder: string): string {
  const { ino, mtimeMs, size } = statSync(databasePath(folder));
  return `${ino} ${mtimeMs} ${size}`;
}

/** What the tree must say of each stored file, by file name. */
export async function expectedDescriptions(folder: string): Promise<Record<string, string>> {
  const library = await readLibrary(folder);
  const lines = [...library].map(([path, row]) => [
    basename(path),
    row["state"] === "failed"
      ? String(row["error_message"])
      : formatHeadline({
          tempo: row["rhythm_tempo"] as number | null,
          camelot: row["tonal_camelot"] as string | null,
          integrated: row["loudness_integrated"] as number | null,
        }),
  ]);
  return Object.fromEntries(lines) as Record<string, string>;
}
