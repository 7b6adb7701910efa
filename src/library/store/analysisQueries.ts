/** Whole stored results: one, or all in pages. */
import type { Database } from "sql.js";
import type { Analysis } from "../../shared/analysis";
import { fromRow } from "./columns";
import { fromStoredPath, toStoredPath } from "./storedPath";
import { selectRows } from "./trackQueries";

const PAGE = 500;

export function selectAnalysis(database: Database, root: string, path: string): Analysis | null {
  const [row] = selectRows(database, "SELECT * FROM tracks WHERE path = ?", [toStoredPath(root, path)]);
  return row ? fromRow(row, path) : null;
}

/**
 * Every result by path. `current` is asked for the database before each page: a save or a refresh in between
 * would leave an open statement without its connection.
 */
export function* selectAll(current: () => Database, root: string): Generator<Analysis> {
  const sql = `SELECT * FROM tracks WHERE path > ? ORDER BY path LIMIT ${PAGE}`;
  let last = "";
  while (true) {
    const rows = selectRows(current(), sql, [last]);
    for (const row of rows) {
      last = String(row["path"]);
      yield fromRow(row, fromStoredPath(root, last));
    }
    if (rows.length < PAGE) return;
  }
}
