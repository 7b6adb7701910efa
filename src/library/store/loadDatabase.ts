/**
 * Reads a database file into memory and says what it is: ours, of a newer version, someone else's, or broken.
 * Nothing is written here, whatever is found.
 */
import { open, stat } from "node:fs/promises";
import initSqlJs, { type Database, type SqlJsStatic } from "sql.js";
import { APPLICATION_ID } from "./schema";
import { StoreError } from "./StoreError";

/** Tells whether a file is still the one that was read: a save replaces it by another. */
export interface Stamp {
  ino: number;
  mtimeMs: number;
  size: number;
}

export type Loaded =
  | { kind: "none" }
  /** `version` may be older or newer than ours. */
  | { kind: "ours"; database: Database; version: number; stamp: Stamp }
  | { kind: "notOurs" }
  /** `wasDatabase`: it starts as SQLite files do, so it is torn rather than another kind of file. */
  | { kind: "broken"; reason: string; wasDatabase: boolean; stamp: Stamp };

let sqlite: Promise<SqlJsStatic> | undefined;

/** An empty database in memory, or one over the bytes of a file. */
export async function openInMemory(bytes?: Uint8Array): Promise<Database> {
  sqlite ??= initSqlJs();
  const { Database } = await sqlite;
  const database = new Database(bytes);
  try {
    database.run("PRAGMA foreign_keys = ON");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

export async function loadDatabase(path: string): Promise<Loaded> {
  const content = await readWithStamp(path);
  if (content === null || content.bytes.length === 0) return { kind: "none" };
  const { bytes, stamp } = content;
  const wasDatabase = Buffer.from(bytes.subarray(0, 15)).toString("latin1") === "SQLite format 3";
  let database: Database | undefined;
  try {
    database = await openInMemory(bytes);
    const problem = scalar(database, "PRAGMA quick_check(1)");
    if (problem !== "ok") throw new Error(String(problem));
    const version = Number(scalar(database, "PRAGMA user_version"));
    if (isOurs(database)) return { kind: "ours", database, version, stamp };
    database.close();
    return { kind: "notOurs" };
  } catch (error) {
    database?.close();
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "broken", reason, wasDatabase, stamp };
  }
}

/** The stamp of the file as it is now, or null when there is none. */
export function readStamp(path: string): Promise<Stamp | null> {
  return orNoFile(path, async () => stampOf(await stat(path)));
}

export function sameStamp(a: Stamp | null, b: Stamp | null): boolean {
  return a?.ino === b?.ino && a?.mtimeMs === b?.mtimeMs && a?.size === b?.size;
}

/** An empty database without an owner (a first save that was cut short elsewhere) may become ours. */
function isOurs(database: Database): boolean {
  const id = scalar(database, "PRAGMA application_id");
  if (id === APPLICATION_ID) return true;
  return id === 0 && scalar(database, "SELECT count(*) FROM sqlite_schema") === 0;
}

function scalar(database: Database, sql: string): unknown {
  return database.exec(sql)[0]?.values[0]?.[0];
}

function readWithStamp(path: string): Promise<{ bytes: Uint8Array; stamp: Stamp } | null> {
  return orNoFile(path, async () => {
    const file = await open(path, "r");
    try {
      const stamp = stampOf(await file.stat());
      return { bytes: await file.readFile(), stamp };
    } finally {
      await file.close();
    }
  });
}

function stampOf({ ino, mtimeMs, size }: Stamp): Stamp {
  return { ino, mtimeMs, size };
}

async function orNoFile<T>(path: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new StoreError("cannotRead", `Cannot read ${path}: ${message}`, { cause: error });
  }
}
