/**
 * From how well each key fits to how likely each is. The longer the music, the more a small difference says: the
 * two numbers were fitted (maximum likelihood) on pieces and on excerpts of 2 to 24 seconds of the tuning half of
 * a corpus, where a key called 0.9 likely was right nine times in ten.
 */

/** How steeply likelihood follows fit for one second … */
const STEEPNESS = 4;
/** … and how much more for each e-fold of it. */
const STEEPNESS_BY_LENGTH = 5;
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
