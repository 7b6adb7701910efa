/** Samples that came and are not used up yet, in one piece, for filters and frames that need a past. */
export class SampleQueue {
  /** The first `length` entries are filled. */
  samples: Float32Array;
  length = 0;

  /** Begins with `zeros` samples of silence. */
  constructor(zeros: number) {
    this.samples = new Float32Array(Math.max(4096, zeros));
    this.length = zeros;
  }

  /** Takes the first `count` of `added`. */
  push(added: Float32Array, count: number): void {
    const needed = this.length + count;
    if (needed > this.samples.length) {
      const grown = new Float32Array(needed);
      grown.set(this.samples.subarray(0, this.length));
      this.samples = grown;
    }
    this.samples.set(added.subarray(0, count), this.length);
    this.length = needed;
  }

  /** Forgets the first `count` samples. */
  drop(count: number): void {
    this.samples.copyWithin(0, count, this.length);
    this.length -= count;
  }
}
