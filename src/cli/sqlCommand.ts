/** `playlista sql`: one question in SQL, answered from a copy of the database. */
import type { SqlValue } from "sql.js";
import { querySql } from "../library/store/sql/querySql";
import { objectOf, sqlText } from "../library/store/sql/sqlText";
import { EXIT } from "./exitStatus";
import { printable } from "./printable";
import { storeLocation } from "./storeLocation";

export interface SqlFlags {
  json: boolean;
  csv: boolean;
  /** 0: all. */
  limit: number;
  /** Seconds. */
  timeout: number;
  database?: string;
}

/** Resolves to the exit status. Throws StoreError when the database cannot be read. */
export async function sqlCommand(sql: string, flags: SqlFlags): Promise<number> {
  const { json, csv, limit, timeout, database } = flags;
  let columns: string[] = [];
  const rows: SqlValue[][] = [];
  const { isCut, problem } = await querySql(
    { store: storeLocation(database), sql, maxRows: limit },
    {
      timeoutMs: timeout * 1000,
      onColumns: (names) => {
        columns = names;
      },
      onRows: (some) => {
        if (json) for (const row of some) process.stdout.write(`${JSON.stringify(objectOf(columns, row))}\n`);
        else rows.push(...some);
      },
    },
  );
  if (problem !== null) {
    process.stderr.write(`error: ${printable(problem)}\n`);
    return EXIT.wrongUse;
  }
  if (!json && columns.length > 0) process.stdout.write(sqlText(columns, rows, csv ? "csv" : "table"));
  if (isCut) process.stderr.write(`Only the first ${limit} rows are shown; --limit 0 shows all.\n`);
  return EXIT.done;
}
