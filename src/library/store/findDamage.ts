/** Whether a database holds together, asked of SQLite itself. */
import type { Database } from "sql.js";

/**
 * The first thing that is wrong with a database in memory, or null; its text search, which follows from the rest, is
 * set right and no reason. "quick" leaves out whether each index has what its table has.
 */
export function findDamage(database: Database, how: "quick" | "full"): string | null {
  const check = how === "quick" ? "quick_check" : "integrity_check";
  try {
    const answer = String(database.exec(`PRAGMA ${check}(1)`)[0]?.values[0]?.[0]);
    if (answer === "ok") return null;
    if (!answer.includes(".tracks_text")) return answer;
    rebuildText(database);
    return findDamage(database, how);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether the text search finds what the table of tracks says. */
export function isTextInStep(database: Database): boolean {
  try {
    database.run("INSERT INTO tracks_text (tracks_text) VALUES ('integrity-check')");
    return true;
  } catch {
    return false;
  }
}

export function rebuildText(database: Database): void {
  database.run("INSERT INTO tracks_text (tracks_text) VALUES ('rebuild')");
}
