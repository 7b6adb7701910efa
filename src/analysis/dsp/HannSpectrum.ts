/**
 * From samples to powers and magnitudes without leaving the kernel: Hann window, transform, measure. What it needs in
 * the kernel's memory is made once a size and shared; results are copied out at once.
 */
import { allocate, kernel } from "./fftKernel";
import { planOf, type FftPlan } from "./FftPlan";
import { hann } from "./spectralWindows";

const DOUBLE = 8;
const FLOAT = 4;
const SUMS = 8;
const spectra = new Map<number, HannSpectrum>();

/** For frames of `size` samples, a power of two from 8 upwards. */
export function hannSpectrumOf(size: number): HannSpectrum {
  let spectrum = spectra.get(size);
  if (!spectrum) spectra.set(size, (spectrum = new HannSpectrum(size)));
  return spectrum;
}

/** Sums over the bins k. */
export interface SpectrumSums {
  power: number;
  magnitude: number;
  /** Of k · magnitude. */
  firstMoment: number;
  /** Of k² · magnitude. */
  secondMoment: number;
}

export class HannSpectrum {
  readonly #size: number;
  readonly #plan: FftPlan;
  /** Addresses. */
  readonly #samples: number;
  readonly #window: number;
  readonly #power: number;
  readonly #magnitude: number;
  readonly #sums: number;
  #memory: ArrayBuffer | null = null;
  #input = new Float32Array(0);
  #output = new Float64Array(0);

  constructor(size: number) {
    this.#size = size;
    this.#plan = planOf(size);
    this.#samples = allocate(size * FLOAT);
    this.#window = allocate(size * DOUBLE);
    this.#power = allocate((size / 2 + 2) * DOUBLE);
    this.#magnitude = allocate((size / 2 + 2) * DOUBLE);
    this.#sums = allocate(SUMS * DOUBLE);
    new Float64Array(kernel.memory.buffer, this.#window, size).set(hann(size));
  }

  /**
   * Writes the first bins of the frame that begins at `samples[at]`, as many as there is room for: all (size / 2 + 1),
   * or an even number.
   */
  measure(samples: Float32Array, at: number, power: Float64Array, magnitude: Float64Array): SpectrumSums {
    this.#look();
    const plan = this.#plan;
    const bins = power.length;
    this.#input.set(samples.subarray(at, at + this.#size));
    kernel.multiply(this.#samples, this.#window, this.#size, plan.frame);
    plan.transform();
    // Where all bins are measured their number is odd: the one after the last is zero.
    kernel.measure(plan.re, plan.im, bins + (bins % 2), this.#power, this.#magnitude, this.#sums);
    power.set(this.#read(this.#power, bins));
    magnitude.set(this.#read(this.#magnitude, bins));
    const [p0, p1, m0, m1, f0, f1, s0, s1] = this.#read(this.#sums, SUMS) as unknown as EightSums;
    return { power: p0 + p1, magnitude: m0 + m1, firstMoment: f0 + f1, secondMoment: s0 + s1 };
  }

  /** Views of the memory are cut off when it grows. */
  #look(): void {
    const { buffer } = kernel.memory;
    if (this.#memory === buffer) return;
    this.#memory = buffer;
    this.#input = new Float32Array(buffer, this.#samples, this.#size);
    this.#output = new Float64Array(buffer, 0, Math.floor(buffer.byteLength / DOUBLE));
  }

  #read(address: number, count: number): Float64Array {
    return this.#output.subarray(address / DOUBLE, address / DOUBLE + count);
  }
}

/** Of each sum the part of the even bins and that of the odd ones. */
type EightSums = [number, number, number, number, number, number, number, number];
