/**
 * Brings what can still be read of a broken database into a new one: table by table and row by row, passing over
 * what SQLite refuses to read and what the new database refuses to take.
 */
import type { Database, Statement } from "sql.js";
import type { Row } from "./columns";
import { MAX_BYTES, openInMemory, rootPages } from "./loadDatabase";
import { readJournal, replay } from "./readJournal";
import { readRegularFile } from "./readRegularFile";
import { repeatedPages } from "./repeatedPages";
import { fillAtOnce } from "./schema";
import { applyOperations, TABLES, type Cell, type Operation, type TableName } from "./operations";

/** SQLite's header: its length, and where it has the size of a page and the number of pages. */
const HEADER_BYTES = 100;
const PAGE_SIZE_AT = 16;
const PAGES_AT = 28;

/** Rows that are put together. */
const AT_ONCE = 200;

/**
 * Fills an empty database of ours from a broken one and its journal (their paths, or null); resolves to the number of
 * tracks that it has then. What cannot be read is not there.
 */
export async function rescue(into: Database, broken: string | null, journal: string | null): Promise<number> {
  if (broken !== null) await rescueRows(broken, into);
  const records = journal === null ? null : await readJournal(journal);
  if (records?.generation) replay(into, { ...records, generation: records.generation });
  return Number(into.exec("SELECT count(*) FROM tracks")[0]?.values[0]?.[0]);
}

async function rescueRows(path: string, into: Database): Promise<void> {
  const { bytes } = await readRegularFile(path, MAX_BYTES);
  const broken = await openBroken(bytes);
  if (broken === null) return;
  into.run("BEGIN");
  fillAtOnce(into, () => {
    takeTables(broken, into);
  });
  into.run("COMMIT");
  broken.close();
}

function takeTables(broken: Database, into: Database): void {
  for (const table of TABLES) {
    const some: Operation[] = [];
    for (const row of readableRows(broken, table)) {
      some.push(putOf(table, row));
      if (some.length === AT_ONCE) takeRows(into, some.splice(0));
    }
    takeRows(into, some);
  }
}

/** A file that was cut would be refused as a whole: its header is made to say what is there. */
async function openBroken(bytes: Uint8Array): Promise<Database | null> {
  if (bytes.length < HEADER_BYTES) return null;
  const size = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readUInt16BE(PAGE_SIZE_AT);
  const pageSize = size === 1 ? 65536 : size;
  const pages = Math.ceil(bytes.length / Math.max(512, pageSize));
  const whole = Buffer.alloc(pages * Math.max(512, pageSize));
  whole.set(bytes);
  whole.writeUInt32BE(pages, PAGES_AT);
  try {
    cutRepeated(whole, [1]);
    const layout = await openInMemory(whole);
    try {
      cutRepeated(whole, rootPages(layout));
    } finally {
      layout.close();
    }
    const database = await openInMemory(whole);
    // Nothing of a stranger's may run: only tables are read.
    database.run("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
    return database;
  } catch {
    return null;
  }
}

/** Where a page is led to for the second time, reading ends. */
function cutRepeated(bytes: Buffer, roots: readonly number[]): void {
  for (const at of repeatedPages(bytes, roots)) bytes.writeUInt32BE(0, at);
}

function* readableRows(database: Database, table: TableName): Generator<Row> {
  if (!isPlainTable(database, table)) return;
  const ids = readableIds(database, table);
  if (ids === null) {
    yield* rowsUntilDamage(database, `SELECT * FROM ${table}`);
    // What was read from the other side twice is only put twice.
    yield* rowsUntilDamage(database, `SELECT * FROM ${table} ORDER BY 1 DESC, 2 DESC`);
    return;
  }
  yield* rowsById(
    database,
    table,
    [...ids].sort((a, b) => a - b),
  );
}

/** One statement for all: what it can't read of one row keeps it from no other. */
function* rowsById(database: Database, table: TableName, ids: readonly number[]): Generator<Row> {
  const statement = prepareOrNull(database, `SELECT * FROM ${table} WHERE id = ?`);
  if (statement === null) return;
  try {
    const names = statement.getColumnNames();
    for (const id of ids) {
      const row = rowOf(statement, names, id);
      if (row !== null) yield row;
    }
  } finally {
    statement.free();
  }
}

/** The statement's own objects ask for the name of every column again in every row. */
function readRow(statement: Statement, names: readonly string[]): Row {
  const values = statement.get();
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? null]));
}

function prepareOrNull(database: Database, sql: string): Statement | null {
  try {
    return database.prepare(sql);
  } catch {
    // Its layout can't be read.
    return null;
  }
}

function rowOf(statement: Statement, names: readonly string[], id: number): Row | null {
  try {
    statement.bind([id]);
    return statement.step() ? readRow(statement, names) : null;
  } catch {
    return null;
  }
}

/** A view of this name could be anything, a computed column too. */
function isPlainTable(database: Database, table: TableName): boolean {
  const [info] = [...rowsUntilDamage(database, `SELECT type FROM pragma_table_list('${table}')`)];
  if (info?.["type"] !== "table") return false;
  const columns = [...rowsUntilDamage(database, `SELECT hidden FROM pragma_table_xinfo('${table}')`)];
  return columns.length > 0 && columns.every(({ hidden }) => hidden === 0);
}

/** From both ends of the table and from its indexes, which may know rows that lie behind damage. */
function readableIds(database: Database, table: TableName): Set<number> | null {
  if (!["tracks", "runs", "playlists"].includes(table)) return null;
  const indexes = [...rowsUntilDamage(database, `SELECT name FROM pragma_index_list('${table}')`)];
  const sources = [
    `SELECT id FROM ${table} NOT INDEXED ORDER BY id`,
    `SELECT id FROM ${table} NOT INDEXED ORDER BY id DESC`,
    ...indexes.map(
      ({ name }) => `SELECT id FROM ${table} INDEXED BY "${String(name).replaceAll('"', '""')}"`,
    ),
  ];
  const ids = new Set<number>();
  for (const sql of sources) {
    for (const { id } of rowsUntilDamage(database, sql)) if (Number.isSafeInteger(id)) ids.add(id as number);
  }
  return ids;
}

function* rowsUntilDamage(database: Database, sql: string): Generator<Row> {
  try {
    const statement = database.prepare(sql);
    try {
      while (statement.step()) yield statement.getAsObject();
    } finally {
      statement.free();
    }
  } catch {
    // The rest can't be read this way.
  }
}

function putOf(table: TableName, row: Row): Operation {
  const cells = Object.entries(row).filter(([, cell]) => !(cell instanceof Uint8Array));
  return { kind: "put", table, row: Object.fromEntries(cells) as Readonly<Record<string, Cell>> };
}

/** One that is no row of ours keeps the others from being taken together, and is left out. */
function takeRows(into: Database, rows: readonly Operation[]): void {
  try {
    applyOperations(into, rows);
  } catch {
    const [only] = rows;
    if (!only || rows.length === 1) return;
    const half = rows.length >> 1;
    takeRows(into, rows.slice(0, half));
    takeRows(into, rows.slice(half));
  }
}
