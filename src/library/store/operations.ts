/**
 * What can be done to the database: rows put and deleted by key, in named tables. A closed set, never SQL: a
 * journal of them may come from anyone.
 */
import type { Database } from "sql.js";
import { noteChangedTrack } from "./changedTracks";
import { runPrepared } from "./prepared";

/** Columns by which a row is found; "id" is given to a row that has none. */
const KEYS = {
  tracks: ["id"],
  runs: ["id"],
  corrections: ["track", "field"],
  playlists: ["id"],
  playlist_tracks: ["playlist", "position"],
  model_tags: ["track", "name"],
} as const satisfies Record<string, readonly string[]>;

export type TableName = keyof typeof KEYS;

/** Each after those it refers to. */
export const TABLES: readonly TableName[] = [
  "tracks",
  "runs",
  "playlists",
  "corrections",
  "playlist_tracks",
  "model_tags",
];

export type Cell = string | number | null;

type Cells = Readonly<Record<string, Cell>>;

/**
 * "put" changes the given columns of the row with this key, or adds the row. Of a track, path does as key: the
 * row keeps its id. "delete" takes what refers to the row with it, as the layout says.
 */
export type Operation =
  { kind: "put"; table: TableName; row: Cells } | { kind: "delete"; table: TableName; key: Cells };

/** Applies all or, throwing, none; gives them with the ids that were found or given. */
export function applyOperations(database: Database, operations: readonly Operation[]): Operation[] {
  const applied: Operation[] = [];
  database.run("SAVEPOINT change");
  try {
    const columns = columnNames(database);
    for (const operation of operations) {
      const found = withId(database, plain(operation, columns));
      if (found === null) continue;
      const { whole, isNew } = found;
      if (whole.kind === "delete") deleteRow(database, whole.table, whole.key);
      else if (isNew) insertRow(database, whole.table, whole.row);
      else putRow(database, whole.table, whole.row);
      if (whole.table === "tracks") noteChangedTrack(database, cellsOf(whole)["id"]);
      applied.push(whole);
    }
    database.run("RELEASE change");
    return applied;
  } catch (error) {
    database.run("ROLLBACK TO change; RELEASE change");
    throw error;
  }
}

function cellsOf(operation: Operation): Cells {
  return operation.kind === "put" ? operation.row : operation.key;
}

/** The operations that a text holds; throws for any that is none. */
export function parseOperations(text: string): Operation[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed) || !parsed.every(isOperation)) throw new Error("no operations");
  return parsed;
}

function isOperation(item: unknown): item is Operation {
  if (typeof item !== "object" || item === null || !("kind" in item) || !("table" in item)) return false;
  if (typeof item.table !== "string" || !Object.hasOwn(KEYS, item.table)) return false;
  if (item.kind === "put") return "row" in item && isCells(item.row) && hasExactId(item.row);
  return item.kind === "delete" && "key" in item && isCells(item.key) && hasExactId(item.key);
}

/** Beyond 2^53 a number is no longer the id that SQLite has, and ids that follow it would be the same. */
function hasExactId({ id }: Cells): boolean {
  return typeof id !== "number" || Number.isSafeInteger(id);
}

function isCells(value: unknown): value is Cells {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (cell) => cell === null || typeof cell === "string" || typeof cell === "number",
  );
}

/** The columns that each table has; names go into SQL only when they are among them. */
class ColumnNames {
  readonly #database: Database;
  readonly #tables = new Map<TableName, ReadonlySet<string>>();

  constructor(database: Database) {
    this.#database = database;
  }

  of(table: TableName): ReadonlySet<string> {
    const known = this.#tables.get(table);
    if (known) return known;
    const [info] = this.#database.exec(`SELECT name FROM pragma_table_info('${table}')`);
    const names = new Set(info?.values.map(([name]) => String(name)));
    this.#tables.set(table, names);
    return names;
  }
}

const knownColumns = new WeakMap<Database, { version: number | null; columns: ColumnNames }>();

/** Of the layout as it is now: a number that SQLite counts up says whether that has changed. */
function columnNames(database: Database): ColumnNames {
  const version = numberOf(database, "PRAGMA schema_version", []);
  const before = knownColumns.get(database);
  if (before?.version === version) return before.columns;
  const columns = new ColumnNames(database);
  knownColumns.set(database, { version, columns });
  return columns;
}

/** As any reader will see it: without columns the table has not, and without what SQLite or JSON cannot hold. */
function plain(operation: Operation, columns: ColumnNames): Operation {
  const known = columns.of(operation.table);
  const clean = (cells: Cells): Cells =>
    Object.fromEntries(
      Object.entries(cells)
        .filter(([name]) => known.has(name))
        .map(([name, cell]) => [name, plainCell(cell)]),
    );
  return operation.kind === "put"
    ? { ...operation, row: clean(operation.row) }
    : { ...operation, key: clean(operation.key) };
}

function plainCell(cell: Cell): Cell {
  if (typeof cell === "number" && !Number.isFinite(cell)) return null;
  // Text in SQLite ends at a NUL for most readers, sql.js among them.
  return typeof cell === "string" ? cell.replaceAll("\0", "\uFFFD") : cell;
}

/** Null where there is nothing to do; `isNew`: no row can have this key yet. */
function withId(database: Database, operation: Operation): { whole: Operation; isNew: boolean } | null {
  const { table } = operation;
  const cells = cellsOf(operation);
  if ((KEYS[table] as readonly string[])[0] !== "id" || typeof cells["id"] === "number") {
    return { whole: operation, isNew: false };
  }
  const found = table === "tracks" ? idOfPath(database, cells["path"] ?? null) : null;
  if (operation.kind === "delete") {
    return found === null ? null : { whole: { ...operation, key: { id: found } }, isNew: false };
  }
  const id = found ?? nextId(database, table);
  return { whole: { ...operation, row: { ...operation.row, id } }, isNew: found === null };
}

function idOfPath(database: Database, path: Cell): number | null {
  return numberOf(database, "SELECT id FROM tracks WHERE path = ?", [path]);
}

/** Whoever made the table may have given ids beside the end of what numbers tell: behind those none is left. */
const MAX_COUNTED = 2 ** 52;

function nextId(database: Database, table: TableName): number {
  return (numberOf(database, `SELECT max(id) FROM ${table} WHERE id < ${MAX_COUNTED}`, []) ?? 0) + 1;
}

function numberOf(database: Database, sql: string, parameters: Cell[]): number | null {
  const value = runPrepared(database, sql, parameters);
  return typeof value === "number" ? value : null;
}

function putRow(database: Database, table: TableName, row: Cells): void {
  const names = Object.keys(row);
  const keys: readonly string[] = KEYS[table];
  const rest = names.filter((name) => !keys.includes(name));
  // Not by ON CONFLICT: a row with only some of the columns must be able to change one that has them all.
  const [where, bounds] = whereKey(table, row);
  // An update of a hundred columns that finds no row costs as much as one that does.
  const isThere = numberOf(database, `SELECT 1 FROM ${table} WHERE ${where}`, bounds) !== null;
  if (isThere && rest.length > 0) {
    const sets = rest.map((name) => `${name} = ?`).join(", ");
    runPrepared(database, `UPDATE ${table} SET ${sets} WHERE ${where}`, [...valuesOf(row, rest), ...bounds]);
  }
  if (isThere) return;
  insertRow(database, table, row);
}

function insertRow(database: Database, table: TableName, row: Cells): void {
  const names = Object.keys(row);
  const places = names.map(() => "?").join(", ");
  runPrepared(
    database,
    `INSERT INTO ${table} (${names.join(", ")}) VALUES (${places})`,
    valuesOf(row, names),
  );
}

function deleteRow(database: Database, table: TableName, key: Cells): void {
  const [where, bounds] = whereKey(table, key);
  database.run(`DELETE FROM ${table} WHERE ${where}`, bounds);
}

function whereKey(table: TableName, cells: Cells): [string, Cell[]] {
  const keys: readonly string[] = KEYS[table];
  const lacking = keys.find((name) => (cells[name] ?? null) === null);
  if (lacking !== undefined) throw new Error(`a row of ${table} without ${lacking}`);
  return [keys.map((name) => `${name} = ?`).join(" AND "), valuesOf(cells, keys)];
}

function valuesOf(cells: Cells, names: readonly string[]): Cell[] {
  return names.map((name) => cells[name] ?? null);
}
