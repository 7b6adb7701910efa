/**
 * Lowers the sample rate by a whole factor: a symmetric windowed-sinc low-pass, of which only the kept
 * samples are computed. Made for features, not for listening: what aliases lies in the top third of the
 * new band, at the edge of what tempo and key look at.
 */

import { SampleQueue } from "./SampleQueue";

/** Taps on each side of the middle, for each step of the factor. */
const HALF_WIDTH = 8;

export class Decimator {
  readonly factor: number;
  /** Half of the symmetric impulse response, from the middle outwards. */
  readonly #taps: Float64Array;
  /** Distances from the middle at which the response is not zero. */
  readonly #distances: readonly number[];
  readonly #queue: SampleQueue;
  #output = new Float32Array(0);

  constructor(factor: number) {
    this.factor = factor;
    this.#taps = halfLowPass(factor);
    this.#distances = [...this.#taps.keys()].filter((j) => j % factor !== 0);
    // Zeros before the first sample, so that output k is centred on input k × factor.
    this.#queue = new SampleQueue(this.#taps.length - 1);
  }

  /** The new samples at the lower rate; valid until the next push. */
  push(samples: Float32Array, length: number): Float32Array {
    if (this.factor === 1) return samples.subarray(0, length);
    this.#queue.push(samples, length);
    const reach = 2 * this.#taps.length - 1;
    const count = Math.max(0, Math.floor((this.#queue.length - reach) / this.factor) + 1);
    if (this.#output.length < count) this.#output = new Float32Array(count);
    this.#filter(count);
    this.#queue.drop(count * this.factor);
    return this.#output.subarray(0, count);
  }

  #filter(count: number): void {
    const { factor } = this;
    const samples = this.#queue.samples;
    const output = this.#output;
    const half = this.#taps.length - 1;
    const middleTap = this.#taps[0] as number;
    for (let k = 0; k < count; k++) output[k] = middleTap * (samples[k * factor + half] as number);
    // Tap by tap: what is constant stays out of the long loop.
    for (const distance of this.#distances) {
      const tap = this.#taps[distance] as number;
      let before = half - distance;
      let after = half + distance;
      for (let k = 0; k < count; k++) {
        output[k] = (output[k] as number) + tap * ((samples[before] as number) + (samples[after] as number));
        before += factor;
        after += factor;
      }
    }
  }
}

/**
 * Blackman-windowed sinc with its −6 dB point at the new Nyquist frequency, gain 1 at 0 Hz. It is zero at each
 * multiple of the factor but the middle.
 */
function halfLowPass(factor: number): Float64Array {
  const half = HALF_WIDTH * factor;
  const taps = new Float64Array(half + 1);
  let gain = 0;
  for (let j = 0; j <= half; j++) {
    const x = (Math.PI * j) / factor;
    const window = 0.42 + 0.5 * Math.cos((Math.PI * j) / half) + 0.08 * Math.cos((2 * Math.PI * j) / half);
    const value = (j === 0 ? 1 : Math.sin(x) / x) * window;
    taps[j] = value;
    gain += j === 0 ? value : 2 * value;
  }
  return taps.map((value) => value / gain);
}
