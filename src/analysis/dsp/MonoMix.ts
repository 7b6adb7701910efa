/** The mean of all channels, in pieces of bounded size, at a rate near 22 kHz: what tempo and key listen to. */
import { Decimator } from "./Decimator";

const TARGET_RATE = 22050;
const PIECE = 16384;

export interface MonoMixOptions {
  /** Hz. */
  sampleRate: number;
  channels: number;
}

export class MonoMix {
  /** Hz of the pieces: the file's rate divided by a whole number; 15 to 33 kHz where the file has as much. */
  readonly sampleRate: number;
  readonly #channels: number;
  readonly #decimator: Decimator;
  readonly #mixed = new Float32Array(PIECE);

  constructor({ sampleRate, channels }: MonoMixOptions) {
    this.#channels = channels;
    this.#decimator = new Decimator(Math.max(1, Math.round(sampleRate / TARGET_RATE)));
    this.sampleRate = sampleRate / this.#decimator.factor;
  }

  /**
   * Gives the block's mix to `take`, a piece at a time, at the lower rate and at the file's own; a piece is valid
   * during the call only.
   */
  push(
    block: readonly Float32Array[],
    length: number,
    take: (mono: Float32Array, fullRate: Float32Array) => void,
  ): void {
    for (let from = 0; from < length; from += PIECE) {
      const count = Math.min(PIECE, length - from);
      this.#mix(block, from, count);
      take(this.#decimator.push(this.#mixed, count), this.#mixed.subarray(0, count));
    }
  }

  #mix(block: readonly Float32Array[], from: number, count: number): void {
    const mixed = this.#mixed;
    const gain = 1 / this.#channels;
    const [left, right] = block;
    if (left && right && block.length === 2) {
      // Nearly all music: once over the samples is enough.
      for (let i = 0; i < count; i++) {
        mixed[i] = gain * ((left[from + i] as number) + (right[from + i] as number));
      }
      return;
    }
    mixed.fill(0, 0, count);
    for (const samples of block) {
      for (let i = 0; i < count; i++) mixed[i] = (mixed[i] as number) + gain * (samples[from + i] as number);
    }
  }
}
