/** The mono mix in pieces of bounded size: at the file's own rate, and at one near 22 kHz for tempo and key. */
import { ChannelMix, type ChannelMixOptions } from "./ChannelMix";
import { Decimator } from "./Decimator";

const TARGET_RATE = 22050;
const PIECE = 16384;

export class MonoMix {
  /** Hz of the lower rate: the file's rate divided by a whole number; 15 to 33 kHz where the file has as much. */
  readonly sampleRate: number;
  readonly #mix: ChannelMix;
  readonly #decimator: Decimator;
  readonly #mixed = new Float32Array(PIECE);

  constructor({ sampleRate, channels }: ChannelMixOptions) {
    this.#mix = new ChannelMix({ sampleRate, channels });
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
      this.#mix.mix(block, from, count, this.#mixed);
      take(this.#decimator.push(this.#mixed, count), this.#mixed.subarray(0, count));
    }
  }
}
