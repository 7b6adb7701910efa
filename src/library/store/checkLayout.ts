/**
 * Whether a database has the layout that its version says. It may have been made by anyone: a view or a trigger
 * runs their code, and a column of another type gives what no reader expects.
 */
import type { Database } from "sql.js";
import { COLUMNS } from "./columns";
import { LAYOUT } from "./layout";
import { SCHEMA_VERSION, SQL_TYPES } from "./schema";
import { TRACK_INDEXES } from "./trackIndexes";

const FIXED: Readonly<Record<string, string>> = {
  id: "INTEGER",
  path: "TEXT",
  folder: "TEXT",
  state: "TEXT",
  first_failed_at: "TEXT",
  last_failed_at: "TEXT",
  warnings: "TEXT",
  missing: "TEXT",
  groups: "TEXT",
};

/** Since version 2. */
const FIXED_LATER: Readonly<Record<string, string>> = { origin: "TEXT", missing_since: "TEXT" };

/** Compares a column with fixed texts: no functions, nothing that is worked out. */
const COMPARISON = String.raw`\w+ (?:IS (?:NOT )?NULL|(?:=|<>) '[^']{0,40}'|IN \('[^']{0,40}'(?:, '[^']{0,40}'){0,9}\))`;

/** A partial index as any of our versions makes one, also one that this version has no more or words otherwise. */
const OUR_PARTIAL_INDEX = new RegExp(
  String.raw`^CREATE INDEX tracks_\w+ ON tracks \(\w[\w, ]*\) WHERE \(?${COMPARISON}(?: (?:OR|AND) ${COMPARISON}){0,3}\)?$`,
);

/** What is wrong with the layout of a database of this version, or null. */
export function findLayoutProblem(database: Database, version: number): string | null {
  if (version < 0) return `version ${version}`;
  const objects = values(database, "SELECT type, name, sql, lower(name), tbl_name FROM sqlite_schema");
  if (version === 0) return objects.length === 0 ? null : "tables without a version";
  return (
    findObjectProblem(objects, version) ??
    findTableProblem(database) ??
    (version > SCHEMA_VERSION ? null : findVirtualProblem(database, version)) ??
    (version > SCHEMA_VERSION ? null : findComputingProblem(database)) ??
    findColumnProblem(database, version) ??
    (hasUniquePath(database) ? null : "a path may be there twice")
  );
}

/**
 * Ours must be as we make them, and no other may run code. A newer version's are its own: it is read only, and
 * by the table of tracks and the text search alone.
 */
function findObjectProblem(objects: unknown[][], version: number): string | null {
  if (objects.some(isDisguised) || isNamedTwice(objects)) return "objects that pass for others";
  if (version > SCHEMA_VERSION) return null;
  if (objects.some(isInPlaceOfIndex)) return "another's object in the place of an index";
  // Version 1 had tables alone.
  const ours = version < 2 ? {} : LAYOUT;
  const found = new Map(objects.map(([, name, sql]) => [name, sql]));
  const isOurs = ([, name, sql]: unknown[]): boolean => ours[String(name)] === sql;
  const runsCode = ([type]: unknown[]): boolean => type === "view" || type === "trigger";
  if (objects.some((object) => runsCode(object) && !isOurs(object))) return "views or triggers";
  const odd = Object.entries(ours).find(([name, sql]) => found.get(name) !== sql);
  return odd ? `"${odd[0]}" is missing or another's` : null;
}

const KINDS: readonly unknown[] = ["table", "index", "view", "trigger"];

/**
 * To SQLite small and capital letters are the same, also in what it keeps of its objects: written otherwise than it
 * writes them they would be overlooked here.
 */
function isDisguised([type, name, , plainName]: unknown[]): boolean {
  return !KINDS.includes(type) || (plainName === "tracks" && name !== plainName);
}

function isNamedTwice(objects: unknown[][]): boolean {
  return new Set(objects.map(([, , , plainName]) => plainName)).size < objects.length;
}

/** It would keep ours from being made, and with it the database from being written. */
function isInPlaceOfIndex([type, name, , plainName, table]: unknown[]): boolean {
  const isIndex = type === "index" && name === plainName && table === "tracks";
  return Object.hasOwn(TRACK_INDEXES, String(plainName)) && !isIndex;
}

/** By what SQLite makes of it: its text can be written in many ways. */
function findVirtualProblem(database: Database, version: number): string | null {
  const found = values(
    database,
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual'",
  );
  const isOurs = ([name]: unknown[]): boolean => version > 1 && Object.hasOwn(LAYOUT, String(name));
  return found.every(isOurs) ? null : "another's virtual table";
}

function findTableProblem(database: Database): string | null {
  const [table] = values(
    database,
    "SELECT type, strict FROM pragma_table_list('tracks') WHERE schema = 'main'",
  );
  return table?.[0] === "table" && table[1] === 1 ? null : "no table of tracks";
}

/** What each of our versions lets SQLite check. */
const CHECKS = /CHECK \((?:state|origin) IN \((?:'\w+'(?:, )?)+\)\)/g;

/** What SQLite works out with each change of a row runs their code too: it may take any time, and can't be stopped. */
function findComputingProblem(database: Database): string | null {
  const [table] = values(database, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'tracks'");
  const sql = String(table?.[0]).replaceAll(CHECKS, "");
  if (/\b(?:CHECK|DEFAULT)\b/i.test(sql)) return "another's checks or defaults";
  return computingIndexes(database).length > 0 ? "another's index that computes" : null;
}

/** Names of indexes on tracks that are made of more than columns, but for such as ours. */
function computingIndexes(database: Database): string[] {
  const indexes = values(
    database,
    `SELECT list.name, sql, "partial", EXISTS (SELECT 1 FROM pragma_index_xinfo(list.name) WHERE cid = -2)
      FROM pragma_index_list('tracks') AS list JOIN sqlite_schema ON type = 'index' AND sqlite_schema.name = list.name`,
  );
  const isOdd = ([, made, isPartial, isComputed]: unknown[]): boolean =>
    isComputed === 1 || (isPartial === 1 && !OUR_PARTIAL_INDEX.test(String(made)));
  return indexes.filter(isOdd).map(([name]) => String(name));
}

/** Columns of measured values may be missing: they join when the database is opened. */
function findColumnProblem(database: Database, version: number): string | null {
  const columns = values(database, "SELECT name, type, hidden FROM pragma_table_xinfo('tracks')");
  const types = new Map(columns.map(([name, type]) => [name, type]));
  if (columns.some(([, , hidden]) => hidden !== 0)) return "computed columns";
  for (const [name, type] of Object.entries(version > 1 ? { ...FIXED, ...FIXED_LATER } : FIXED)) {
    if (types.get(name) !== type) return `no column ${name}`;
  }
  const odd = COLUMNS.find(({ name, kind }) => types.has(name) && types.get(name) !== SQL_TYPES[kind]);
  return odd ? `column ${odd.name} of another type` : null;
}

/**
 * Takes from memory what a newer version would run with each change, before its journal is put into it: what is not
 * known here may run without end. The text search then lacks what triggers would have put into it.
 */
export function disarm(database: Database): void {
  database.run("PRAGMA ignore_check_constraints = ON");
  for (const name of computingIndexes(database)) database.run(`DROP INDEX ${quoted(name)}`);
  for (const [name, sql] of values(database, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")) {
    if (LAYOUT[String(name)] !== sql) database.run(`DROP TRIGGER ${quoted(String(name))}`);
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function hasUniquePath(database: Database): boolean {
  const sql = `SELECT max(field.name) FROM pragma_index_list('tracks') AS list, pragma_index_info(list.name) AS field
    WHERE list."unique" AND NOT list.partial GROUP BY list.name HAVING count(*) = 1`;
  return values(database, sql).some(([name]) => name === "path");
}

function values(database: Database, sql: string): unknown[][] {
  return database.exec(sql)[0]?.values ?? [];
}
