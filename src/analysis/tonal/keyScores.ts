/**
 * How well twelve pitch classes fit each of the 24 keys: their correlation with the key's profile, after what is
 * hardly there is taken out and the third partials are credited to their own notes.
 */
import { CLASSES } from "./chroma";

/** C major … B major, C minor … B minor. */
export const KEYS = 24;

/** How much of each degree EDM in a key has (Faraldo, Jordà & Herrera 2017, profile "braw": medians of a corpus). */
const BRAW = [
  [1, 0.1573, 0.42, 0.157, 0.5296, 0.3669, 0.1632, 0.7711, 0.1676, 0.3827, 0.2113, 0.2965],
  [1, 0.233, 0.3615, 0.3905, 0.2925, 0.3777, 0.1961, 0.7425, 0.2701, 0.2161, 0.4228, 0.2272],
] as const;
/** The same of the examples in a harmony textbook (Temperley 2005 from Kostka & Payne). */
const KOSTKA_PAYNE = [
  [0.748, 0.06, 0.488, 0.082, 0.67, 0.46, 0.096, 0.715, 0.104, 0.366, 0.057, 0.4],
  [0.712, 0.084, 0.474, 0.618, 0.049, 0.46, 0.105, 0.747, 0.404, 0.067, 0.133, 0.33],
] as const;

/** Classes below this share of the strongest are taken for noise. */
const LEAST_SHARE = 0.1;
/** The third partial of a note sounds a fifth above it; so much of it goes back. */
const THIRD_PARTIAL = 0.225;
const FIFTH = 7;

/** Correlations (−1 to 1) with C major … B major, C minor … B minor; all 0 for an empty chroma. */
export function keyScores(chroma: ArrayLike<number>): Float64Array {
  const heard = unit(withFundamentals(chroma));
  const scores = new Float64Array(KEYS);
  PROFILES.forEach((profile, mode) => {
    for (let tonic = 0; tonic < CLASSES; tonic++) {
      let sum = 0;
      for (let degree = 0; degree < CLASSES; degree++) {
        sum += (profile[degree] as number) * (heard[(tonic + degree) % CLASSES] as number);
      }
      scores[mode * CLASSES + tonic] = sum;
    }
  });
  return scores;
}

/** Index of the first of the highest values. */
export function indexOfHighest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}

function withFundamentals(chroma: ArrayLike<number>): Float64Array {
  const full = Float64Array.from(
    { length: CLASSES },
    (_, c) => (chroma[c] as number) + THIRD_PARTIAL * (chroma[(c + FIFTH) % CLASSES] as number),
  );
  const least = LEAST_SHARE * Math.max(...full);
  return full.map((value) => (value < least ? 0 : value));
}

/** Without its mean, at length 1 (or 0). */
function unit(values: ArrayLike<number>): Float64Array {
  const array = Float64Array.from(values);
  const mean = array.reduce((sum, value) => sum + value, 0) / array.length;
  const length = Math.sqrt(array.reduce((sum, value) => sum + (value - mean) * (value - mean), 0));
  return array.map((value) => (length > 0 ? (value - mean) / length : 0));
}

/** Both sources at the same weight. */
const PROFILES = [0, 1].map((mode) => {
  const [a, b] = [BRAW[mode], KOSTKA_PAYNE[mode]].map((profile) => {
    const values = profile ?? [];
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    return values.map((value) => value / length);
  });
  return unit(Array.from({ length: CLASSES }, (_, c) => (a?.[c] ?? 0) + (b?.[c] ?? 0)));
});
