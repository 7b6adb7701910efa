/**
 * The mean of all channels, but for channels that would cancel what is mixed already: those are turned over first.
 * Stereo whose channels are each other's opposite sounds as loud as any, and its sum would be silence. Whether a
 * channel cancels is judged by its correlation of late with the mix of those before it; a turn takes 10 ms.
 */

/** Judged, and turned, once in so long. */
const STEP_SECONDS = 0.01;
const MEMORY_SECONDS = 0.2;
/** Turned when correlation falls below this: the sum has a ninth of the difference's energy … */
const CANCELLING = -0.8;
/** … and turned back when it rises above this. */
const AGREEING = 0;
/** Energies below this (−300 dB) are forgotten: fading on, they would become denormal numbers. */
const NEGLIGIBLE = 1e-30;

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
    mixed.set(first.subarray(from, from + count));
    if (this.#sides.length === 0) return;
    for (let at = 0; at < count;) {
      const end = Math.min(count, at + this.#stepLength - this.#inStep);
      const stretch = mixed.subarray(at, end);
      for (const [i, side] of this.#sides.entries()) {
        const samples = block[i + 1];
        if (samples) this.#add(stretch, samples.subarray(from + at, from + end), side);
      }
      this.#inStep += end - at;
      at = end;
      if (this.#inStep === this.#stepLength) this.#closeStep();
    }
  }

  #add(mixed: Float32Array, samples: Float32Array, side: Side): void {
    let { product, energy } = side;
    const slope = (side.sign - side.before) / this.#stepLength;
    const { before, gain } = side;
    const inStep = this.#inStep;
    for (let i = 0; i < mixed.length; i++) {
      const m = mixed[i] as number;
      const x = samples[i] as number;
      product += m * x;
      energy += m * m + x * x;
      mixed[i] = gain * (m + (before + slope * (inStep + i)) * x);
    }
    side.product = product;
    side.energy = energy;
  }

  #closeStep(): void {
    this.#inStep = 0;
    for (const side of this.#sides) {
      const correlation = side.energy > 0 ? (2 * side.product) / side.energy : 0;
      side.before = side.sign;
      if (side.sign > 0 ? correlation < CANCELLING : correlation > AGREEING) side.sign = -side.sign;
      side.product *= this.#memory;
      side.energy *= this.#memory;
      if (side.energy < NEGLIGIBLE) side.product = side.energy = 0;
    }
  }
}
