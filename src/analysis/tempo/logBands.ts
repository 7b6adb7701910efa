/** Triangular bands on a logarithmic frequency axis, twelve an octave, as SuperFlux uses them. */

const BANDS_PER_OCTAVE = 12;
const LOWEST_HZ = 30;
const HIGHEST_HZ = 10500;

export interface LogBandsOptions {
  /** Hz. */
  sampleRate: number;
  fftSize: number;
}

export class LogBands {
  readonly count: number;
  /** Bins of the corners: band b rises from corner b to b + 1 and falls to b + 2. */
  readonly #corners: readonly number[];
  readonly #gain: number;

  constructor({ sampleRate, fftSize }: LogBandsOptions) {
    const binHz = sampleRate / fftSize;
    const highest = Math.min(HIGHEST_HZ, 0.475 * sampleRate);
    const corners = new Set<number>();
    for (let hz = LOWEST_HZ; hz < highest; hz *= 2 ** (1 / BANDS_PER_OCTAVE)) {
      corners.add(Math.max(1, Math.round(hz / binHz)));
    }
    this.#corners = [...corners];
    this.count = this.#corners.length - 2;
    // A sine of amplitude 1 under a Hann window has the magnitude size / 4 in its bin.
    this.#gain = 4 / fftSize;
  }

  /** Writes the magnitude of each band (1: a sine at full scale) into `bands`. */
  fold(re: Float64Array, im: Float64Array, bands: Float64Array): void {
    for (let b = 0; b < this.count; b++) {
      const low = this.#corners[b] as number;
      const middle = this.#corners[b + 1] as number;
      const high = this.#corners[b + 2] as number;
      let sum = 0;
      for (let k = low + 1; k < high; k++) {
        const weight = k <= middle ? (k - low) / (middle - low) : (high - k) / (high - middle);
        sum += weight * Math.sqrt((re[k] as number) ** 2 + (im[k] as number) ** 2);
      }
      bands[b] = sum * this.#gain;
    }
  }
}
