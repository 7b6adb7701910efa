/** Counts the places of one channel where the signal stays at full scale: what clipping leaves behind. */

/** Shorter runs are peaks that just touch full scale. */
const LEAST_SAMPLES = 3;

export class ClippedRuns {
  count = 0;
  readonly #fullScale: number;
  /** Samples of the run that the signal is in; negative below zero. */
  #run = 0;

  /** `fullScale`: linear; what is beyond it counts as at it. */
  constructor(fullScale: number) {
    this.#fullScale = fullScale;
  }

  /** Samples that are all below full scale: what runs, ends. */
  skip(): void {
    this.#run = 0;
  }

  push(samples: Float32Array, from: number, to: number): void {
    const fullScale = this.#fullScale;
    let run = this.#run;
    for (let i = from; i < to; i++) {
      const sample = samples[i] as number;
      if (sample >= fullScale) run = run > 0 ? run + 1 : 1;
      else if (sample <= -fullScale) run = run < 0 ? run - 1 : -1;
      else run = 0;
      if (run === LEAST_SAMPLES || run === -LEAST_SAMPLES) this.count++;
    }
    this.#run = run;
  }
}
