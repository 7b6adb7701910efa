/**
 * Triangular bands of the same width on the mel scale. In mel each bin's weights in its two bands add up to one, so
 * that a bin costs one product.
 */
import { melOf } from "../../shared/mel";

export interface MelBandsOptions {
  count: number;
  /** Hz: the lower edge of the first band and the upper edge of the last. */
  lowest: number;
  highest: number;
  /** Hz from bin to bin, and how many bins there are. */
  binHz: number;
  bins: number;
}

export class MelBands {
  readonly count: number;
  /** First bin past each edge: band b rises from edge b to b + 1 and falls to b + 2. */
  readonly #starts: Uint32Array;
  /** How far each bin is on its way from edge to edge, 0–1. */
  readonly #progress: Float64Array;
  /** One over the sum of each band's weights. */
  readonly #scale: Float64Array;

  constructor({ count, lowest, highest, binHz, bins }: MelBandsOptions) {
    this.count = count;
    const first = melOf(lowest);
    const step = (melOf(highest) - first) / (count + 1);
    const position = (bin: number): number => (melOf(bin * binHz) - first) / step;
    this.#starts = new Uint32Array(count + 2);
    this.#progress = new Float64Array(bins);
    let edge = 0;
    for (let bin = 0; bin < bins; bin++) {
      const at = position(bin);
      while (edge < count + 2 && at >= edge) this.#starts[edge++] = bin;
      this.#progress[bin] = at - Math.floor(at);
    }
    this.#starts.fill(bins, edge);
    this.#scale = new Float64Array(count).fill(1);
    const sums = new Float64Array(count);
    this.fold(new Float64Array(bins).fill(1), sums);
    this.#scale = sums.map((sum) => (sum > 0 ? 1 / sum : 0));
  }

  /** Writes the weighted mean of `power` in each band into `bands`. */
  fold(power: Float64Array, bands: Float64Array): void {
    const progress = this.#progress;
    const starts = this.#starts;
    let rising = 0;
    for (let edge = 0; edge <= this.count; edge++) {
      const end = starts[edge + 1] as number;
      let sum = 0;
      let nextRising = 0;
      for (let k = starts[edge] as number; k < end; k++) {
        const value = power[k] as number;
        sum += value;
        nextRising += value * (progress[k] as number);
      }
      if (edge > 0) bands[edge - 1] = (rising + sum - nextRising) * (this.#scale[edge - 1] as number);
      rising = nextRising;
    }
  }
}
