/** Spectrum of a real frame. The arithmetic is the kernel's. */
import { planOf, type FftPlan } from "./FftPlan";

export class RealFft {
  /** Bins 0 … size/2 of the last frame. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly #plan: FftPlan;

  /** `size` is a power of two, at least 8. */
  constructor(size: number) {
    this.#plan = planOf(size);
    this.re = new Float64Array(size / 2 + 1);
    this.im = new Float64Array(size / 2 + 1);
  }

  /** Computes `re` and `im` of `frame`, which holds `size` samples. */
  transform(frame: Float64Array): void {
    const plan = this.#plan;
    plan.frame.values.set(frame);
    plan.transform();
    this.re.set(plan.re.values.subarray(0, this.re.length));
    this.im.set(plan.im.values.subarray(0, this.im.length));
  }
}
