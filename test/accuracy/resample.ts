/** Samples read at another speed, by windowed-sinc interpolation. */

/** Input samples on each side of a point, where the speed is at most 1. */
const REACH = 24;
/** Steps of the interpolation kernel between two samples. */
const STEPS = 512;

/** `factor` > 1 is faster: higher and shorter. What would lie above the Nyquist frequency is filtered out. */
export function resample(samples: Float32Array, factor: number): Float32Array {
  const cutoff = Math.min(1, 1 / factor) * 0.95;
  const reach = Math.ceil(REACH / cutoff);
  const kernel = lowPass(cutoff, reach);
  const output = new Float32Array(Math.floor(samples.length / factor));
  for (let i = 0; i < output.length; i++) {
    const at = i * factor;
    const first = Math.max(0, Math.ceil(at - reach));
    const last = Math.min(samples.length - 1, Math.floor(at + reach));
    let sum = 0;
    for (let j = first; j <= last; j++) {
      sum += (samples[j] ?? 0) * (kernel[Math.round(Math.abs(j - at) * STEPS)] ?? 0);
    }
    output[i] = sum;
  }
  return output;
}

/** Half of a Hann-windowed sinc, from its middle outwards, in steps of 1/STEPS of a sample. */
function lowPass(cutoff: number, reach: number): Float64Array {
  return Float64Array.from({ length: reach * STEPS + 1 }, (_, i) => {
    const x = i / STEPS;
    const sinc = i === 0 ? 1 : Math.sin(Math.PI * cutoff * x) / (Math.PI * cutoff * x);
    return cutoff * sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / reach));
  });
}
