/**
 * The waveform as drawn: lowest, highest and RMS sample of each bin over all channels. Bins start small; when
 * there are too many, neighbours are merged and bins are twice as long from then on. So memory is the
 * same for any length.
 */
import type { Waveform } from "../../shared/waveformFile";

const FIRST_SAMPLES_PER_BIN = 64;
const MAX_BINS = 32768;
const FULL_SCALE = 32767;

export interface WaveformOptions {
  /** Hz. */
  sampleRate: number;
  channels: number;
}

export class WaveformExtractor {
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #min = new Float32Array(MAX_BINS);
  readonly #max = new Float32Array(MAX_BINS);
  /** Sum of squares over all channels. */
  readonly #energy = new Float64Array(MAX_BINS);
  #samplesPerBin = FIRST_SAMPLES_PER_BIN;
  /** Bins begun. */
  #bins = 0;
  /** Frames in the last bin. */
  #inBin = FIRST_SAMPLES_PER_BIN;
  #samples = 0;

  constructor({ sampleRate, channels }: WaveformOptions) {
    this.#sampleRate = sampleRate;
    this.#channels = channels;
  }

  /** Takes the next `length` frames, one array a channel. */
  push(block: readonly Float32Array[], length: number): void {
    let from = 0;
    while (from < length) {
      if (this.#inBin === this.#samplesPerBin) this.#beginBin();
      const to = Math.min(length, from + this.#samplesPerBin - this.#inBin);
      for (const samples of block) this.#extend(samples, from, to);
      this.#inBin += to - from;
      this.#samples += to - from;
      from = to;
    }
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

  #extend(samples: Float32Array, from: number, to: number): void {
    const bin = this.#bins - 1;
    let min = this.#min[bin] ?? 0;
    let max = this.#max[bin] ?? 0;
    let energy = 0;
    for (let i = from; i < to; i++) {
      const sample = samples[i] as number;
      if (sample < min) min = sample;
      if (sample > max) max = sample;
      energy += sample * sample;
    }
    this.#min[bin] = min;
    this.#max[bin] = max;
    this.#energy[bin] = (this.#energy[bin] ?? 0) + energy;
  }

  #beginBin(): void {
    if (this.#bins === MAX_BINS) this.#mergePairs();
    this.#min[this.#bins] = Infinity;
    this.#max[this.#bins] = -Infinity;
    this.#energy[this.#bins] = 0;
    this.#bins++;
    this.#inBin = 0;
  }

  #mergePairs(): void {
    this.#bins = MAX_BINS / 2;
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
