/**
 * The bits of an ALAC frame, and its adaptive Golomb code for residuals. Reading beyond the end gives zeros
 * and is noticed afterwards, which keeps the inner loops free of tests.
 */

/** Bits of fraction in the running mean. */
const MEAN_SHIFT = 9;
const MEAN_ONE = 1 << MEAN_SHIFT;
const MAX_MEAN = 0xffff;
/** So many ones in a row announce a plain number. */
const MAX_ONES = 9;
const RUN_LENGTH_BITS = 16;
const MAX_RUN = 0xffff;
const PADDING_BYTES = 16;

export interface GolombSetup {
  /** The mean that each frame starts with. */
  initialMean: number;
  /** How fast the mean follows. */
  historyFactor: number;
  /** Most bits of a remainder. */
  maxBits: number;
}

export class AlacBits {
  #bytes = new Uint8Array(PADDING_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;
  #end = 0;

  /** Starts at the beginning of a frame, whose bytes are copied. */
  load(bytes: Uint8Array): void {
    const needed = bytes.length + PADDING_BYTES;
    if (this.#bytes.length < needed) {
      this.#bytes = new Uint8Array(2 * needed);
      this.#view = new DataView(this.#bytes.buffer);
    }
    this.#bytes.set(bytes);
    this.#bytes.fill(0, bytes.length, needed);
    this.#at = 0;
    this.#end = bytes.length * 8;
  }

  /** More was read than was there. */
  get isOverrun(): boolean {
    return this.#at > this.#end;
  }

  /** The next `count` bits (0–32), unsigned. */
  take(count: number): number {
    if (count === 0) return 0;
    const value = this.#peek(this.#at) >>> (32 - count);
    this.#at += count;
    return value;
  }

  /** The next `count` bits (1–32), signed. */
  takeSigned(count: number): number {
    const value = this.#peek(this.#at) >> (32 - count);
    this.#at += count;
    return value;
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** The place in bits, to come back to by {@link seek}. */
  get place(): number {
    return this.#at;
  }

  seek(place: number): void {
    this.#at = place;
  }

  /**
   * Reads the residuals of one channel.
   *
   * @param sampleBits - bits of a number that is written plainly.
   * @returns false when the frame ends before, or a run is longer than the channel.
   */
  takeResiduals(
    target: Int32Array,
    length: number,
    sampleBits: number,
    { initialMean, historyFactor, maxBits }: GolombSetup,
  ): boolean {
    let mean = initialMean;
    let isAfterRun = 0;
    let at = this.#at;
    for (let i = 0; i < length;) {
      if (at > this.#end) return false;
      const bits = Math.min(31 - Math.clz32((mean >> MEAN_SHIFT) + 3), maxBits);
      // The same as in #takeGolomb: written out, since this loop takes a third of a decoder's time.
      const ahead = this.#peek(at);
      const ones = Math.clz32(~ahead);
      let number = isAfterRun;
      if (ones >= MAX_ONES) {
        this.#at = at + MAX_ONES;
        number += this.take(sampleBits);
        at = this.#at;
      } else {
        const rest = (ahead << (ones + 1)) >>> (32 - bits);
        at += ones + bits;
        number = (number + Math.imul(ones, (1 << bits) - 1)) | 0;
        if (rest >= 2) {
          number = (number + rest - 1) | 0;
          at++;
        }
      }
      target[i++] = number & 1 ? -((number + 1) >>> 1) : number >>> 1;
      mean =
        number > MAX_MEAN + isAfterRun
          ? MAX_MEAN
          : (Math.imul(historyFactor, number) + mean - (Math.imul(historyFactor, mean) >> MEAN_SHIFT)) | 0;
      isAfterRun = 0;
      if (mean << 2 >= MEAN_ONE || mean < 0 || i >= length) continue;
      // Near silence, the count of zeros that follow is written instead.
      const runBits = Math.min(Math.clz32(mean) - 24 + ((mean + 16) >> 6), maxBits);
      this.#at = at;
      const run = this.#takeGolomb(runBits, RUN_LENGTH_BITS);
      at = this.#at;
      if (run > length - i) return false;
      target.fill(0, i, i + run);
      i += run;
      isAfterRun = run < MAX_RUN ? 1 : 0;
      mean = 0;
    }
    this.#at = at;
    return !this.isOverrun;
  }

  #takeGolomb(bits: number, plainBits: number): number {
    const ahead = this.#peek(this.#at);
    const ones = Math.clz32(~ahead);
    if (ones >= MAX_ONES) {
      this.#at += MAX_ONES;
      return this.take(plainBits);
    }
    this.#at += ones + 1;
    const whole = ones * ((1 << bits) - 1);
    const rest = (ahead << (ones + 1)) >>> (32 - bits);
    // At most 9 + 14 bits: they are all in what was looked at.
    if (rest < 2) {
      this.#at += bits - 1;
      return whole;
    }
    this.#at += bits;
    return whole + rest - 1;
  }

  #peek(at: number): number {
    const place = Math.min(at, this.#end) >>> 3;
    const shift = at & 7;
    return (this.#view.getInt32(place) << shift) | (this.#view.getUint8(place + 4) >>> (8 - shift));
  }
}
