/** Which snapshot a database is: kept in its table "meta", so that a journal never meets another than its own. */
import { randomBytes } from "node:crypto";
import type { Database } from "sql.js";
import type { Generation } from "./journalFormat";

/** Null for a database of before there were journals, or one that says nothing that could be read. */
export function readGeneration(database: Database): Generation | null {
  const number = metaOf(database, "generation");
  const nonce = metaOf(database, "nonce");
  if (!Number.isSafeInteger(number) || typeof nonce !== "string") return null;
  return { number: number as number, nonce };
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
