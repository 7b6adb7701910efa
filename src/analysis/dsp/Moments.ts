/** Mean and deviation of a few numbers that come together, frame by frame (Welford 1962). */
import type { MeanAndStd } from "../../shared/analysis";

export class Moments {
  readonly #mean: Float64Array;
  /** Sum of squared distances from the mean. */
  readonly #spread: Float64Array;
  #count = 0;

  /** `width`: how many numbers come together. */
  constructor(width: number) {
    this.#mean = new Float64Array(width);
    this.#spread = new Float64Array(width);
  }

  get count(): number {
    return this.#count;
  }

  push(values: ArrayLike<number>): void {
    this.#count++;
    const share = 1 / this.#count;
    for (let i = 0; i < this.#mean.length; i++) {
      const value = values[i] as number;
      const mean = this.#mean[i] as number;
      const distance = value - mean;
      this.#mean[i] = mean + distance * share;
      this.#spread[i] = (this.#spread[i] as number) + distance * (value - (this.#mean[i] as number));
    }
  }

  /** Mean and standard deviation (of the frames as a whole, not as a sample of more) of each number. */
  results(): MeanAndStd[] {
    return Array.from(this.#mean, (mean, i) => ({
      mean,
      std: Math.sqrt((this.#spread[i] as number) / Math.max(1, this.#count)),
    }));
  }
}
