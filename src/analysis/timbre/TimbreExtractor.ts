/**
 * Mel-frequency cepstral coefficients as Essentia's MFCC computes them by default: 40 mel bands up to 11 kHz
 * (FB-40 of Ganchev et al. 2005), 20 · log10 of their power, orthonormal DCT-II, the first 13. Mean and deviation
 * over all frames above −60 dBFS.
 */
import type { TimbreResult } from "../../shared/analysis";
import { MelBands } from "../dsp/MelBands";
import { Moments } from "../dsp/Moments";
import type { Spectrum } from "../dsp/SpectrumStream";
import { nothingOf, type Extracted } from "../Extracted";

const BANDS = 40;
const COEFFICIENTS = 13;
/** Or half the sample rate, where that is lower. */
const HIGHEST_HZ = 11000;
/** Band powers below this count as this (−100 dB below a sine at full scale). */
const LEAST_POWER = 1e-10;

/** Made with the first file. */
let cosines: readonly Float64Array[] | undefined;

export interface TimbreOptions {
  /** Hz from bin to bin, and how many bins a spectrum has. */
  binHz: number;
  bins: number;
}

export class TimbreExtractor {
  readonly #bands: MelBands;
  readonly #levels = new Float64Array(BANDS);
  readonly #cosines = (cosines ??= dctRows());
  readonly #coefficients = new Float64Array(COEFFICIENTS);
  readonly #moments = new Moments(COEFFICIENTS);
  #frames = 0;

  constructor({ binHz, bins }: TimbreOptions) {
    const highest = Math.min(HIGHEST_HZ, binHz * (bins - 1));
    this.#bands = new MelBands({ count: BANDS, lowest: 0, highest, binHz, bins });
  }

  push(spectrum: Spectrum): void {
    this.#frames++;
    if (!spectrum.isAudible) return;
    const levels = this.#levels;
    this.#bands.fold(spectrum.power, levels);
    for (let b = 0; b < BANDS; b++) {
      levels[b] = 20 * Math.log10(Math.max(LEAST_POWER, levels[b] as number));
    }
    for (let c = 0; c < COEFFICIENTS; c++) {
      const row = this.#cosines[c] as Float64Array;
      let sum = 0;
      for (let b = 0; b < BANDS; b++) sum += (row[b] as number) * (levels[b] as number);
      this.#coefficients[c] = sum;
    }
    this.#moments.push(this.#coefficients);
  }

  finish(): Extracted<TimbreResult> {
    if (this.#moments.count === 0) return nothingOf("timbre", this.#frames === 0 ? "tooShort" : "silence");
    const results = this.#moments.results();
    const values = { mfccMean: results.map(({ mean }) => mean), mfccStd: results.map(({ std }) => std) };
    return { values, missing: {} };
  }
}

/** The orthonormal DCT-II: one row of factors a coefficient. */
function dctRows(): Float64Array[] {
  return Array.from({ length: COEFFICIENTS }, (_, c) =>
    Float64Array.from(
      { length: BANDS },
      (_, b) => Math.sqrt((c === 0 ? 1 : 2) / BANDS) * Math.cos((Math.PI * c * (b + 0.5)) / BANDS),
    ),
  );
}
