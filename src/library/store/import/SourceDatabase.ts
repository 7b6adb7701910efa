/**
 * Reads somebody's SQLite file from its bytes, in memory. It may have been made by anyone: only plain tables and
 * their stored columns are read (a view or a computed column would run what its maker wrote), a few rows too many,
 * a text too long and a table of more bytes than the file are refused, and whatever SQLite says against it is one
 * error.
 */
import type { Database, SqlValue } from "sql.js";
import { openInMemory, refuseRepeated, rootPages } from "../loadDatabase";
import { ImportError } from "./ImportError";

const MAX_ROWS = 1_000_000;
/** A longer text or blob reads as null: the largest result of the earlier program has some 100 kB. */
const MAX_CELL_BYTES = 4 * 2 ** 20;
/** The widest table of the earlier program has 163. */
const MAX_COLUMNS = 400;

export interface SourceColumn {
  name: string;
  /** As declared, in capitals. */
  type: string;
  /** Filled with the time of writing, in UTC, where nothing else is written. */
  isStamped: boolean;
}

/** A row by the names of its columns in small letters. */
export type SourceRow = Readonly<Record<string, SqlValue>>;

export class SourceDatabase {
  /** The plain tables by name in small letters, each with its stored columns by theirs. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, SourceColumn>>;
  readonly #database: Database;
  readonly #bytes: number;

  private constructor(database: Database, bytes: number) {
    this.#database = database;
    this.#bytes = bytes;
    database.run("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON");
    const names = this.#query("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'");
    this.tables = new Map(names.map(([name]) => [String(name).toLowerCase(), this.#columns(String(name))]));
  }

  /** Throws ImportError ("broken", "tooLarge"). */
  static async open(bytes: Uint8Array): Promise<SourceDatabase> {
    let database: Database;
    try {
      refuseRepeated(bytes, [1]);
      database = await openInMemory(bytes);
    } catch (error) {
      throw damaged(error);
    }
    try {
      refuseRepeated(bytes, rootPages(database));
      return new SourceDatabase(database, bytes.length);
    } catch (error) {
      database.close();
      throw damaged(error);
    }
  }

  /** Whether there is such a table with all of these columns. */
  has(table: string, ...columns: string[]): boolean {
    const found = this.tables.get(table);
    return found !== undefined && columns.every((column) => found.has(column));
  }

  column(table: string, column: string): SourceColumn | undefined {
    return this.tables.get(table)?.get(column);
  }

  /** All rows of a table; none where there is no such table. Throws ImportError ("broken", "tooLarge"). */
  *rows(table: string): Generator<SourceRow> {
    const columns = [...(this.tables.get(table) ?? [])];
    if (columns.length === 0) return;
    const cells = columns.map(([, { name }]) => {
      const cell = quote(name);
      return `iif(octet_length(${cell}) > ${MAX_CELL_BYTES}, NULL, ${cell})`;
    });
    const statement = this.#try(() =>
      this.#database.prepare(`SELECT ${cells.join(", ")} FROM ${quote(table)}`),
    );
    try {
      let read = 0;
      for (let count = 0; this.#try(() => statement.step()); count++) {
        if (count === MAX_ROWS) throw tooManyRows(table);
        const values = statement.get();
        read += values.reduce((sum: number, value) => sum + lengthOf(value), 0);
        if (read > this.#bytes) throw repeatsItself(table);
        yield Object.fromEntries(columns.map(([key], index) => [key, values[index] ?? null]));
      }
    } finally {
      statement.free();
    }
  }

  close(): void {
    this.#database.close();
  }

  #columns(table: string): Map<string, SourceColumn> {
    // Hidden columns are computed by the table's maker, or belong to no plain table.
    const rows = this.#query(
      `SELECT name, type, dflt_value FROM pragma_table_xinfo(?) WHERE hidden = 0 LIMIT ${MAX_COLUMNS}`,
      [table],
    );
    return new Map(
      rows.map(([name, type, standard]) => [
        String(name).toLowerCase(),
        {
          name: String(name),
          type: String(type).toUpperCase(),
          isStamped: String(standard).toUpperCase() === "CURRENT_TIMESTAMP",
        },
      ]),
    );
  }

  #query(sql: string, parameters: SqlValue[] = []): SqlValue[][] {
    return this.#database.exec(sql, parameters)[0]?.values ?? [];
  }

  #try<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw damaged(error);
    }
  }
}

/** Never more than what it takes in the file. */
function lengthOf(value: SqlValue): number {
  return typeof value === "string" || value instanceof Uint8Array ? value.length : 0;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function damaged(error: unknown): ImportError {
  if (error instanceof ImportError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new ImportError("broken", `This database can't be read: ${reason}.`, { cause: error });
}

function tooManyRows(table: string): ImportError {
  return new ImportError("tooLarge", `The table ${table} has more than ${MAX_ROWS} rows.`);
}

/** Many rows share the pages of one large value: SQLite does not look, and together they would fill all memory. */
function repeatsItself(table: string): ImportError {
  const message = `This database can't be read: the table ${table} has more in it than fits into the file.`;
  return new ImportError("broken", message);
}
