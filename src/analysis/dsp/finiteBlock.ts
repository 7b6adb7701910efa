/**
 * Lets no NaN and no infinity through: one of them would stay in every filter for the rest of the file.
 * Clean channels, which is nearly all, go through as they are.
 */

/** `block`, or a copy with zeros where one of the first `length` samples was not finite. */
export function finiteBlock(block: readonly Float32Array[], length: number): readonly Float32Array[] {
  return block.map((samples) => (isFinite(samples, length) ? samples : cleaned(samples, length)));
}

function isFinite(samples: Float32Array, length: number): boolean {
  // x − x is 0 for a finite x and NaN for any other, and NaN stays in the sum.
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (samples[i] as number) - (samples[i] as number);
  return sum === 0;
}

function cleaned(samples: Float32Array, length: number): Float32Array {
  return samples.subarray(0, length).map((sample) => (Number.isFinite(sample) ? sample : 0));
}
