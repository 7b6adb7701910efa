/**
 * The database's layout and its way from version to version. `user_version` is the layout's number,
 * `application_id` says the file is ours. A measured value that joins the list of measurements gets its
 * column when a database is opened for writing; any other change is a new migration at the end of the list.
 */
import type { Database } from "sql.js";
import { COLUMNS, type Column } from "./columns";

/** "PLST", as `file` and `PRAGMA application_id` show it. */
export const APPLICATION_ID = 0x504c5354;

/** What the database declares for each kind of column. */
export const SQL_TYPES = {
  text: "TEXT",
  list: "TEXT",
  strings: "TEXT",
  counts: "TEXT",
  real: "REAL",
  integer: "INTEGER",
  boolean: "INTEGER",
} as const;

function declare(column: Column): string {
  return `${column.name} ${SQL_TYPES[column.kind]}`;
}

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
        ${COLUMNS.map(declare).join(",\n        ")},
        warnings TEXT NOT NULL,
        missing TEXT NOT NULL,
        groups TEXT NOT NULL
      ) STRICT;
      CREATE INDEX tracks_by_folder ON tracks (folder, path COLLATE NOCASE);
      CREATE INDEX tracks_by_folder_and_state ON tracks (folder, state);
      CREATE INDEX tracks_failed ON tracks (path) WHERE state = 'failed';
      CREATE INDEX tracks_by_content ON tracks (file_sha256);
    `);
  },
];

/** The layout's version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Brings an older or empty database up to date; `version` is the one it has. */
export function migrate(database: Database, version: number): void {
  database.run("BEGIN");
  for (const step of MIGRATIONS.slice(version)) step(database);
  for (const column of missingColumns(database)) {
    database.run(`ALTER TABLE tracks ADD COLUMN ${declare(column)}`);
  }
  database.run(`PRAGMA user_version = ${SCHEMA_VERSION}; PRAGMA application_id = ${APPLICATION_ID}; COMMIT`);
}

function missingColumns(database: Database): Column[] {
  const [info] = database.exec("SELECT name FROM pragma_table_info('tracks')");
  const present = new Set(info?.values.map(([name]) => name));
  return COLUMNS.filter((column) => !present.has(column.name));
}
