/**
 * Tracks as places in arrays: a slot each, in the order of their ids, with the order of their paths beside it. A
 * track that is forgotten leaves its slot empty; a new one gets a slot at the end.
 */
import type { Database } from "sql.js";
import { selectRows } from "../trackQueries";

/** Room for tracks that come later. */
const SPARE = 1024;

export class TrackSlots {
  /** Slots in use, empty ones too. */
  count: number;
  /** Ascending; of the first `count`. */
  ids: Float64Array;
  /** 1 where there is a track. */
  present: Uint8Array;
  /** The slots of all tracks in the order of their paths. */
  byPath: Int32Array;
  /** The place of each slot in that order. */
  ranks: Int32Array;

  constructor(database: Database) {
    const inOrder = readIds(database, "SELECT id FROM tracks ORDER BY path COLLATE NOCASE, id");
    this.count = inOrder.length;
    const capacity = this.count + SPARE;
    this.ids = new Float64Array(capacity);
    this.ids.set(Float64Array.from(inOrder).sort());
    this.present = new Uint8Array(capacity).fill(1, 0, this.count);
    this.byPath = Int32Array.from(inOrder, (id) => this.slotOf(id));
    this.ranks = new Int32Array(capacity);
    this.#rank();
  }

  /** Where the track is, or -1. */
  slotOf(id: number): number {
    const { ids, count } = this;
    // Ids are given one after the other.
    const guess = id - (ids[0] ?? 0);
    if (guess < count && ids[guess] === id) return guess;
    let [from, to] = [0, count];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((ids[middle] ?? NaN) < id) from = middle + 1;
      else to = middle;
    }
    return from < count && ids[from] === id ? from : -1;
  }

  /** Takes in what has changed; false when all must be read anew: no room is left, or a slot would be in between. */
  update(database: Database, changed: readonly number[]): boolean {
    const json = JSON.stringify(changed);
    const sql = `SELECT id, path FROM tracks WHERE id IN (SELECT value FROM json_each(?)) ORDER BY path COLLATE NOCASE, id`;
    const rows = selectRows(database, sql, [json]).map(({ id, path }) => ({
      id: Number(id),
      path: String(path),
    }));
    const added = rows.map(({ id }) => id).filter((id) => this.slotOf(id) < 0);
    const last = this.count > 0 ? (this.ids[this.count - 1] ?? 0) : -Infinity;
    if (this.count + added.length > this.ids.length || added.some((id) => id <= last)) return false;
    for (const id of added.sort((a, b) => a - b)) this.ids[this.count++] = id;
    this.#place(database, json, changed, rows);
    return true;
  }

  /** Each changed track comes behind the one that is before it by its path. */
  #place(
    database: Database,
    json: string,
    changed: readonly number[],
    rows: readonly { id: number; path: string }[],
  ): void {
    const moved = new Set(changed.map((id) => this.slotOf(id)));
    for (const slot of moved) if (slot >= 0) this.present[slot] = 0;
    const behind = new Map<number, number[]>();
    for (const { id, path } of rows) {
      const slot = this.slotOf(id);
      this.present[slot] = 1;
      const before = this.slotOf(idBefore(database, json, id, path));
      behind.set(before, [...(behind.get(before) ?? []), slot]);
    }
    const byPath = [...(behind.get(-1) ?? [])];
    for (const slot of this.byPath) {
      if (moved.has(slot)) continue;
      byPath.push(slot);
      const next = behind.get(slot);
      if (next) byPath.push(...next);
    }
    this.byPath = Int32Array.from(byPath);
    this.#rank();
  }

  #rank(): void {
    for (const [rank, slot] of this.byPath.entries()) this.ranks[slot] = rank;
  }
}

/** The nearest before a path among the tracks that have not changed; NaN where there is none. */
function idBefore(database: Database, changed: string, id: number, path: string): number {
  const sql = `SELECT id FROM tracks WHERE path <= ?1 COLLATE NOCASE AND (path < ?1 COLLATE NOCASE OR id < ?2)
    AND id NOT IN (SELECT value FROM json_each(?3)) ORDER BY path COLLATE NOCASE DESC, id DESC LIMIT 1`;
  return Number(selectRows(database, sql, [path, id, changed])[0]?.["id"] ?? NaN);
}

/** The ids that a query gives as "id", in its order. */
export function readIds(database: Database, sql: string, parameters: (string | number)[] = []): number[] {
  return readLists(database, ["id"], sql, parameters)[0] as number[];
}

/** Columns of what a query gives: one text for all rows, which is quicker than row by row. */
export function readLists(
  database: Database,
  columns: readonly string[],
  sql: string,
  parameters: (string | number)[] = [],
): unknown[][] {
  const lists = columns.map((column) => `json_group_array(${column}) AS ${column}`);
  const [row] = selectRows(database, `SELECT ${lists.join(", ")} FROM (${sql})`, parameters);
  return columns.map((column) => JSON.parse(String(row?.[column])) as unknown[]);
}
