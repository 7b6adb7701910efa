/** Statements that are kept from one change to the next: to prepare one for a row of a hundred columns costs as much as it does. */
import type { Database, SqlValue, Statement } from "sql.js";

/** Changes have few forms; more than these come from odd journals. */
const MAX_KEPT = 20;

const kept = new WeakMap<Database, Map<string, Statement>>();

/** Runs SQL of ours, with a `?` for each parameter; gives the first value of its first row, if it has any. */
export function runPrepared(database: Database, sql: string, parameters: SqlValue[]): SqlValue | undefined {
  const statement = preparedOf(database, sql);
  try {
    statement.bind(parameters);
    return statement.step() ? statement.get()[0] : undefined;
  } finally {
    statement.reset();
  }
}

function preparedOf(database: Database, sql: string): Statement {
  const statements = kept.get(database) ?? new Map<string, Statement>();
  kept.set(database, statements);
  const known = statements.get(sql);
  if (known && !isClosed(known)) return known;
  // An export of the database, or its end, has closed all.
  if (known) statements.clear();
  const [oldest] = statements;
  if (oldest && statements.size >= MAX_KEPT) {
    oldest[1].free();
    statements.delete(oldest[0]);
  }
  const statement = database.prepare(sql);
  statements.set(sql, statement);
  return statement;
}

function isClosed(statement: Statement): boolean {
  try {
    return !statement.bind();
  } catch {
    return true;
  }
}
