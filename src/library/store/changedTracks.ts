/** Which tracks of a database in memory have changed since they were last read into a form of another kind. */
import type { Database } from "sql.js";

const readers = new WeakMap<Database, ChangedTracks[]>();

/** Tells one reader, who has a list of its own, what has changed since it was made or last asked. */
export class ChangedTracks {
  #ids = new Set<number>();

  constructor(database: Database) {
    readers.set(database, [...(readers.get(database) ?? []), this]);
  }

  note(id: number): void {
    this.#ids.add(id);
  }

  /** Ids, those of forgotten tracks too. */
  take(): number[] {
    const ids = [...this.#ids];
    this.#ids.clear();
    return ids;
  }
}

/** Tells all readers that a row was put or deleted. */
export function noteChangedTrack(database: Database, id: unknown): void {
  if (typeof id !== "number") return;
  for (const reader of readers.get(database) ?? []) reader.note(id);
}
