/**
 * All that transforms of one size need in the kernel's memory: tables, a frame and its spectrum. Plans are made once a
 * size and shared; so a spectrum is there until the next transform of that size, and callers copy what they keep.
 */
import { kernel, KernelArray, placeTable } from "./kernel";

const DOUBLE = 8;
const plans = new Map<number, FftPlan>();

/** The plan for frames of `size` samples, a power of two from 8 upwards. */
export function planOf(size: number): FftPlan {
  // The kernel trusts its addresses: a wrong size would reach into other tables.
  if (size < 8 || !Number.isInteger(Math.log2(size))) throw new RangeError(`no transform of ${size} samples`);
  let plan = plans.get(size);
  if (!plan) plans.set(size, (plan = new FftPlan(size)));
  return plan;
}

export class FftPlan {
  readonly half: number;
  readonly frame: KernelArray<Float64Array>;
  /** The frame's spectrum: half + 1 bins and a zero. */
  readonly re: KernelArray<Float64Array>;
  readonly im: KernelArray<Float64Array>;
  readonly #order: number;
  readonly #factors: number;
  readonly #cos: number;
  readonly #sin: number;

  constructor(size: number) {
    const half = size / 2;
    this.half = half;
    this.frame = new KernelArray(Float64Array, size);
    this.re = new KernelArray(Float64Array, half + 2);
    this.im = new KernelArray(Float64Array, half + 2);
    this.#order = placeTable(pairOrder(half));
    this.#factors = placeTable(stageFactors(half));
    const angles = Array.from({ length: half / 2 + 2 }, (_, k) => (2 * Math.PI * k) / size);
    this.#cos = placeTable(Float64Array.from(angles, Math.cos));
    this.#sin = placeTable(Float64Array.from(angles, (angle) => -Math.sin(angle)));
  }

  /** Computes the spectrum of what lies at `frame`. */
  transform(): void {
    const { frame, re, im, half } = this;
    kernel.transform(
      ...([frame.address, re.address, im.address, half, this.#order] as const),
      ...([this.#factors, this.#cos, this.#sin] as const),
    );
  }
}

/** Where the pair of each place lies in the frame, in bytes: the bit-reversed index of pairs of doubles. */
function pairOrder(half: number): Uint32Array {
  const bits = Math.log2(half);
  return Uint32Array.from({ length: half }, (_, i) => {
    let reversed = 0;
    for (let b = 0; b < bits; b++) if (i & (1 << b)) reversed |= 1 << (bits - 1 - b);
    return 2 * DOUBLE * reversed;
  });
}

/** For each stage that joins four, two places at once: cosines and sines of the first three powers of their root. */
function stageFactors(half: number): Float64Array {
  const factors: number[] = [];
  for (let width = Math.log2(half) % 2 === 1 ? 8 : 4; width < half; width *= 4) {
    for (let k = 0; k < width; k += 2) {
      for (const power of [1, 2, 3]) {
        const angles = [k, k + 1].map((place) => (2 * Math.PI * power * place) / (4 * width));
        factors.push(...angles.map(Math.cos), ...angles.map((angle) => -Math.sin(angle)));
      }
    }
  }
  return Float64Array.from(factors);
}
