/**
 * ALAC's predictor: an adaptive FIR whose coefficients move by one with the sign of each error. Two thirds of a
 * decoder's time are spent here, so "| 0" keeps the engine in 32-bit integers, and filters as short as encoders make
 * them have no inner loop.
 */

/** Coefficients of the filter that is written out; those not in use are 0 and add nothing. */
const SHORT = 8;

interface Prediction {
  /** Bits of a sample. */
  bits: number;
  /** Fraction bits of a coefficient. */
  shift: number;
}

/** Undoes the prediction in place, from coefficients of which the nearest sample's comes first. */
export function undoPrediction(
  samples: Int32Array,
  length: number,
  coefficients: Int16Array,
  { bits, shift }: Prediction,
): void {
  const order = coefficients.length;
  const unused = 32 - bits;
  const taps = new Int32Array(Math.max(SHORT, order));
  taps.set(coefficients);
  undoDifference(samples, Math.min(order + 1, length), bits);
  const half = shift > 0 ? 1 << (shift - 1) : 0;
  for (let i = order + 1; i < length; i++) {
    const base = samples[i - order - 1] ?? 0;
    const isShort = order <= SHORT && i > SHORT;
    const sum = isShort ? shortSum(samples, i, taps, base) : longSum(samples, i, taps, order, base);
    const error = samples[i] ?? 0;
    samples[i] = ((error + base + (((sum + half) | 0) >> shift)) << unused) >> unused;
    if (error > 0) adaptUp(samples, i, taps, order, base, error, shift);
    else if (error < 0) adaptDown(samples, i, taps, order, base, error, shift);
  }
}

/** The second stage of some frames: each sample is the difference from the one before. */
export function undoDifference(samples: Int32Array, length: number, bits: number): void {
  const unused = 32 - bits;
  let last = samples[0] ?? 0;
  for (let i = 1; i < length; i++) {
    last = (((samples[i] ?? 0) + last) << unused) >> unused;
    samples[i] = last;
  }
}

function shortSum(samples: Int32Array, i: number, taps: Int32Array, base: number): number {
  let sum = Math.imul(taps[0] ?? 0, ((samples[i - 1] ?? 0) - base) | 0);
  sum = (sum + Math.imul(taps[1] ?? 0, ((samples[i - 2] ?? 0) - base) | 0)) | 0;
  sum = (sum + Math.imul(taps[2] ?? 0, ((samples[i - 3] ?? 0) - base) | 0)) | 0;
  sum = (sum + Math.imul(taps[3] ?? 0, ((samples[i - 4] ?? 0) - base) | 0)) | 0;
  sum = (sum + Math.imul(taps[4] ?? 0, ((samples[i - 5] ?? 0) - base) | 0)) | 0;
  sum = (sum + Math.imul(taps[5] ?? 0, ((samples[i - 6] ?? 0) - base) | 0)) | 0;
  sum = (sum + Math.imul(taps[6] ?? 0, ((samples[i - 7] ?? 0) - base) | 0)) | 0;
  return (sum + Math.imul(taps[7] ?? 0, ((samples[i - 8] ?? 0) - base) | 0)) | 0;
}

function longSum(samples: Int32Array, i: number, taps: Int32Array, order: number, base: number): number {
  let sum = 0;
  for (let k = 0; k < order; k++) {
    sum = (sum + Math.imul(taps[k] ?? 0, ((samples[i - 1 - k] ?? 0) - base) | 0)) | 0;
  }
  return sum;
}

/** After a positive error, from the farthest sample on until the error is used up. */
function adaptUp(
  samples: Int32Array,
  i: number,
  taps: Int32Array,
  order: number,
  base: number,
  error: number,
  shift: number,
): void {
  let rest = error;
  for (let k = order - 1; k >= 0 && rest > 0; k--) {
    const difference = (base - (samples[i - 1 - k] ?? 0)) | 0;
    const sign = (difference >> 31) | (-difference >>> 31);
    taps[k] = (taps[k] ?? 0) - sign;
    rest = (rest - Math.imul(order - k, Math.imul(sign, difference) >> shift)) | 0;
  }
}

/** The same after a negative one. */
function adaptDown(
  samples: Int32Array,
  i: number,
  taps: Int32Array,
  order: number,
  base: number,
  error: number,
  shift: number,
): void {
  let rest = error;
  for (let k = order - 1; k >= 0 && rest < 0; k--) {
    const difference = (base - (samples[i - 1 - k] ?? 0)) | 0;
    const sign = (difference >> 31) | (-difference >>> 31);
    taps[k] = (taps[k] ?? 0) + sign;
    rest = (rest - Math.imul(order - k, Math.imul(-sign, difference) >> shift)) | 0;
  }
}
