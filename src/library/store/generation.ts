/** Which snapshot a database is: kept in its table "meta", so that a journal never meets another than its own. */
import { randomBytes } from "node:crypto";
import type { Database } from "sql.js";
import { isGeneration, type Generation } from "./journalFormat";

/**
 * Null for a database of before there were journals, or one that says no generation as we write it: the header of a
 * journal could not hold another, and what was kept in it would be taken for another database's.
 */
export function readGeneration(database: Database): Generation | null {
  const number = metaOf(database, "generation");
  const nonce = metaOf(database, "nonce");
  return isGeneration({ number, nonce }) ? { number: number as number, nonce: nonce as string } : null;
}

export function writeGeneration(database: Database, { number, nonce }: Generation): void {
  database.run("INSERT OR REPLACE INTO meta (name, value) VALUES ('generation', ?), ('nonce', ?)", [
    number,
    nonce,
  ]);
}

export function nextGeneration(before: Generation | null): Generation {
  return { number: (before?.number ?? 0) + 1, nonce: randomBytes(16).toString("hex") };
}

function metaOf(database: Database, name: string): unknown {
  try {
    return database.exec("SELECT value FROM meta WHERE name = ?", [name])[0]?.values[0]?.[0];
  } catch {
    // No such table: version 1.
    return undefined;
  }
}
