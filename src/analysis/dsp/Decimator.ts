/**
 * Lowers the sample rate by a whole factor: a symmetric windowed-sinc low-pass, of which only the kept
 * samples are computed. Made for features, not for listening: what aliases lies in the top third of the
 * new band, at the edge of what tempo and key look at.
 */
import { FirKernel } from "./FirKernel";
import { SampleQueue } from "./SampleQueue";
import { windowedSinc } from "./windowedSinc";

/** Taps on each side of the middle, for each step of the factor. */
const HALF_WIDTH = 8;

const lowPasses = new Map<number, FirKernel>();

export class Decimator {
  readonly factor: number;
  readonly #lowPass: FirKernel;
  /** Samples that one new sample is made of. */
  readonly #reach: number;
  readonly #queue: SampleQueue;
  #output = new Float32Array(0);

  constructor(factor: number) {
    this.factor = factor;
    this.#lowPass = lowPassOf(factor);
    this.#reach = 2 * HALF_WIDTH * factor + 1;
    // Zeros before the first sample, so that output k is centred on input k × factor.
    this.#queue = new SampleQueue(HALF_WIDTH * factor);
  }

  /** The new samples at the lower rate; valid until the next push. */
  push(samples: Float32Array, length: number): Float32Array {
    if (this.factor === 1) return samples.subarray(0, length);
    this.#queue.push(samples, length);
    const count = Math.max(0, Math.floor((this.#queue.length - this.#reach) / this.factor) + 1);
    if (this.#output.length < count) this.#output = new Float32Array(count);
    this.#lowPass.filter(this.#queue.samples, count, this.#output);
    this.#queue.drop(count * this.factor);
    return this.#output.subarray(0, count);
  }
}

function lowPassOf(factor: number): FirKernel {
  let lowPass = lowPasses.get(factor);
  if (!lowPass) lowPasses.set(factor, (lowPass = new FirKernel(lowPassTaps(factor), factor)));
  return lowPass;
}

/** A windowed sinc with its −6 dB point at the new Nyquist frequency, gain 1 at 0 Hz. */
function lowPassTaps(factor: number): Float64Array {
  const half = HALF_WIDTH * factor;
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, i) => windowedSinc(i - half, half, factor));
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map((tap) => tap / gain);
}
