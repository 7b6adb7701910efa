/**
 * The places of tracks in the order of a text that nearly each has its own of. The text itself is not kept: its index
 * says the order, and a number for each track is enough to sort by.
 */
import type { Database } from "sql.js";
import { SORTED_TEXTS } from "../trackIndexes";
import { selectRows } from "../trackQueries";
import { readLists, type TrackSlots } from "./trackSlots";

/** For each slot its place, the same for texts that are the same to the index; NaN for null. */
export function readOrder(database: Database, slots: TrackSlots, column: string): Float64Array {
  const order = new Float64Array(slots.ids.length).fill(NaN);
  const sql = `SELECT id, CAST(${column} AS TEXT) AS text FROM tracks WHERE ${column} IS NOT NULL ORDER BY ${sorted(column)}`;
  const [ids, texts] = readLists(database, ["id", "text"], sql) as [number[], string[]];
  let [place, before] = [0, ""];
  for (const [at, text] of texts.entries()) {
    if (!isSame(column, text, before)) place++;
    before = text;
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
      const isKnown = before !== null && isSame(column, text, before.text);
      const place = isKnown ? placeOf(before) : placeBetween(placeOf(before), placeOf(after));
      if (place === placeOf(after) || (place === placeOf(before) && !isKnown)) return false;
      order[slot] = place ?? NaN;
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

/** As the index compares: to NOCASE only the letters of ASCII are the same in both cases. */
function isSame(column: string, text: string, other: string): boolean {
  if (text === other || SORTED_TEXTS[column] !== "NOCASE") return text === other;
  return text.toLowerCase() === other.toLowerCase() && inSmallLetters(text) === inSmallLetters(other);
}

function inSmallLetters(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function placeBetween(low = NaN, high = NaN): number {
  if (Number.isNaN(low)) return Number.isNaN(high) ? 0 : high - 1;
  return Number.isNaN(high) ? low + 1 : (low + high) / 2;
}

function sorted(column: string): string {
  return `${column} COLLATE ${SORTED_TEXTS[column] ?? "BINARY"}`;
}
