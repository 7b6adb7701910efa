/**
 * The mean of all channels, but for channels that would cancel what is mixed already: those are turned over first.
 * Stereo whose channels are each other's opposite sounds as loud as any, and its sum would be silence. Whether a
 * channel cancels is judged by its correlation of late with the mix of those before it; a turn takes 10 ms.
 */
import { kernel, KernelArray } from "./kernel";

/** Judged, and turned, once in so long. */
const STEP_SECONDS = 0.01;
const MEMORY_SECONDS = 0.2;
/** Turned when correlation falls below this: the sum has a ninth of the difference's energy … */
const CANCELLING = -0.8;
/** … and turned back when it rises above this. */
const AGREEING = 0;
/** Energies below this (−300 dB) are forgotten: fading on, they would become denormal numbers. */
const NEGLIGIBLE = 1e-30;
/** Frames that are mixed at once. */
const SPAN = 16384;
const FLOAT = Float32Array.BYTES_PER_ELEMENT;

/** Room in the kernel, for each call anew: the mix so far, and the channel that is added to it. */
const sum = new KernelArray(Float32Array, SPAN);
const added = new KernelArray(Float32Array, SPAN);
/** What a call answers of the two: sums of their products and of their squares, of even and of odd samples. */
const products = new KernelArray(Float64Array, 4);

export interface ChannelMixOptions {
  /** Hz. */
  sampleRate: number;
  channels: number;
}

/** A channel beside the mix of those before it. */
interface Side {
  /** What the sum is multiplied by: with the last channel the mix is complete. */
  gain: number;
  /** 1, or −1 where it is turned over: in the last step and in this one. */
  before: number;
  sign: number;
  /** Fading sums of the products with the mix, and of both squares. */
  product: number;
  energy: number;
}

export class ChannelMix {
  readonly #stepLength: number;
  readonly #memory: number;
  readonly #sides: Side[];
  /** Samples of the present step that came already. */
  #inStep = 0;

  constructor({ sampleRate, channels }: ChannelMixOptions) {
    this.#stepLength = Math.max(1, Math.round(STEP_SECONDS * sampleRate));
    this.#memory = Math.exp(-STEP_SECONDS / MEMORY_SECONDS);
    this.#sides = Array.from({ length: channels - 1 }, (_, i) => {
      const gain = i === channels - 2 ? 1 / channels : 1;
      return { gain, before: 1, sign: 1, product: 0, energy: 0 };
    });
  }

  /** Writes the mix of `count` frames of `block`, from frame `from` on, into `mixed`. */
  mix(block: readonly Float32Array[], from: number, count: number, mixed: Float32Array): void {
    const [first] = block;
    if (!first) return;
    if (this.#sides.length === 0) {
      mixed.set(first.subarray(from, from + count));
      return;
    }
    for (let done = 0; done < count; done += SPAN) {
      const now = Math.min(SPAN, count - done);
      this.#mixSpan(block, from + done, now);
      mixed.set(sum.values.subarray(0, now), done);
    }
  }

  /** A channel after the other: what a step makes of one depends on nothing but the mix of those before it. */
  #mixSpan(block: readonly Float32Array[], from: number, count: number): void {
    const [first] = block;
    if (first) sum.values.set(first.subarray(from, from + count));
    for (let i = 0; i < this.#sides.length; i++) {
      const side = this.#sides[i];
      const samples = block[i + 1];
      if (!side || !samples) continue;
      added.values.set(samples.subarray(from, from + count));
      this.#addSpan(side, count);
    }
    this.#inStep = (this.#inStep + count) % this.#stepLength;
  }

  #addSpan(side: Side, count: number): void {
    let inStep = this.#inStep;
    for (let at = 0; at < count;) {
      const length = Math.min(count - at, this.#stepLength - inStep);
      const slope = (side.sign - side.before) / this.#stepLength;
      kernel.mix(
        ...([sum.address + at * FLOAT, added.address + at * FLOAT, length, side.gain] as const),
        ...([side.before, slope, inStep, products.address] as const),
      );
      const parts = products.values;
      side.product += (parts[0] as number) + (parts[1] as number);
      side.energy += (parts[2] as number) + (parts[3] as number);
      at += length;
      inStep += length;
      if (inStep < this.#stepLength) continue;
      inStep = 0;
      this.#closeStep(side);
    }
  }

  #closeStep(side: Side): void {
    const correlation = side.energy > 0 ? (2 * side.product) / side.energy : 0;
    side.before = side.sign;
    if (side.sign > 0 ? correlation < CANCELLING : correlation > AGREEING) side.sign = -side.sign;
    side.product *= this.#memory;
    side.energy *= this.#memory;
    if (side.energy < NEGLIGIBLE) side.product = side.energy = 0;
  }
}
