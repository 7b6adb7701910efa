/**
 * From samples to powers and magnitudes without leaving the kernel: Hann window, transform, measure. What it needs in
 * the kernel's memory is made once a size and shared; results are copied out at once.
 */
import { planOf, type FftPlan } from "./FftPlan";
import { kernel, KernelArray, placeTable } from "./kernel";
import { hann, periodicHann } from "./spectralWindows";

const SUMS = 8;
const spectra = new Map<number, HannSpectrum>();
const periodicSpectra = new Map<number, HannSpectrum>();

/** For frames of `size` samples, a power of two from 8 upwards. */
export function hannSpectrumOf(size: number): HannSpectrum {
  let spectrum = spectra.get(size);
  if (!spectrum) spectra.set(size, (spectrum = new HannSpectrum(size)));
  return spectrum;
}

/** The same under the periodic window with its top at 1. */
export function periodicHannSpectrumOf(size: number): HannSpectrum {
  let spectrum = periodicSpectra.get(size);
  if (!spectrum) periodicSpectra.set(size, (spectrum = new HannSpectrum(size, periodicHann(size))));
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
  /** Mean square of the samples for each unit of the powers' sum. */
  readonly levelOfPower: number;
  readonly #size: number;
  readonly #plan: FftPlan;
  readonly #window: number;
  readonly #samples: KernelArray<Float32Array>;
  readonly #power: KernelArray<Float64Array>;
  readonly #magnitude: KernelArray<Float64Array>;
  readonly #sums = new KernelArray(Float64Array, SUMS);

  constructor(size: number, window = hann(size)) {
    this.#size = size;
    this.#plan = planOf(size);
    this.levelOfPower = 2 / (size * window.reduce((sum, value) => sum + value * value, 0));
    this.#window = placeTable(window);
    this.#samples = new KernelArray(Float32Array, size);
    this.#power = new KernelArray(Float64Array, size / 2 + 2);
    this.#magnitude = new KernelArray(Float64Array, size / 2 + 2);
  }

  /**
   * Writes the first bins of the frame that begins at `samples[at]`, as many as there is room for: all (size / 2 + 1),
   * or an even number.
   */
  measure(samples: Float32Array, at: number, power: Float64Array, magnitude: Float64Array): SpectrumSums {
    const { frame, re, im } = this.#plan;
    const bins = power.length;
    this.#samples.values.set(samples.subarray(at, at + this.#size));
    kernel.multiply(this.#samples.address, this.#window, this.#size, frame.address);
    this.#plan.transform();
    kernel.measure(
      // Where all bins are measured their number is odd: the one after the last is zero.
      ...([re.address, im.address, bins + (bins % 2)] as const),
      ...([this.#power.address, this.#magnitude.address, this.#sums.address] as const),
    );
    power.set(this.#power.values.subarray(0, bins));
    magnitude.set(this.#magnitude.values.subarray(0, bins));
    const sums = this.#sums.values;
    return {
      power: bothParts(sums, 0),
      magnitude: bothParts(sums, 2),
      firstMoment: bothParts(sums, 4),
      secondMoment: bothParts(sums, 6),
    };
  }

  /** Zero crossings of the frame measured last, from its sample `from` (1 or later) up to `to`, each with the one before. */
  crossings(from: number, to: number): number {
    return kernel.crossings(this.#samples.address + from * Float32Array.BYTES_PER_ELEMENT, to - from);
  }
}

/** A sum of the part of the even bins and that of the odd ones. */
function bothParts(sums: Float64Array, at: number): number {
  return (sums[at] as number) + (sums[at + 1] as number);
}
