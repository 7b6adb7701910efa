/** Numbers that come one by one, a frame feature a hop, kept compactly for the end of the pass. */
export class FrameSeries {
  #values: Float32Array;
  #length = 0;

  constructor(capacity = 1024) {
    this.#values = new Float32Array(capacity);
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float32Array(Math.ceil(this.#length * 1.5));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  /** A view of what came so far; valid until the next push. */
  values(): Float32Array {
    return this.#values.subarray(0, this.#length);
  }
}
