/** A filter's taps and room to work, in the kernel's memory: made once for each filter that there is, and shared. */
import { kernel, KernelArray, placeTable } from "./kernel";

/** The kernel takes four at a time. */
const LANES = 4;
/** Samples that are filtered at once. */
const SPAN = 16384;

export class FirKernel {
  readonly #factor: number;
  readonly #tapCount: number;
  readonly #taps: number;
  readonly #input: KernelArray<Float32Array>;
  readonly #output: KernelArray<Float32Array>;
  readonly #most: number;

  /** Keeps one of `factor` samples. */
  constructor(taps: Float64Array, factor: number) {
    this.#factor = factor;
    this.#tapCount = LANES * Math.ceil(taps.length / LANES);
    const padded = new Float32Array(this.#tapCount);
    padded.set(taps);
    this.#taps = placeTable(padded);
    this.#most = LANES * Math.max(1, Math.floor(SPAN / factor / LANES));
    this.#input = new KernelArray(Float32Array, this.#most * factor + this.#tapCount);
    this.#output = new KernelArray(Float32Array, this.#most);
  }

  /** Writes `count` samples to `output`: the one at k is the taps' product with the samples from k × factor on. */
  filter(samples: Float32Array, count: number, output: Float32Array): void {
    for (let done = 0; done < count; done += this.#most) {
      const now = Math.min(this.#most, count - done);
      const first = done * this.#factor;
      const input = this.#input.values;
      input.set(samples.subarray(first, Math.min(samples.length, first + input.length)));
      kernel.filter(
        ...([this.#input.address, this.#factor, this.#taps, this.#tapCount] as const),
        ...([LANES * Math.ceil(now / LANES), this.#output.address] as const),
      );
      output.set(this.#output.values.subarray(0, now), done);
    }
  }
}
