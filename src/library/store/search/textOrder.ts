/**
 * The places of tracks in the order of a text that nearly each has its own of. The text itself is not kept: its index
 * says the order, and a number for each track is enough to sort by.
 */
import type { Database } from "sql.js";
import { SORTED_TEXTS } from "../trackIndexes";
import { selectRows } from "../trackQueries";
import { readLists, type TrackSlots } from "./trackSlots";

/** For each slot its place, the same for texts that differ in small and capital letters at most; NaN for null. */
export function readOrder(database: Database, slots: TrackSlots, column: string): Float64Array {
  const order = new Float64Array(slots.ids.length).fill(NaN);
  const sql = `SELECT id, CAST(${column} AS TEXT) AS text FROM tracks WHERE ${column} IS NOT NULL ORDER BY ${sorted(column)}`;
  const [ids, texts] = readLists(database, ["id", "text"], sql) as [number[], string[]];
  let [place, before] = [0, ""];
  for (const [at, text] of texts.entries()) {
    const plain = text.toLowerCase();
    if (plain !== before) place++;
    before = plain;
    order[slots.slotOf(ids[at] ?? NaN)] = place;
  }
  return order;
}

interface Changes {
  column: string;
  order: Float64Array;
  /** Ids. */
  changed: readonly number[];
}

/** Puts changed texts between their neighbours; false when numbers are too coarse for that. */
export function placeTexts(
  database: Database,
  slots: TrackSlots,
  { column, order, changed }: Changes,
): boolean {
  const unplaced = new Set(changed);
  const rows = selectRows(
    database,
    `SELECT id, ${column} AS text FROM tracks WHERE id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(changed)],
  );
  for (const { id, text } of rows) {
    const slot = slots.slotOf(Number(id));
    if (typeof text === "string") {
      const others = JSON.stringify([...unplaced]);
      const before = neighbour(database, column, "<=", text, others);
      const after = neighbour(database, column, ">", text, others);
      const placeOf = (one: Neighbour | null) => order[slots.slotOf(one?.id ?? NaN)];
      order[slot] = placeBetween(text, before, placeOf(before), placeOf(after));
      if (order[slot] === placeOf(after) || (order[slot] === placeOf(before) && !isSame(text, before)))
        return false;
    } else order[slot] = NaN;
    unplaced.delete(Number(id));
  }
  return true;
}

interface Neighbour {
  id: number;
  text: string;
}

function neighbour(
  database: Database,
  column: string,
  side: "<=" | ">",
  text: string,
  unplaced: string,
): Neighbour | null {
  const collation = SORTED_TEXTS[column] ?? "BINARY";
  const [row] = selectRows(
    database,
    `SELECT id, ${column} AS text FROM tracks WHERE ${column} ${side} ? COLLATE ${collation}
      AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY ${sorted(column)} ${side === ">" ? "ASC" : "DESC"} LIMIT 1`,
    [text, unplaced],
  );
  return row ? { id: Number(row["id"]), text: String(row["text"]) } : null;
}

function isSame(text: string, other: Neighbour | null): boolean {
  return text.toLowerCase() === other?.text.toLowerCase();
}

function placeBetween(text: string, before: Neighbour | null, low = NaN, high = NaN): number {
  if (isSame(text, before)) return low;
  if (Number.isNaN(low)) return Number.isNaN(high) ? 0 : high - 1;
  return Number.isNaN(high) ? low + 1 : (low + high) / 2;
}

function sorted(column: string): string {
  return `${column} COLLATE ${SORTED_TEXTS[column] ?? "BINARY"}`;
}
