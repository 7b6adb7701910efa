/** The mean of the last few values, each time one more comes, at two additions a value. */
export class SlidingMean {
  readonly #ring: Float64Array;
  #next = 0;
  #count = 0;
  #sum = 0;

  /** Of how many values. */
  constructor(length: number) {
    this.#ring = new Float64Array(length);
  }

  /** False until as many values came as the mean is of. */
  get isFull(): boolean {
    return this.#count >= this.#ring.length;
  }

  /** Values that have not come yet count as zeros. */
  get mean(): number {
    return Math.max(0, this.#sum) / this.#ring.length;
  }

  push(value: number): void {
    this.#sum += value - (this.#ring[this.#next] as number);
    this.#ring[this.#next++] = value;
    this.#count++;
    if (this.#next < this.#ring.length) return;
    this.#next = 0;
    // Adding and subtracting leaves rounding errors behind: once a round it is summed anew.
    this.#sum = this.#ring.reduce((sum, kept) => sum + kept, 0);
  }
}
