/**
 * The waveform as drawn: lowest, highest and RMS sample of each bin over all channels. Bins start small; when there
 * are too many, neighbours are merged and bins are twice as long from then on: a song has at most 32768, and only
 * where these would be too long to zoom into (more than a thousand samples), up to eight times as many. So memory is
 * bounded for any length (4 MB), and a file of ten hours still has five bins a second.
 *
 * This is the one level of the pyramid that is kept. The coarser ones follow from it by the same merging, in less
 * time than it takes to read them: a page that shows all of it looks at each bin once (0.1 ms a song).
 */
import type { Waveform } from "../../shared/view";
import { BIN_FRAMES, type BinLevels } from "../levels/BinLevels";
import type { LevelReader } from "../levels/LevelPass";

/** Room at first: a sample library has thousands of files that need no more. */
const FIRST_BINS = 1024;
const USUAL_BINS = 32768;
const MOST_BINS = 8 * USUAL_BINS;
/** Bins are merged up to this many samples to have no more than the usual number. */
const USUAL_SAMPLES_PER_BIN = 1024;
const FULL_SCALE = 32767;

export interface WaveformOptions {
  /** Hz. */
  sampleRate: number;
  channels: number;
}

export class WaveformExtractor implements LevelReader {
  readonly #sampleRate: number;
  readonly #channels: number;
  #min = new Float32Array(FIRST_BINS);
  #max = new Float32Array(FIRST_BINS);
  /** Sum of squares over all channels. */
  #energy = new Float64Array(FIRST_BINS);
  #samplesPerBin = BIN_FRAMES;
  /** Bins begun. */
  #bins = 0;
  /** Frames in the last bin. */
  #inBin = BIN_FRAMES;
  #samples = 0;

  constructor({ sampleRate, channels }: WaveformOptions) {
    this.#sampleRate = sampleRate;
    this.#channels = channels;
  }

  takeBin(levels: BinLevels): void {
    if (this.#inBin === this.#samplesPerBin) this.#beginBin();
    const bin = this.#bins - 1;
    let min = this.#min[bin] as number;
    let max = this.#max[bin] as number;
    let energy = this.#energy[bin] as number;
    for (let c = 0; c < this.#channels; c++) {
      min = Math.min(min, levels.min[c] as number);
      max = Math.max(max, levels.max[c] as number);
      energy += levels.energy[c] as number;
    }
    this.#min[bin] = min;
    this.#max[bin] = max;
    this.#energy[bin] = energy;
    this.#inBin += levels.frames;
    this.#samples += levels.frames;
  }

  finish(): Waveform {
    const bins = this.#bins;
    return {
      sampleRate: this.#sampleRate,
      samplesPerBin: this.#samplesPerBin,
      samples: this.#samples,
      min: Int16Array.from(this.#min.subarray(0, bins), toFullScale),
      max: Int16Array.from(this.#max.subarray(0, bins), toFullScale),
      rms: Uint16Array.from(this.#energy.subarray(0, bins), (energy, bin) => {
        const frames = bin === bins - 1 ? this.#inBin : this.#samplesPerBin;
        return toFullScale(Math.sqrt(energy / (frames * this.#channels)));
      }),
    };
  }

  #beginBin(): void {
    if (this.#bins === this.#min.length) {
      const isLong = this.#samplesPerBin >= USUAL_SAMPLES_PER_BIN;
      if (this.#bins < (isLong ? MOST_BINS : USUAL_BINS)) this.#makeRoom(2 * this.#bins);
      else this.#mergePairs();
    }
    this.#min[this.#bins] = Infinity;
    this.#max[this.#bins] = -Infinity;
    this.#energy[this.#bins] = 0;
    this.#bins++;
    this.#inBin = 0;
  }

  #makeRoom(bins: number): void {
    const [min, max, energy] = [this.#min, this.#max, this.#energy];
    this.#min = new Float32Array(bins);
    this.#max = new Float32Array(bins);
    this.#energy = new Float64Array(bins);
    this.#min.set(min);
    this.#max.set(max);
    this.#energy.set(energy);
  }

  #mergePairs(): void {
    this.#bins /= 2;
    this.#samplesPerBin *= 2;
    for (let i = 0; i < this.#bins; i++) {
      this.#min[i] = Math.min(this.#min[2 * i] ?? 0, this.#min[2 * i + 1] ?? 0);
      this.#max[i] = Math.max(this.#max[2 * i] ?? 0, this.#max[2 * i + 1] ?? 0);
      this.#energy[i] = (this.#energy[2 * i] ?? 0) + (this.#energy[2 * i + 1] ?? 0);
    }
  }
}

/** 16-bit integer of a sample with 1 at full scale; what is beyond is cut. */
function toFullScale(sample: number): number {
  return Math.round(Math.max(-1, Math.min(1, sample)) * FULL_SCALE);
}
