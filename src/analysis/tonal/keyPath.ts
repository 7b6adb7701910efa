/**
 * Which key is in force in each second: the path through the 24 keys that fits best when each change of key
 * costs something (a hidden Markov model's most likely path, found by Viterbi's algorithm). So a passing chord
 * changes nothing, and a new key must be clear for several seconds.
 */
import { addSeconds, CLASSES } from "./chroma";
import { indexOfHighest, KEYS, keyScores } from "./keyScores";

/** A second is judged by itself and this many on each side. */
const REACH = 2;
/** A change must gain this much: seconds times the correlation by which the new key fits better. */
const COST = 3;

export interface KeyPath {
  /** A key (as in keyScores) for each second. */
  keys: Uint8Array;
  /** Mean correlation (−1 to 1) with the keys of the path, over the seconds that have tones. */
  fit: number;
}

/** `chroma` has CLASSES values a second. */
export function keyPath(chroma: Float32Array): KeyPath {
  const seconds = chroma.length / CLASSES;
  const scores = new Float32Array(seconds * KEYS);
  const before = new Uint8Array(seconds * KEYS);
  let total = new Float64Array(KEYS);
  for (let second = 0; second < seconds; second++) {
    const now = scoresAround(chroma, second);
    scores.set(now, second * KEYS);
    const best = indexOfHighest(total);
    const next = new Float64Array(KEYS);
    for (let key = 0; key < KEYS; key++) {
      const stay = total[key] as number;
      const change = (total[best] as number) - COST;
      before[second * KEYS + key] = stay >= change ? key : best;
      next[key] = Math.max(stay, change) + (now[key] as number);
    }
    total = next;
  }
  const keys = walkBack(before, indexOfHighest(total));
  return { keys, fit: meanFit(keys, scores) };
}

function scoresAround(chroma: Float32Array, second: number): Float64Array {
  const around = new Float64Array(CLASSES);
  const first = Math.max(0, second - REACH);
  addSeconds(around, chroma.subarray(first * CLASSES, (second + REACH + 1) * CLASSES));
  return keyScores(around);
}

function walkBack(before: Uint8Array, last: number): Uint8Array {
  const keys = new Uint8Array(before.length / KEYS);
  let key = last;
  for (let second = keys.length - 1; second >= 0; second--) {
    keys[second] = key;
    key = before[second * KEYS + key] as number;
  }
  return keys;
}

function meanFit(keys: Uint8Array, scores: Float32Array): number {
  let sum = 0;
  let count = 0;
  keys.forEach((key, second) => {
    const score = scores[second * KEYS + key] as number;
    // Exactly 0 where nothing is heard.
    if (score === 0) return;
    sum += score;
    count++;
  });
  return count > 0 ? sum / count : 0;
}
