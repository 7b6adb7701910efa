/**
 * Which key is in force in each second: the path through the 24 keys that fits best when each change of key
 * costs something (a hidden Markov model's most likely path, found by Viterbi's algorithm). So a passing chord
 * changes nothing, and a new key must be clear for several seconds.
 */
import { CLASSES } from "./chroma";
import { KEYS, keyScores } from "./keyScores";

/** A second is judged by itself and this many on each side. */
const REACH = 2;
/** A change must gain this much: seconds times the correlation by which the new key fits better. */
const COST = 3;

/** `chroma` has CLASSES values a second; answers a key (as in keyScores) for each second. */
export function keyPath(chroma: Float32Array): Uint8Array {
  const seconds = chroma.length / CLASSES;
  const before = new Uint8Array(seconds * KEYS);
  let total: Float64Array | null = null;
  const around = new Float64Array(CLASSES);
  for (let second = 0; second < seconds; second++) {
    around.fill(0);
    const first = Math.max(0, second - REACH);
    addSeconds(around, chroma.subarray(first * CLASSES, (second + REACH + 1) * CLASSES));
    const scores = keyScores(around);
    const best: number = total ? highest(total) : 0;
    const next = new Float64Array(KEYS);
    for (let key = 0; key < KEYS; key++) {
      const stays: boolean = !total || (total[key] as number) >= (total[best] as number) - COST;
      const from: number = stays ? key : best;
      before[second * KEYS + key] = from;
      const sofar = total ? (total[from] as number) - (stays ? 0 : COST) : 0;
      next[key] = sofar + (scores[key] as number);
    }
    total = next;
  }
  return walkBack(before, total ? highest(total) : 0);
}

/** Adds each second of `chroma` to the twelve values of `sum`. */
export function addSeconds(sum: Float64Array, chroma: Float32Array): void {
  for (let i = 0; i < chroma.length; i++) {
    const c = i % CLASSES;
    sum[c] = (sum[c] as number) + (chroma[i] as number);
  }
}

function walkBack(before: Uint8Array, last: number): Uint8Array {
  const path = new Uint8Array(before.length / KEYS);
  let key = last;
  for (let second = path.length - 1; second >= 0; second--) {
    path[second] = key;
    key = before[second * KEYS + key] as number;
  }
  return path;
}

/** Index of the first of the highest values. */
export function highest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}
