/** Whole stored results: one, or all in pages. */
import type { Database } from "sql.js";
import type { Analysis } from "../../shared/analysis";
import { fromRow, type Row } from "./columns";
import { fromStoredPath, toStoredPath } from "./storedPath";
import { selectRows } from "./trackQueries";

const PAGE = 500;

/** Some results in order of path, and where the next page begins; null after the last. */
export interface ResultPage {
  results: Analysis[];
  next: string | null;
}

export function selectAnalysis(database: Database, root: string, path: string): Analysis | null {
  const [row] = selectRows(database, "SELECT * FROM tracks WHERE path = ?", [toStoredPath(root, path)]);
  return row ? toAnalysis(database, row, path) : null;
}

/** With what a model said of an imported one, which lies in a table of its own. */
function toAnalysis(database: Database, row: Row, path: string): Analysis {
  const analysis = fromRow(row, path);
  if (!analysis.imported) return analysis;
  const sql = "SELECT name, score FROM model_tags WHERE track = ? ORDER BY score DESC, name";
  const modelTags = selectRows(database, sql, [Number(row["id"])]).map(({ name, score }) => ({
    name: String(name),
    score: Number(score),
  }));
  return { ...analysis, imported: { ...analysis.imported, modelTags } };
}

/** In the order of the ids; one that is gone meanwhile is left out. */
export function selectByIds(database: Database, root: string, ids: readonly number[]): Analysis[] {
  const sql = "SELECT * FROM tracks WHERE id IN (SELECT value FROM json_each(?))";
  const byId = new Map(
    selectRows(database, sql, [JSON.stringify(ids)]).map((row) => [Number(row["id"]), row]),
  );
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? toAnalysis(database, row, fromStoredPath(root, String(row["path"]))) : [];
  });
}

/** `after` is "" or the `next` of the page before. */
export function selectPage(database: Database, root: string, after: string, limit: number): ResultPage {
  const rows = selectRows(database, "SELECT * FROM tracks WHERE path > ? ORDER BY path LIMIT ?", [
    after,
    limit,
  ]);
  const paths = rows.map((row) => String(row["path"]));
  return {
    results: rows.map((row, index) => toAnalysis(database, row, fromStoredPath(root, paths[index] ?? ""))),
    next: rows.length < limit ? null : (paths.at(-1) ?? null),
  };
}

/**
 * Every result by path. `current` is asked for the database before each page: a save or a refresh in between
 * would leave an open statement without its connection.
 */
export function* selectAll(current: () => Database, root: string): Generator<Analysis> {
  for (let after: string | null = ""; after !== null;) {
    const page = selectPage(current(), root, after, PAGE);
    yield* page.results;
    after = page.next;
  }
}
