/**
 * The order of what is found. Only the page that is asked for is put in order: what comes before it and behind it is
 * parted from it, which takes a few looks at each track where sorting all would take seventeen.
 */
import { part, type Compare } from "./part";
import type { Mask, TrackTable } from "./TrackTable";

/** What is sorted by. */
export interface OrderKey {
  /** A number for each slot; NaN, in either direction last, for what has no value. */
  valuesOf: (table: TrackTable) => Float64Array;
  isDescending: boolean;
}

export function byNumber(column: string): OrderKey["valuesOf"] {
  return (table) => table.numbers(column);
}

/** A text that has an index of its own. */
export function byText(column: string): OrderKey["valuesOf"] {
  return (table) => table.order(column);
}

/** A text of which few are different. */
export function byWord(column: string, compare = inLetters): OrderKey["valuesOf"] {
  return (table) => {
    const { texts, codes } = table.words(column);
    const sorted = [...texts.keys()].sort((a, b) => compare(texts[a] ?? "", texts[b] ?? ""));
    const places = new Float64Array(texts.length);
    let place = 0;
    for (const [at, code] of sorted.entries()) {
      const before = texts[sorted[at - 1] ?? -1];
      if (before !== undefined && compare(before, texts[code] ?? "") !== 0) place++;
      places[code] = place;
    }
    const values = new Float64Array(codes.length);
    for (let slot = 0; slot < codes.length; slot++) values[slot] = places[codes[slot] ?? -1] ?? NaN;
    return values;
  };
}

function inLetters(a: string, b: string): number {
  const [first, second] = [a.toLowerCase(), b.toLowerCase()];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** In the order of the ids. */
export function byNearness(ids: readonly number[]): OrderKey["valuesOf"] {
  return ({ slots }) => {
    const places = new Float64Array(slots.count).fill(NaN);
    for (const [place, id] of ids.entries()) {
      const slot = slots.slotOf(id);
      if (slot >= 0) places[slot] = place;
    }
    return places;
  };
}

/** The slots of a mask from one place of their order up to, and not with, another. */
export function inOrder(
  table: TrackTable,
  mask: Mask,
  keys: readonly OrderKey[],
  from = 0,
  to = Infinity,
): Int32Array {
  const meant = meantInPathOrder(table, mask);
  const end = Math.min(to, meant.length);
  if (from >= end) return new Int32Array(0);
  if (keys.length > 0) {
    const compare = comparison(table, keys);
    part(meant, 0, meant.length - 1, from, compare);
    part(meant, from, meant.length - 1, end - 1, compare);
    meant.subarray(from, end).sort(compare);
  }
  return meant.slice(from, end);
}

function meantInPathOrder({ slots: { byPath } }: TrackTable, mask: Mask): Int32Array {
  const meant = new Int32Array(byPath.length);
  let count = 0;
  for (let at = 0; at < byPath.length; at++) {
    const slot = byPath[at] ?? 0;
    if (mask[slot] === 1) meant[count++] = slot;
  }
  return meant.subarray(0, count);
}

/** Of two slots; never 0 for different ones. */
function comparison(table: TrackTable, keys: readonly OrderKey[]): Compare {
  const { ranks } = table.slots;
  let compare: Compare = (a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0);
  for (const { valuesOf, isDescending } of [...keys].reverse()) {
    const values = valuesOf(table);
    const sign = isDescending ? -1 : 1;
    const next = compare;
    compare = (a, b) => {
      const [first, second] = [values[a] ?? NaN, values[b] ?? NaN];
      if (first < second) return -sign;
      if (first > second) return sign;
      if (first === second) return next(a, b);
      return Number(Number.isNaN(first)) - Number(Number.isNaN(second)) || next(a, b);
    };
  }
  return compare;
}
