/**
 * Collects what a codec leaves in its memory, a thousand samples or so at a time, into blocks that are worth
 * handing on.
 */
import { cleanSamples, splitBlock, type AudioBlock } from "./stream";

const FULL_FRAMES = 16384;

/** Where samples lie: sample i of channel c is at `start + i * sampleStep + order[c] * channelStep`. */
export interface SampleLayout {
  start: number;
  sampleStep: number;
  channelStep: number;
  /** A number a channel; without it channels lie in their own order. */
  order?: readonly number[];
}

export class BlockBuffer {
  #channels: Float32Array[];
  #length = 0;

  constructor(channels: number) {
    this.#channels = Array.from({ length: channels }, () => new Float32Array(2 * FULL_FRAMES));
  }

  /** It is time to take what is there. */
  get isFull(): boolean {
    return this.#length >= FULL_FRAMES;
  }

  add(
    from: Float32Array | Int32Array,
    length: number,
    { start, sampleStep, channelStep, order }: SampleLayout,
    factor = 1,
  ): void {
    this.#reserve(length);
    const end = this.#length + length;
    const starts = this.#channels.map((_, c) => start + (order?.[c] ?? c) * channelStep);
    const [left, right] = this.#channels;
    const [leftAt = 0, rightAt = 0] = starts;
    if (left && right && this.#channels.length === 2 && sampleStep === 2 && factor === 1) {
      // The usual case on its own, both channels in one go and without a product: half the time.
      for (let i = this.#length, at = 0; i < end; i++, at += 2) {
        left[i] = from[leftAt + at] ?? 0;
        right[i] = from[rightAt + at] ?? 0;
      }
    } else {
      this.#channels.forEach((channel, c) => {
        let at = starts[c] ?? 0;
        if (sampleStep === 1 && factor === 1) channel.set(from.subarray(at, at + length), this.#length);
        else for (let i = this.#length; i < end; i++, at += sampleStep) channel[i] = (from[at] ?? 0) * factor;
      });
    }
    this.#length = end;
  }

  /** Takes back the last `length` samples that were added. */
  drop(length: number): void {
    this.#length = Math.max(0, this.#length - length);
  }

  /** What has been collected; only valid until more is added. */
  *take(): Generator<AudioBlock> {
    const length = this.#length;
    this.#length = 0;
    if (length === 0) return;
    for (const channel of this.#channels) cleanSamples(channel, length);
    yield* splitBlock(this.#channels, length);
  }

  #reserve(length: number): void {
    const needed = this.#length + length;
    if (needed <= (this.#channels[0]?.length ?? needed)) return;
    this.#channels = this.#channels.map((channel) => {
      const larger = new Float32Array(2 * needed);
      larger.set(channel.subarray(0, this.#length));
      return larger;
    });
  }
}
