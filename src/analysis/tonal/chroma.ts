/** Twelve pitch classes out of the fine steps of PitchSeries, in the music's own tuning. */
import { STEPS } from "./PitchSeries";

/** Pitch classes, first is C. */
export const CLASSES = 12;
const STEPS_A_CLASS = STEPS / CLASSES;

/** How much each step counts for each class: all for its middle, half for its edge, none for the next. */
function foldMatrix(tuning: number): Float64Array {
  const matrix = new Float64Array(CLASSES * STEPS);
  for (let step = 0; step < STEPS; step++) {
    const position = step / STEPS_A_CLASS - tuning;
    const below = Math.floor(position);
    const cosine = Math.cos((Math.PI / 2) * (position - below));
    const share = cosine * cosine;
    matrix[((below + CLASSES) % CLASSES) * STEPS + step] = share;
    matrix[((below + 1 + CLASSES) % CLASSES) * STEPS + step] = 1 - share;
  }
  return matrix;
}

/** The classes (first is C) of each second: CLASSES values a second. */
export function chromaOf(steps: Float32Array, tuning: number): Float32Array {
  const matrix = foldMatrix(tuning);
  const seconds = steps.length / STEPS;
  const chroma = new Float32Array(seconds * CLASSES);
  for (let second = 0; second < seconds; second++) {
    for (let c = 0; c < CLASSES; c++) {
      let sum = 0;
      for (let step = 0; step < STEPS; step++) {
        sum += (matrix[c * STEPS + step] as number) * (steps[second * STEPS + step] as number);
      }
      chroma[second * CLASSES + c] = sum;
    }
  }
  return chroma;
}

/** Each second's strongest class is 1; all 0 stay 0. */
export function scaledToMaximum(chroma: Float32Array): Float32Array {
  const scaled = new Float32Array(chroma.length);
  for (let at = 0; at < chroma.length; at += CLASSES) {
    const second = chroma.subarray(at, at + CLASSES);
    const most = Math.max(...second);
    if (most > 0) for (let c = 0; c < CLASSES; c++) scaled[at + c] = (second[c] as number) / most;
  }
  return scaled;
}

/** Adds each second of `chroma` to the twelve values of `sum`. */
export function addSeconds(sum: Float64Array, chroma: Float32Array): void {
  for (let i = 0; i < chroma.length; i++) {
    const c = i % CLASSES;
    sum[c] = (sum[c] as number) + (chroma[i] as number);
  }
}
