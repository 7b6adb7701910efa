/**
 * From how well each key fits to how likely each is. Music tends to begin and end on its tonic, which tells modes
 * with the same notes apart; and the longer the music, the more a small difference says. The numbers were fitted
 * (maximum likelihood) on whole pieces and on excerpts of 3 to 24 seconds of the tuning half of a corpus.
 */
import { addSeconds, CLASSES } from "./chroma";
import { KEYS, keyScores } from "./keyScores";

/** How much the first and the last seconds count beside the whole. */
const ENDS_WEIGHT = 0.1;
const OPENING_SECONDS = 2;
const CLOSE_SECONDS = 3;
/** How steeply likelihood follows fit for one second … */
const STEEPNESS = 1;
/** … and how much more for each e-fold of it. */
const STEEPNESS_BY_LENGTH = 5.5;
/** Longer than this was not fitted. */
const LONGEST_SECONDS = 60;

/** Likelihoods (0–1, their sum is 1) of the keys with these `scores` over so many seconds. */
export function likelihoods(scores: Float64Array, seconds: number): Float64Array {
  const length = Math.log(Math.min(LONGEST_SECONDS, Math.max(1, seconds)));
  const steepness = STEEPNESS + STEEPNESS_BY_LENGTH * length;
  const best = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(steepness * (score - best)));
  const sum = odds.reduce((a, b) => a + b, 0);
  return odds.map((value) => value / sum);
}

/** `scores` of a whole piece and those of how it begins and ends; `chroma` has CLASSES values a second. */
export function withEnds(scores: Float64Array, chroma: Float32Array): Float64Array {
  const first = chroma.findIndex((value) => value > 0);
  if (first < 0) return scores;
  let end = chroma.length;
  while (chroma[end - 1] === 0) end--;
  const [from, to] = [Math.floor(first / CLASSES), Math.ceil(end / CLASSES)];
  const opening = scoresBetween(chroma, from, Math.min(to, from + OPENING_SECONDS));
  const close = scoresBetween(chroma, Math.max(from, to - CLOSE_SECONDS), to);
  return Float64Array.from(
    { length: KEYS },
    (_, key) => (scores[key] as number) + ENDS_WEIGHT * ((opening[key] as number) + (close[key] as number)),
  );
}

function scoresBetween(chroma: Float32Array, from: number, to: number): Float64Array {
  const sum = new Float64Array(CLASSES);
  addSeconds(sum, chroma.subarray(from * CLASSES, to * CLASSES));
  return keyScores(sum);
}
