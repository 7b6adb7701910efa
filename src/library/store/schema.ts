/**
 * The database's layout and its way from version to version. `user_version` is the layout's number,
 * `application_id` says the file is ours. A measured value that joins the list of measurements gets its
 * column when a database is opened for writing; any other change is a new migration at the end of the list.
 */
import type { Database } from "sql.js";
import { COLUMNS, type Column } from "./columns";
import { rebuildText } from "./findDamage";
import { LAYOUT, OTHER_INDEXES } from "./layout";
import { TRACK_INDEXES } from "./trackIndexes";

/** "PLST", as `file` and `PRAGMA application_id` show it. */
export const APPLICATION_ID = 0x504c5354;

/** What the database declares for each kind of column. */
export const SQL_TYPES = {
  text: "TEXT",
  list: "TEXT",
  strings: "TEXT",
  counts: "TEXT",
  values: "TEXT",
  real: "REAL",
  integer: "INTEGER",
  boolean: "INTEGER",
} as const;

function declare(column: Column): string {
  return `${column.name} ${SQL_TYPES[column.kind]}`;
}

const MEASURED = COLUMNS.map(declare).join(",\n        ");

/** Step n brings a database of version n to version n + 1. */
const MIGRATIONS: readonly ((database: Database) => void)[] = [
  (database) => {
    database.run(`
      CREATE TABLE tracks (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        folder TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('analyzed', 'failed')),
        first_failed_at TEXT,
        last_failed_at TEXT,
        ${MEASURED},
        warnings TEXT NOT NULL,
        missing TEXT NOT NULL,
        groups TEXT NOT NULL
      ) STRICT
    `);
  },
  /** Text search, runs, corrections, playlists, tags of models, rows that were imported, files that are gone. */
  (database) => {
    database.run(`
      ALTER TABLE tracks RENAME TO older_tracks;
      CREATE TABLE tracks (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        folder TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('analyzed', 'failed', 'imported')),
        origin TEXT CHECK (origin IN ('A1', 'A2', 'R', 'N', 'B', 'C', 'D', 'E')),
        missing_since TEXT,
        first_failed_at TEXT,
        last_failed_at TEXT,
        ${MEASURED},
        warnings TEXT NOT NULL,
        missing TEXT NOT NULL,
        groups TEXT NOT NULL
      ) STRICT
    `);
    for (const sql of Object.values(LAYOUT)) database.run(sql);
    const kept = columnsOf(database, "older_tracks").filter((name) =>
      columnsOf(database, "tracks").includes(name),
    );
    database.run(`
      INSERT INTO tracks (${kept.join(", ")}) SELECT ${kept.join(", ")} FROM older_tracks;
      DROP TABLE older_tracks;
      ${OTHER_INDEXES}
    `);
  },
  // The same tables, twice: only their indexes are others.
  () => undefined,
  () => undefined,
];

/** The layout's version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings an older or empty database up to date; `version` is the one it has. True when there was anything to do: then
 * its indexes are due before it is written ({@link renewIndexes}).
 */
export function migrate(database: Database, version: number): boolean {
  if (version === SCHEMA_VERSION && missingColumns(database).length === 0) return false;
  database.run("BEGIN");
  for (const step of MIGRATIONS.slice(version)) step(database);
  for (const column of missingColumns(database)) {
    database.run(`ALTER TABLE tracks ADD COLUMN ${declare(column)}`);
  }
  // The table is another then, and has none.
  if (version < 2) renewIndexes(database);
  database.run(`PRAGMA user_version = ${SCHEMA_VERSION}; PRAGMA application_id = ${APPLICATION_ID}; COMMIT`);
  return true;
}

/**
 * Makes what is missing, takes away what an older layout had, and leaves what a user has made. At 100,000 tracks that
 * takes seconds, and who only reads finds the same without.
 */
export function renewIndexes(database: Database): void {
  const sql = `SELECT name, sql FROM sqlite_schema
    WHERE type = 'index' AND tbl_name = 'tracks' AND sql IS NOT NULL AND name GLOB 'tracks_*'`;
  const present = new Map(database.exec(sql)[0]?.values.map(([name, made]) => [String(name), made]));
  for (const [name, made] of present) {
    if (TRACK_INDEXES[name] !== made) database.run(`DROP INDEX "${name.replaceAll('"', '""')}"`);
  }
  for (const [name, made] of Object.entries(TRACK_INDEXES)) {
    if (present.get(name) !== made) database.run(made);
  }
}

/**
 * Puts many tracks into a database of ours: indexes and text search are made of all of them at the end, which is
 * quicker than to put each row into each.
 */
export function fillAtOnce(database: Database, fill: () => void): void {
  const sql = `SELECT type, name, sql FROM sqlite_schema
    WHERE tbl_name = 'tracks' AND type IN ('index', 'trigger') AND sql IS NOT NULL`;
  const made = database.exec(sql)[0]?.values ?? [];
  for (const [type, name] of made) database.run(`DROP ${String(type)} ${String(name)}`);
  fill();
  for (const [, , each] of made) database.run(String(each));
  rebuildText(database);
}

function missingColumns(database: Database): Column[] {
  const present = new Set(columnsOf(database, "tracks"));
  return COLUMNS.filter((column) => !present.has(column.name));
}

function columnsOf(database: Database, table: "tracks" | "older_tracks"): string[] {
  const [info] = database.exec(`SELECT name FROM pragma_table_info('${table}')`);
  return info?.values.map(([name]) => String(name)) ?? [];
}
