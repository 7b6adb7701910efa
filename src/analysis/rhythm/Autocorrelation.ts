/** Autocorrelation of windows of one length, through the power spectrum. */
import { RealFft } from "../dsp/RealFft";

/** A window with less mean square than this has no onsets. */
const NO_ONSETS = 1e-9;
/** With fewer pairs than this a lag says nothing (the last window may be short). */
const LEAST_PAIRS = 10;

export class Autocorrelation {
  readonly #size: number;
  readonly #fft: RealFft;
  readonly #frame: Float64Array;
  #lags = new Float64Array(0);

  /** For windows of up to `longest` values. */
  constructor(longest: number) {
    this.#size = 2 ** Math.ceil(Math.log2(2 * longest));
    this.#fft = new RealFft(this.#size);
    this.#frame = new Float64Array(this.#size);
  }

  /** Lags 0 … `count` − 1 of `window`, unbiased, 1 at lag 0; null without onsets; valid until the next call. */
  of(window: Float32Array, count: number): Float64Array | null {
    const size = this.#size;
    const frame = this.#frame;
    const { re, im } = this.#fft;
    // A loop: what such functions make of each window would be left to the garbage collector.
    let total = 0;
    for (let i = 0; i < window.length; i++) total += window[i] as number;
    const mean = total / window.length;
    frame.fill(0, window.length);
    for (let i = 0; i < window.length; i++) frame[i] = (window[i] as number) - mean;
    this.#fft.transform(frame);
    for (let k = 0; k <= size / 2; k++) {
      const power = (re[k] as number) * (re[k] as number) + (im[k] as number) * (im[k] as number);
      frame[k] = power;
      if (k > 0) frame[size - k] = power;
    }
    this.#fft.transform(frame);
    const energy = (re[0] as number) / window.length;
    if (!(energy > NO_ONSETS * size)) return null;
    if (this.#lags.length !== count) this.#lags = new Float64Array(count);
    for (let lag = 0; lag < count; lag++) {
      const pairs = window.length - lag;
      this.#lags[lag] = pairs < LEAST_PAIRS ? 0 : (re[lag] as number) / pairs / energy;
    }
    return this.#lags;
  }
}
