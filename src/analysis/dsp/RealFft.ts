/** Spectrum of a real frame. The arithmetic is fftKernel.as's. */
import { planOf, type FftPlan } from "./FftPlan";
import { kernel } from "./fftKernel";

export class RealFft {
  /** Bins 0 … size/2 of the last frame. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly #plan: FftPlan;
  #memory = kernel.memory.buffer;
  #views: { frame: Float64Array; re: Float64Array; im: Float64Array };

  /** `size` is a power of two, at least 8. */
  constructor(size: number) {
    this.#plan = planOf(size);
    this.re = new Float64Array(size / 2 + 1);
    this.im = new Float64Array(size / 2 + 1);
    this.#views = viewsOf(this.#plan);
  }

  /** Computes `re` and `im` of `frame`, which holds `size` samples. */
  transform(frame: Float64Array): void {
    if (this.#memory !== kernel.memory.buffer) {
      // The memory has grown since: views of it were cut off.
      this.#memory = kernel.memory.buffer;
      this.#views = viewsOf(this.#plan);
    }
    this.#views.frame.set(frame);
    this.#plan.transform();
    this.re.set(this.#views.re);
    this.im.set(this.#views.im);
  }
}

function viewsOf({ frame, re, im, half }: FftPlan): {
  frame: Float64Array;
  re: Float64Array;
  im: Float64Array;
} {
  const { buffer } = kernel.memory;
  return {
    frame: new Float64Array(buffer, frame, 2 * half),
    re: new Float64Array(buffer, re, half + 1),
    im: new Float64Array(buffer, im, half + 1),
  };
}
