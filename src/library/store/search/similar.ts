/**
 * Which tracks sound most like one. Five parts, each made so that two tracks taken at random differ by about √2 in
 * it: timbre (MFCC 1 to 12, each in standard deviations of the library), brightness (centroid by its logarithm) and
 * loudness likewise; tempo by its ratio, half and double being the same; key by steps round the circle of fifths.
 * The distance is the root of the mean square of the parts that both tracks have. A track without timbre is not
 * compared.
 */
import type { Database } from "sql.js";
import { parseItems } from "../storedLists";

/** Coefficients compared: the first is little but loudness. */
const FIRST_MFCC = 1;
const MFCCS = 12;
/** A row of the table: timbre, brightness, loudness, tempo (octaves), key (0–11 round the circle), mode. */
const WIDTH = MFCCS + 5;
const [BRIGHTNESS, LOUDNESS, TEMPO, KEY, MODE] = [MFCCS, MFCCS + 1, MFCCS + 2, MFCCS + 3, MFCCS + 4] as const;
/** Fold a difference of tempo to half an octave at most: at random its root mean square is 0.29. */
const TEMPO_SCALE = Math.SQRT2 / 0.29;
/** Of steps round the circle, 0 to 6 and one for the mode, it is 3.7. */
const KEY_SCALE = Math.SQRT2 / 3.7;

const SQL = `SELECT id, timbre_mfcc_mean, spectral_centroid_mean, loudness_integrated, rhythm_tempo, tonal_camelot
  FROM tracks WHERE timbre_mfcc_mean IS NOT NULL`;

/** What is compared of every track, made once for as long as the database stays as it is. */
interface Table {
  changes: number;
  ids: Int32Array;
  rows: Float32Array;
  /** Where in `rows` a track is, by its id. */
  places: ReadonlyMap<number, number>;
}

export interface Similar {
  id: number;
  /** 0 for the same values; about 1.4 for two tracks taken at random. */
  distance: number;
}

const tables = new WeakMap<Database, Table>();

/** The `count` nearest of a track, nearest first, without itself; null when the track has no timbre to compare. */
export function nearestTo(database: Database, id: number, count: number): Similar[] | null {
  const table = tableOf(database);
  const place = table.places.get(id);
  if (place === undefined) return null;
  const nearest: Similar[] = [];
  let farthest = Infinity;
  for (let other = 0; other < table.ids.length; other++) {
    if (other === place) continue;
    const distance = distanceOf(table.rows, place * WIDTH, other * WIDTH);
    if (distance >= farthest) continue;
    insert(nearest, { id: table.ids[other] ?? 0, distance });
    if (nearest.length > count) nearest.pop();
    if (nearest.length === count) farthest = nearest.at(-1)?.distance ?? Infinity;
  }
  return nearest;
}

function insert(nearest: Similar[], item: Similar): void {
  let at = nearest.length;
  while (at > 0 && (nearest[at - 1]?.distance ?? 0) > item.distance) at--;
  nearest.splice(at, 0, item);
}

function tableOf(database: Database): Table {
  const changes = Number(database.exec("SELECT total_changes()")[0]?.values[0]?.[0]);
  const known = tables.get(database);
  if (known?.changes === changes) return known;
  const table = { changes, ...readTable(database) };
  tables.set(database, table);
  return table;
}

function readTable(database: Database): Omit<Table, "changes"> {
  const ids: number[] = [];
  const values: number[] = [];
  const statement = database.prepare(SQL);
  try {
    while (statement.step()) {
      const [id, mfcc, centroid, loudness, tempo, camelot] = statement.get();
      const timbre = parseItems(mfcc, "real") as number[] | null;
      if (timbre?.length !== FIRST_MFCC + MFCCS) continue;
      ids.push(Number(id));
      values.push(...timbre.slice(FIRST_MFCC), logarithm(centroid), numberOf(loudness), logarithm(tempo));
      values.push(...circleOf(camelot));
    }
  } finally {
    statement.free();
  }
  const rows = Float32Array.from(values);
  for (let column = 0; column <= LOUDNESS; column++) standardize(rows, column);
  return { ids: Int32Array.from(ids), rows, places: new Map(ids.map((id, place) => [id, place])) };
}

/** In standard deviations from the mean; a column that is the same for all becomes 0. */
function standardize(rows: Float32Array, column: number): void {
  let [count, sum, squares] = [0, 0, 0];
  for (let at = column; at < rows.length; at += WIDTH) {
    const value = rows[at] ?? NaN;
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  for (let at = column; at < rows.length; at += WIDTH) {
    rows[at] = deviation > 1e-6 ? ((rows[at] ?? NaN) - mean) / deviation : 0;
  }
}

function distanceOf(rows: Float32Array, a: number, b: number): number {
  let timbre = 0;
  for (let column = 0; column < MFCCS; column++) {
    const difference = (rows[a + column] ?? 0) - (rows[b + column] ?? 0);
    timbre += difference * difference;
  }
  let [sum, parts] = [timbre / MFCCS, 1];
  for (const part of [
    (rows[a + BRIGHTNESS] ?? NaN) - (rows[b + BRIGHTNESS] ?? NaN),
    (rows[a + LOUDNESS] ?? NaN) - (rows[b + LOUDNESS] ?? NaN),
    TEMPO_SCALE * folded((rows[a + TEMPO] ?? NaN) - (rows[b + TEMPO] ?? NaN), 1),
    KEY_SCALE *
      (Math.abs(folded((rows[a + KEY] ?? NaN) - (rows[b + KEY] ?? NaN), 12)) +
        Math.abs((rows[a + MODE] ?? NaN) - (rows[b + MODE] ?? NaN))),
  ]) {
    if (Number.isNaN(part)) continue;
    sum += part * part;
    parts++;
  }
  return Math.sqrt(sum / parts);
}

/** The shortest way between two places on a circle. */
function folded(difference: number, round: number): number {
  return difference - round * Math.round(difference / round);
}

function circleOf(camelot: unknown): [number, number] {
  const [, hour, letter] = /^(\d{1,2})([AB])$/.exec(typeof camelot === "string" ? camelot : "") ?? [];
  return hour === undefined ? [NaN, NaN] : [Number(hour), letter === "A" ? 0 : 1];
}

function logarithm(value: unknown): number {
  return typeof value === "number" && value > 0 ? Math.log2(value) : NaN;
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : NaN;
}
