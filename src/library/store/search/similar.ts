/**
 * Which tracks sound most like one. Five parts, each made so that two tracks taken at random differ by about √2 in
 * it: timbre (MFCC 1 to 12, each in standard deviations of the library), brightness (centroid by its logarithm) and
 * loudness likewise; tempo by its ratio, half and double being the same; key by steps round the circle of fifths.
 * The distance is the root of the mean square of the parts that both tracks have. A track without timbre is not
 * compared.
 */
import type { Database, SqlValue, Statement } from "sql.js";
import { ChangedTracks } from "../changedTracks";
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

const CHANGED = `${SQL} AND id IN (SELECT value FROM json_each(?))`;

/** With a greater share of new rows the library's deviations may be others. */
const SHARE_NEW = 0.02;

/** What is compared of every track. */
interface Table {
  ids: number[];
  rows: Float32Array;
  /** Where in `rows` a track is, by its id. */
  places: Map<number, number>;
  scales: Scale[];
  /** Rows that came or went since the scales were made. */
  news: number;
}

/** A column's mean, and what makes its deviation 1; 0 for one that is the same for all. */
interface Scale {
  mean: number;
  factor: number;
}

export interface Similar {
  id: number;
  /** 0 for the same values; about 1.4 for two tracks taken at random. */
  distance: number;
}

const kept = new WeakMap<Database, { table: Table | undefined; changed: ChangedTracks }>();

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
    // A row that is gone has none.
    if (!(distance < farthest)) continue;
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
  const known = kept.get(database) ?? { table: undefined, changed: new ChangedTracks(database) };
  kept.set(database, known);
  const { table } = known;
  const changes = known.changed.take();
  // What fails from here on leaves no table, rather than one that lacks these changes.
  known.table = undefined;
  known.table = table && takeIn(database, table, changes) ? table : readTable(database);
  return known.table;
}

/** False when so much has changed that the table is to be made anew. */
function takeIn(database: Database, table: Table, changed: readonly number[]): boolean {
  table.news += changed.length;
  if (table.news > SHARE_NEW * table.ids.length) return false;
  for (const id of changed) {
    const place = table.places.get(id);
    if (place !== undefined) table.rows.fill(NaN, place * WIDTH, (place + 1) * WIDTH);
    table.places.delete(id);
  }
  const statement = changed.length > 0 ? database.prepare(CHANGED, [JSON.stringify(changed)]) : null;
  for (const { id, values } of statement ? readRows(statement) : []) {
    const place = table.ids.push(id) - 1;
    if (table.rows.length < table.ids.length * WIDTH) table.rows = withRoom(table.rows);
    table.rows.set(values, place * WIDTH);
    table.places.set(id, place);
    for (const [column, scale] of table.scales.entries())
      standardize(table.rows, column, scale, place * WIDTH);
  }
  return true;
}

function withRoom(rows: Float32Array): Float32Array {
  const wider = new Float32Array(rows.length + 1000 * WIDTH).fill(NaN);
  wider.set(rows);
  return wider;
}

function readTable(database: Database): Table {
  const ids: number[] = [];
  const all: number[] = [];
  for (const { id, values } of readRows(database.prepare(SQL))) {
    ids.push(id);
    all.push(...values);
  }
  const rows = Float32Array.from(all);
  const scales = Array.from({ length: LOUDNESS + 1 }, (_, column) => scaleOf(rows, column));
  for (const [column, scale] of scales.entries()) {
    for (let at = 0; at < rows.length; at += WIDTH) standardize(rows, column, scale, at);
  }
  return { ids, rows, places: new Map(ids.map((id, place) => [id, place])), scales, news: 0 };
}

function* readRows(statement: Statement): Generator<{ id: number; values: number[] }> {
  try {
    while (statement.step()) {
      const [id, ...cells] = statement.get();
      const values = valuesOf(cells);
      if (values) yield { id: Number(id), values };
    }
  } finally {
    statement.free();
  }
}

function valuesOf([mfcc, centroid, loudness, tempo, camelot]: SqlValue[]): number[] | null {
  const timbre = parseItems(mfcc, "real") as number[] | null;
  if (timbre?.length !== FIRST_MFCC + MFCCS) return null;
  const levels = [logarithm(centroid), numberOf(loudness), logarithm(tempo)];
  return [...timbre.slice(FIRST_MFCC), ...levels, ...circleOf(camelot)];
}

/** In standard deviations from the mean. */
function standardize(rows: Float32Array, column: number, { mean, factor }: Scale, at: number): void {
  rows[at + column] = factor === 0 ? 0 : ((rows[at + column] ?? NaN) - mean) * factor;
}

function scaleOf(rows: Float32Array, column: number): Scale {
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
  return { mean, factor: deviation > 1e-6 ? 1 / deviation : 0 };
}

function distanceOf(rows: Float32Array, a: number, b: number): number {
  let timbre = 0;
  for (let column = 0; column < MFCCS; column++) {
    const difference = apart(rows, a, b, column);
    timbre += difference * difference;
  }
  const key = Math.abs(folded(apart(rows, a, b, KEY), 12)) + Math.abs(apart(rows, a, b, MODE));
  const brightness = apart(rows, a, b, BRIGHTNESS);
  const loudness = apart(rows, a, b, LOUDNESS);
  const tempo = TEMPO_SCALE * folded(apart(rows, a, b, TEMPO), 1);
  const sum =
    timbre / MFCCS + square(brightness) + square(loudness) + square(tempo) + square(KEY_SCALE * key);
  return Math.sqrt(sum / (1 + known(brightness) + known(loudness) + known(tempo) + known(key)));
}

function apart(rows: Float32Array, a: number, b: number, column: number): number {
  return (rows[a + column] ?? NaN) - (rows[b + column] ?? NaN);
}

/** What one of the two lacks counts for nothing. */
function square(part: number): number {
  return Number.isNaN(part) ? 0 : part * part;
}

function known(part: number): number {
  return Number.isNaN(part) ? 0 : 1;
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
