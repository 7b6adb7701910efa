/**
 * Reads a database file into memory and says what it is: ours, of a newer version, someone else's, or broken.
 * Nothing is written here, whatever is found.
 */
import { stat } from "node:fs/promises";
import initSqlJs, { type Database, type SqlJsStatic } from "sql.js";
import { findLayoutProblem } from "./checkLayout";
import { readRegularFile } from "./readRegularFile";
import { repeatedPages } from "./repeatedPages";
import { APPLICATION_ID, SCHEMA_VERSION } from "./schema";
import { StoreError } from "./StoreError";
import { orCannotRead } from "./storeFailures";
import { isOurName } from "./StoreFiles";

/** SQLite in WASM cannot hold more. */
export const MAX_BYTES = 2 ** 31 - 1;
/** For what is put before the next snapshot is read. */
const ROOM = 1 / 8;
/** Where a database's header has its `application_id`, and where the header ends. */
const ID_AT = 68;
const HEADER_BYTES = 100;

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
  /** Ours, by its header or its name, and not to be read. */
  | { kind: "broken"; reason: string; stamp: Stamp };

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

/** Throws StoreError ("cannotRead", "newerVersion"). */
export async function loadDatabase(path: string): Promise<Loaded> {
  const content = await readWithStamp(path);
  if (content === null || content.bytes.length === 0) return { kind: "none" };
  const { bytes, stamp } = content;
  let database: Database | undefined;
  try {
    refuseRepeated(bytes, [1]);
    database = await openInMemory(withRoom(bytes));
    refuseRepeated(bytes, rootPages(database));
    if (isOurs(database)) return { kind: "ours", database, version: checkedVersion(database, path), stamp };
    database.close();
    return { kind: "notOurs" };
  } catch (error) {
    database?.close();
    if (error instanceof StoreError) throw error;
    // Under a name of the user's choice a file without our mark is someone else's, even if it can't be read.
    if (!isOurName(path) && !isMarked(bytes)) return { kind: "notOurs" };
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "broken", reason, stamp };
  }
}

/**
 * sql.js keeps a slice of the bytes that it is given as the file, and copies it whole when the file is to grow: in a
 * library of 100,000 tracks a second at the first change. Given a longer slice, it does not.
 */
function withRoom({ buffer, byteOffset, length }: Buffer): Uint8Array {
  const roomy = new Uint8Array(buffer, byteOffset);
  const bytes = roomy.subarray(0, length);
  bytes.slice = () => roomy as Uint8Array<ArrayBuffer>;
  return bytes;
}

/** Throws for a file that would be read without end (repeatedPages.ts). */
export function refuseRepeated(bytes: Uint8Array, roots: readonly number[]): void {
  if (repeatedPages(bytes, roots).length > 0) throw new Error("a page of it is in two places");
}

/** Where each table and index begins. */
export function rootPages(database: Database): number[] {
  const [roots] = database.exec("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0");
  return [1, ...(roots?.values.map(([page]) => Number(page)) ?? [])];
}

/** The version of a database with the layout of it; throws what is wrong with another. */
function checkedVersion(database: Database, path: string): number {
  const version = Number(scalar(database, "PRAGMA user_version"));
  const problem = findLayoutProblem(database, version);
  if (problem !== null && version > SCHEMA_VERSION) {
    const message = `${path} was made by a newer version of Playlista and can't be read: update Playlista.`;
    throw new StoreError("newerVersion", message);
  }
  if (problem !== null) throw new Error(problem);
  return version;
}

/** Read from the bytes: a torn or odd database can't be asked. */
function isMarked(bytes: Buffer): boolean {
  if (bytes.length < HEADER_BYTES || bytes.toString("latin1", 0, 15) !== "SQLite format 3") return false;
  return bytes.readUInt32BE(ID_AT) === APPLICATION_ID;
}

/** The stamp of the file as it is now, or null when there is none. */
export function readStamp(path: string): Promise<Stamp | null> {
  return orCannotRead(path, async () => stampOf(await stat(path)));
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

function readWithStamp(path: string): Promise<{ bytes: Buffer; stamp: Stamp } | null> {
  return orCannotRead(path, async () => {
    const { bytes, stats } = await readRegularFile(path, MAX_BYTES, ROOM);
    return { bytes, stamp: stampOf(stats) };
  });
}

export function stampOf({ ino, mtimeMs, size }: Stamp): Stamp {
  return { ino, mtimeMs, size };
}
