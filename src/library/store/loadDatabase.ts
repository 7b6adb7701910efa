/**
 * Reads a database file into memory and says what it is: ours, of a newer version, someone else's, or broken.
 * Nothing is written here, whatever is found.
 */
import { open, stat } from "node:fs/promises";
import initSqlJs, { type Database, type SqlJsStatic } from "sql.js";
import { APPLICATION_ID } from "./schema";

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
export async function readStamp(path: string): Promise<Stamp | null> {
  try {
    const { ino, mtimeMs, size } = await stat(path);
    return { ino, mtimeMs, size };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
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

async function readWithStamp(path: string): Promise<{ bytes: Uint8Array; stamp: Stamp } | null> {
  try {
    const file = await open(path, "r");
    try {
      const { ino, mtimeMs, size } = await file.stat();
      return { bytes: await file.readFile(), stamp: { ino, mtimeMs, size } };
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
