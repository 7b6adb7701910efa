/**
 * The K-weighted energy of all channels together, each with its weight. Most of what loudness costs is spent in
 * these loops: two channels go through one loop, because each filter waits for its own last sample and the
 * processor can work on the other channel meanwhile (0.34 ms of CPU a second of stereo, one after the other 0.56).
 */
import { kWeighting } from "./kWeighting";

/** States below this (−400 dB) are set to zero: denormal numbers would slow the filters down in silence. */
const NEGLIGIBLE = 1e-20;
/** Two delays of the shelf, two of the high-pass (transposed direct form II), and the energy so far. */
const STATE_SIZE = 5;

export class KWeightedEnergy {
  readonly #weights: readonly number[];
  /** Channels that count. */
  readonly #heard: readonly number[];
  readonly #states: readonly Float64Array[];
  readonly #coefficients: Float64Array;

  /** `weights`: one a channel; those of weight 0 cost nothing. */
  constructor(sampleRate: number, weights: readonly number[]) {
    this.#weights = weights;
    this.#heard = [...weights.keys()].filter((channel) => weights[channel] !== 0);
    this.#states = weights.map(() => new Float64Array(STATE_SIZE));
    const { shelf, highPass } = kWeighting(sampleRate);
    this.#coefficients = Float64Array.of(
      ...[shelf.b0, shelf.b1, shelf.b2, shelf.a1, shelf.a2],
      ...[highPass.a1, highPass.a2],
    );
  }

  /** Adds the frames from `from` up to `to`. However a signal is cut, its samples are summed in the same order. */
  add(block: readonly Float32Array[], from: number, to: number): void {
    const heard = this.#heard;
    for (let k = 0; k < heard.length; k += 2) {
      const c = heard[k] as number;
      const samples = block[c];
      const state = this.#states[c];
      if (!samples || !state) continue;
      const next = heard[k + 1];
      const others = next === undefined ? undefined : block[next];
      const otherState = next === undefined ? undefined : this.#states[next];
      if (others && otherState) addTwo(this.#coefficients, [samples, others], [state, otherState], from, to);
      else addOne(this.#coefficients, samples, state, from, to);
    }
  }

  /** The weighted sum of the squares of all that was added since the last time. */
  take(): number {
    let sum = 0;
    for (const [c, state] of this.#states.entries()) {
      sum += (this.#weights[c] as number) * (state[4] as number);
      state[4] = 0;
      for (let i = 0; i < 4; i++) if (Math.abs(state[i] as number) < NEGLIGIBLE) state[i] = 0;
    }
    return sum;
  }
}

function addOne(
  coefficients: Float64Array,
  samples: Float32Array,
  state: Float64Array,
  from: number,
  to: number,
): void {
  const [b0, b1, b2, a1, a2, c1, c2] = coefficients as unknown as Coefficients;
  let [s1, s2, h1, h2, sum] = state as unknown as State;
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
  }
  keep(state, s1, s2, h1, h2, sum);
}

/** The same arithmetic as {@link addOne}, twice in one loop. */
function addTwo(
  coefficients: Float64Array,
  [left, right]: readonly [Float32Array, Float32Array],
  [leftState, rightState]: readonly [Float64Array, Float64Array],
  from: number,
  to: number,
): void {
  const [b0, b1, b2, a1, a2, c1, c2] = coefficients as unknown as Coefficients;
  let [s1, s2, h1, h2, sum] = leftState as unknown as State;
  let [t1, t2, g1, g2, total] = rightState as unknown as State;
  for (let i = from; i < to; i++) {
    const x = left[i] as number;
    const shelved = b0 * x + s1;
    s1 = b1 * x - a1 * shelved + s2;
    s2 = b2 * x - a2 * shelved;
    const y = shelved + h1;
    h1 = h2 - 2 * shelved - c1 * y;
    h2 = shelved - c2 * y;
    sum += y * y;

    const v = right[i] as number;
    const raised = b0 * v + t1;
    t1 = b1 * v - a1 * raised + t2;
    t2 = b2 * v - a2 * raised;
    const w = raised + g1;
    g1 = g2 - 2 * raised - c1 * w;
    g2 = raised - c2 * w;
    total += w * w;
  }
  keep(leftState, s1, s2, h1, h2, sum);
  keep(rightState, t1, t2, g1, g2, total);
}

function keep(state: Float64Array, s1: number, s2: number, h1: number, h2: number, sum: number): void {
  state[0] = s1;
  state[1] = s2;
  state[2] = h1;
  state[3] = h2;
  state[4] = sum;
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
type State = [shelf1: number, shelf2: number, highPass1: number, highPass2: number, energy: number];
