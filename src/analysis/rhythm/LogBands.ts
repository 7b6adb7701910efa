/** Triangular bands on a logarithmic frequency axis, six an octave. */

const BANDS_PER_OCTAVE = 6;
/** By exp, not by **: the latter differs in its last bits from one version of Node to another. */
const STEP = Math.exp(Math.LN2 / BANDS_PER_OCTAVE);
const LOWEST_HZ = 30;
const HIGHEST_HZ = 10500;

export interface LogBandsOptions {
  /** Hz. */
  sampleRate: number;
  fftSize: number;
}

export class LogBands {
  readonly count: number;
  /** Hz of each band's middle. */
  readonly middles: readonly number[];
  /** Bins of the corners: band b rises from corner b to b + 1 and falls to b + 2. */
  readonly #corners: readonly number[];
  /** Of the bins above each corner up to the next: how far they are on the way, 0–1. */
  readonly #progress: Float64Array;
  readonly #gain: number;

  constructor({ sampleRate, fftSize }: LogBandsOptions) {
    const binHz = sampleRate / fftSize;
    const highest = Math.min(HIGHEST_HZ, 0.475 * sampleRate);
    const corners = new Set<number>();
    for (let hz = LOWEST_HZ; hz < highest; hz *= STEP) {
      corners.add(Math.max(1, Math.round(hz / binHz)));
    }
    this.#corners = [...corners];
    this.#progress = progressBetween(this.#corners, fftSize / 2);
    this.count = this.#corners.length - 2;
    this.middles = this.#corners.slice(1, -1).map((bin) => bin * binHz);
    // A sine of amplitude 1 under a Hann window has the magnitude size / 4 in its bin.
    this.#gain = 4 / fftSize;
  }

  /** Writes the magnitude of each band (1: a sine at full scale) into `bands`, from those of bins 0 … fftSize / 2. */
  fold(magnitudes: Float64Array, bands: Float64Array): void {
    const progress = this.#progress;
    let rising = 0;
    for (let c = 0; c <= this.count; c++) {
      const last = this.#corners[c + 1] as number;
      let falling = 0;
      let nextRising = 0;
      for (let k = (this.#corners[c] as number) + 1; k <= last; k++) {
        const magnitude = magnitudes[k] as number;
        const up = magnitude * (progress[k] as number);
        nextRising += up;
        falling += magnitude - up;
      }
      if (c > 0) bands[c - 1] = (rising + falling) * this.#gain;
      rising = nextRising;
    }
  }
}

function progressBetween(corners: readonly number[], bins: number): Float64Array {
  const progress = new Float64Array(bins + 1);
  for (const [c, from] of corners.slice(0, -1).entries()) {
    const to = corners[c + 1] as number;
    for (let k = from + 1; k <= to; k++) progress[k] = (k - from) / (to - from);
  }
  return progress;
}
