/** ALAC's predictor: an adaptive FIR whose coefficients move by one with the sign of each error. */

/** Undoes the prediction in place; `coefficients` (the nearest sample's first) change as they did in the encoder. */
export function undoPrediction(
  samples: Int32Array,
  length: number,
  coefficients: Int16Array,
  { bits, shift }: { bits: number; shift: number },
): void {
  const order = coefficients.length;
  const unused = 32 - bits;
  let last = samples[0] ?? 0;
  for (let i = 1; i <= Math.min(order, length - 1); i++) {
    last = (((samples[i] ?? 0) + last) << unused) >> unused;
    samples[i] = last;
  }
  const half = shift > 0 ? 1 << (shift - 1) : 0;
  for (let i = order + 1; i < length; i++) {
    const base = samples[i - order - 1] ?? 0;
    let sum = half;
    for (let k = 0, at = i - 1; k < order; k++, at--) {
      // "| 0" keeps the engine in 32-bit integers, which is twice as fast.
      sum = (sum + Math.imul(coefficients[k] ?? 0, ((samples[at] ?? 0) - base) | 0)) | 0;
    }
    const error = samples[i] ?? 0;
    samples[i] = ((error + base + (sum >> shift)) << unused) >> unused;
    if (error !== 0) adapt(samples, i, coefficients, base, error, shift);
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

/** Takes plain numbers and not an object, because it runs for each sample. */
function adapt(
  samples: Int32Array,
  i: number,
  coefficients: Int16Array,
  base: number,
  error: number,
  shift: number,
): void {
  const direction = error > 0 ? 1 : -1;
  const order = coefficients.length;
  let rest = error;
  // From the farthest sample on, until the error is used up.
  for (let k = order - 1; k >= 0; k--) {
    const difference = (base - (samples[i - 1 - k] ?? 0)) | 0;
    if (difference === 0) continue;
    const step = difference > 0 ? direction : -direction;
    coefficients[k] = (coefficients[k] ?? 0) - step;
    rest = (rest - Math.imul(order - k, Math.imul(step, difference) >> shift)) | 0;
    if (direction > 0 ? rest <= 0 : rest >= 0) break;
  }
}
