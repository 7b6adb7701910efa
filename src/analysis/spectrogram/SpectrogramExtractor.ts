/**
 * The spectrogram as drawn: the mean power in mel bands over columns of time. A column is a frame at first; when
 * there are too many, neighbours are merged and columns are twice as long from then on. So memory is the same for
 * any length.
 */
import { SPECTROGRAM_RANGE_DB, type Spectrogram } from "../../shared/view";
import { melOf } from "../../shared/mel";
import { MelBands } from "../dsp/MelBands";
import type { Spectrum } from "../dsp/SpectrumStream";

const MOST_BANDS = 96;
const LOWEST_HZ = 30;
/** Or the highest bin, where that is lower. */
const HIGHEST_HZ = 20000;
/** Room at first: a sample library has thousands of files that need no more. */
const FIRST_COLUMNS = 64;
/** Even, for pairs are merged. */
const MAX_COLUMNS = 4096;

export interface SpectrogramOptions {
  /** Hz, of the samples that spectra are taken of, and samples from one to the next. */
  sampleRate: number;
  hop: number;
  /** Hz from bin to bin, and how many bins a spectrum has. */
  binHz: number;
  bins: number;
}

export class SpectrogramExtractor {
  readonly #hopSeconds: number;
  readonly #lowest: number;
  readonly #highest: number;
  readonly #bands: MelBands;
  readonly #frame: Float64Array;
  /** Sum of the powers of a column's frames, column by column. */
  #powers: Float32Array;
  #framesPerColumn = 1;
  /** Columns begun. */
  #columns = 0;
  /** Frames in the last column. */
  #inColumn = 1;

  constructor({ sampleRate, hop, binHz, bins }: SpectrogramOptions) {
    this.#hopSeconds = hop / sampleRate;
    this.#highest = Math.min(HIGHEST_HZ, binHz * (bins - 1));
    this.#lowest = Math.min(LOWEST_HZ, this.#highest / 4);
    const binMel = melOf(this.#lowest + binHz) - melOf(this.#lowest);
    const width = melOf(this.#highest) - melOf(this.#lowest);
    // No more than there are bins at the low end: a band without a bin would stay black.
    const count = Math.max(1, Math.min(MOST_BANDS, Math.floor(width / binMel)));
    this.#bands = new MelBands({ count, lowest: this.#lowest, highest: this.#highest, binHz, bins });
    this.#frame = new Float64Array(count);
    this.#powers = new Float32Array(FIRST_COLUMNS * count);
  }

  push({ power }: Spectrum): void {
    if (this.#inColumn === this.#framesPerColumn) this.#beginColumn();
    this.#bands.fold(power, this.#frame);
    const bands = this.#frame.length;
    const powers = this.#powers;
    const at = (this.#columns - 1) * bands;
    for (let b = 0; b < bands; b++) powers[at + b] = (powers[at + b] as number) + (this.#frame[b] as number);
    this.#inColumn++;
  }

  /** Null when there was not a single frame. */
  finish(): Spectrogram | null {
    if (this.#columns === 0) return null;
    const bands = this.#frame.length;
    const levels = new Uint8Array(this.#columns * bands);
    for (let i = 0; i < levels.length; i++) {
      const isLast = i >= levels.length - bands;
      const frames = isLast ? this.#inColumn : this.#framesPerColumn;
      levels[i] = byteOf((this.#powers[i] as number) / frames);
    }
    return {
      // Frames overlap by half: the middle half of the first one begins a quarter of a frame in.
      start: this.#hopSeconds / 2,
      step: this.#hopSeconds * this.#framesPerColumn,
      lowest: this.#lowest,
      highest: this.#highest,
      bands,
      levels,
    };
  }

  #beginColumn(): void {
    if (this.#columns === MAX_COLUMNS) this.#mergePairs();
    else if (this.#columns * this.#frame.length === this.#powers.length) this.#makeRoom();
    this.#columns++;
    this.#inColumn = 0;
  }

  #makeRoom(): void {
    const powers = this.#powers;
    this.#powers = new Float32Array(2 * powers.length);
    this.#powers.set(powers);
  }

  #mergePairs(): void {
    const bands = this.#frame.length;
    const powers = this.#powers;
    this.#columns = MAX_COLUMNS / 2;
    this.#framesPerColumn *= 2;
    for (let column = 0; column < this.#columns; column++) {
      for (let b = 0; b < bands; b++) {
        const from = 2 * column * bands + b;
        powers[column * bands + b] = (powers[from] as number) + (powers[from + bands] as number);
      }
    }
    powers.fill(0, this.#columns * bands);
  }
}

function byteOf(power: number): number {
  const level = (10 * Math.log10(power)) / SPECTROGRAM_RANGE_DB;
  return Math.round(255 * Math.max(0, Math.min(1, 1 + level)));
}
