/** Reads a folder's database as any SQLite program would: what the window shows is compared with this. */
import { createRequire } from "node:module";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import initSqlJs, { type SqlValue } from "sql.js";

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
