/** A question in SQL answered as one document. */
import type { SqlValue } from "sql.js";
import type { EngineRequests, SqlAnswer } from "../../../shared/engineProtocol";
import { querySql } from "./querySql";
import { sqlText } from "./sqlText";

/** Throws StoreError where the database cannot be read. */
export async function answerSql(params: EngineRequests["sql"]["params"]): Promise<SqlAnswer> {
  const { store, sql, format, maxRows, timeoutMs } = params;
  let columns: string[] = [];
  const rows: SqlValue[][] = [];
  const { isCut, problem } = await querySql(
    { store, sql, maxRows },
    {
      timeoutMs,
      onColumns: (names) => {
        columns = names;
      },
      onRows: (some) => {
        rows.push(...some);
      },
    },
  );
  if (problem !== null) return { text: null, problem };
  return { text: sqlText(columns, rows, format), rows: rows.length, isCut, problem: null };
}
