/**
 * One channel's share of the loudness: K-weighted energy and the highest sample, in one loop over the
 * samples, which is where the whole cost of loudness lies.
 */
import { kWeighting } from "./kWeighting";

/** States below this (−400 dB) are set to zero: denormal numbers would slow the filters down in silence. */
const NEGLIGIBLE = 1e-20;

export class ChannelMeter {
  readonly #coefficients: Float64Array;
  /** Two delays of the shelf, two of the high-pass (transposed direct form II). */
  readonly #state = new Float64Array(4);
  #peak = 0;

  constructor(sampleRate: number) {
    const { shelf, highPass } = kWeighting(sampleRate);
    this.#coefficients = Float64Array.of(
      ...[shelf.b0, shelf.b1, shelf.b2, shelf.a1, shelf.a2],
      ...[highPass.a1, highPass.a2],
    );
  }

  /** Highest absolute sample so far, 1 at full scale. */
  get peak(): number {
    return this.#peak;
  }

  /** Sum of the squared K-weighted samples from `from` up to `to`. */
  energy(samples: Float32Array, from: number, to: number): number {
    const [b0, b1, b2, a1, a2, c1, c2] = this.#coefficients as unknown as Coefficients;
    let [s1, s2, h1, h2] = this.#state as unknown as State;
    let peak = this.#peak;
    let sum = 0;
    for (let i = from; i < to; i++) {
      const x = samples[i] as number;
      const shelved = b0 * x + s1;
      s1 = b1 * x - a1 * shelved + s2;
      s2 = b2 * x - a2 * shelved;
      // The high-pass has the numerator 1, −2, 1.
      const y = shelved + h1;
      h1 = h2 - 2 * shelved - c1 * y;
      h2 = shelved - c2 * y;
      sum += y * y;
      const size = Math.abs(x);
      if (size > peak) peak = size;
    }
    this.#peak = peak;
    this.#keep([s1, s2, h1, h2]);
    return sum;
  }

  #keep(state: State): void {
    for (let i = 0; i < 4; i++) {
      const value = state[i] as number;
      this.#state[i] = Math.abs(value) < NEGLIGIBLE ? 0 : value;
    }
  }
}

type Coefficients = [
  b0: number,
  b1: number,
  b2: number,
  a1: number,
  a2: number,
  highPassA1: number,
  highPassA2: number,
];
type State = [shelf1: number, shelf2: number, highPass1: number, highPass2: number];
