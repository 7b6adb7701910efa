/**
 * The table of tracks by columns: what is searched and sorted by, in arrays with a slot for each track. A column is
 * read when it is first asked for, and what has changed in it before each search. A question over 100,000 tracks is
 * then a loop over an array, where SQL goes over as many rows.
 */
import type { Database } from "sql.js";
import { ChangedTracks } from "../changedTracks";
import { selectRows } from "../trackQueries";
import { placeTexts, readOrder } from "./textOrder";
import { readIds, readLists, TrackSlots } from "./trackSlots";

/** A 1 for each slot that is meant. */
export type Mask = Uint8Array;

/** A column of few different texts: for each slot the number of its text, -1 for none. */
export interface Words {
  texts: string[];
  codes: Int32Array;
}

/** To take in a change costs as much as to read a column of so many tracks; to read all anew has a cost of its own. */
const TRACKS_A_CHANGE = 500;
const FEW_CHANGES = 10;

/** Whatever changes tracks tells it (changedTracks.ts): without that, values would stand beside others' ids. */
const UNTOLD = "The table of tracks was changed by something that has not told it.";

const kept = new WeakMap<Database, { table: TrackTable | undefined; changed: ChangedTracks }>();

/** The tracks of a database, as they are now. */
export function trackTable(database: Database): TrackTable {
  const known = kept.get(database) ?? { table: undefined, changed: new ChangedTracks(database) };
  kept.set(database, known);
  const { table } = known;
  const changes = known.changed.take();
  // What fails from here on leaves no table, rather than one that lacks these changes.
  known.table = undefined;
  known.table = table?.update(changes) ? table : new TrackTable(database);
  return known.table;
}

export class TrackTable {
  readonly database: Database;
  readonly slots: TrackSlots;
  readonly #numbers = new Map<string, Float64Array>();
  readonly #words = new Map<string, Words & { codeOf: Map<string, number> }>();
  readonly #orders = new Map<string, Float64Array>();
  #paths: string[] | undefined;

  constructor(database: Database) {
    this.database = database;
    this.slots = new TrackSlots(database);
  }

  /** No track. */
  none(): Mask {
    return new Uint8Array(this.slots.count);
  }

  /** These tracks. */
  maskOf(ids: readonly number[]): Mask {
    const mask = this.none();
    const { slots } = this;
    for (let at = 0; at < ids.length; at++) {
      const slot = slots.slotOf(ids[at] ?? NaN);
      if (slot >= 0) mask[slot] = 1;
    }
    return mask;
  }

  /** The tracks whose ids a query gives as "id". */
  select(sql: string, parameters: (string | number)[]): Mask {
    return this.maskOf(readIds(this.database, sql, parameters));
  }

  /** A column of numbers; NaN for null. */
  numbers(column: string): Float64Array {
    const known = this.#numbers.get(column);
    if (known) return known;
    const values = new Float64Array(this.slots.ids.length).fill(NaN);
    const { present, count } = this.slots;
    const statement = this.database.prepare(`SELECT ${column} FROM tracks ORDER BY id`);
    try {
      for (let slot = 0; slot < count; slot++) {
        if (!present[slot]) continue;
        if (!statement.step()) throw new Error(UNTOLD);
        const [value] = statement.get();
        if (typeof value === "number") values[slot] = value;
      }
      if (statement.step()) throw new Error(UNTOLD);
    } finally {
      statement.free();
    }
    this.#numbers.set(column, values);
    return values;
  }

  /** A column of few different texts. */
  words(column: string): Words {
    const known = this.#words.get(column);
    if (known) return known;
    const words = { texts: [], codes: new Int32Array(this.slots.ids.length).fill(-1), codeOf: new Map() };
    this.#readTexts(column, (slot, text) => {
      setWord(words, slot, text);
    });
    this.#words.set(column, words);
    return words;
  }

  /** The path of each slot as it is stored, in small letters. */
  paths(): readonly string[] {
    if (this.#paths) return this.#paths;
    const found = new Array<string>(this.slots.count).fill("");
    const [ids, paths] = readLists(
      this.database,
      ["id", "path"],
      "SELECT id, CAST(path AS TEXT) AS path FROM tracks",
    ) as [number[], (string | null)[]];
    // Null only where another program has put it.
    for (const [at, path] of paths.entries())
      found[this.slots.slotOf(ids[at] ?? NaN)] = path?.toLowerCase() ?? "";
    return (this.#paths = found);
  }

  /** The place of each track in the order of a text of {@link SORTED_TEXTS}, the same for equal ones; NaN for null. */
  order(column: string): Float64Array {
    if (column === "path") return Float64Array.from(this.slots.ranks);
    const known = this.#orders.get(column);
    if (known) return known;
    const order = readOrder(this.database, this.slots, column);
    this.#orders.set(column, order);
    return order;
  }

  /** Changed texts get a place between those of their neighbours. */
  #placeTexts(changed: readonly number[]): void {
    for (const [column, order] of this.#orders) {
      if (!placeTexts(this.database, this.slots, { column, order, changed })) this.#orders.delete(column);
    }
  }

  /** Takes in what has changed; false when the table is to be made anew. */
  update(changed: readonly number[]): boolean {
    if (changed.length === 0) return true;
    if (changed.length > FEW_CHANGES + this.slots.count / TRACKS_A_CHANGE) return false;
    if (!this.slots.update(this.database, changed)) return false;
    this.#placeTexts(changed);
    const columns = ["id", "path", ...this.#numbers.keys(), ...this.#words.keys()];
    const sql = `SELECT ${columns.join(", ")} FROM tracks WHERE id IN (SELECT value FROM json_each(?))`;
    for (const row of selectRows(this.database, sql, [JSON.stringify(changed)])) {
      const slot = this.slots.slotOf(Number(row["id"]));
      for (const [name, values] of this.#numbers) {
        const value = row[name];
        values[slot] = typeof value === "number" ? value : NaN;
      }
      for (const [name, words] of this.#words) setWord(words, slot, row[name] ?? null);
      if (this.#paths) this.#paths[slot] = String(row["path"]).toLowerCase();
    }
    return true;
  }

  /** As one text for all of them: to ask for each row takes twice the time. No JSON has the bytes that others may have put there. */
  #readTexts(column: string, take: (slot: number, text: unknown) => void): void {
    const sql = `SELECT id, CAST(${column} AS TEXT) AS text FROM tracks`;
    const [ids, texts] = readLists(this.database, ["id", "text"], sql) as [number[], unknown[]];
    if (ids.length !== this.slots.byPath.length) throw new Error(UNTOLD);
    for (const [at, text] of texts.entries()) {
      const slot = this.slots.slotOf(ids[at] ?? NaN);
      if (slot < 0) throw new Error(UNTOLD);
      take(slot, text);
    }
  }
}

function setWord(
  { texts, codes, codeOf }: Words & { codeOf: Map<string, number> },
  slot: number,
  value: unknown,
): void {
  if (typeof value !== "string") {
    codes[slot] = -1;
    return;
  }
  let code = codeOf.get(value);
  if (code === undefined) {
    code = texts.push(value) - 1;
    codeOf.set(value, code);
  }
  codes[slot] = code;
}
