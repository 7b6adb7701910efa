/**
 * The short-time spectrum that all spectral measurements share: frames of about 46 ms, half overlapping, of the
 * full-rate mono mix. Of each frame magnitudes, powers, level and zero crossings are computed once.
 */
import { hannSpectrumOf, type HannSpectrum, type SpectrumSums } from "./HannSpectrum";
import { SampleQueue } from "./SampleQueue";

/** 2048 samples at 44.1 kHz, as Essentia and librosa have it; at other rates the next power of two. */
const FRAME_SECONDS = 2048 / 44100;
/** Above there is nothing to hear: recordings at 96 and 192 kHz are described by the same band as others. */
const HIGHEST_HZ = 24000;
/** −60 dBFS: quieter frames are silence. */
const SILENT_MEAN_SQUARE = 1e-6;

/** One frame's spectrum; the arrays are valid until the next frame. */
export interface Spectrum {
  /** Hz from bin to bin; bin k lies at k × binHz. */
  readonly binHz: number;
  /** Magnitude of each bin, 1 for a sine at full scale. */
  readonly magnitude: Float64Array;
  /** Squared magnitudes. */
  readonly power: Float64Array;
  readonly sums: SpectrumSums;
  /** Magnitudes of the frame before, and the sum of its powers. */
  readonly earlierMagnitude: Float64Array;
  readonly earlierPowerSum: number;
  /** False when the frame is quieter than −60 dBFS (RMS). */
  readonly isAudible: boolean;
  /** False for the first frame and after a silent one. */
  readonly followsAudible: boolean;
  /** 1/s. */
  readonly zeroCrossingRate: number;
}

export class SpectrumStream {
  /** Hz. */
  readonly sampleRate: number;
  /** Samples of a frame. */
  readonly frameSize: number;
  /** Samples from frame to frame: half a frame. */
  readonly hop: number;
  readonly #hann: HannSpectrum;
  readonly #queue = new SampleQueue(0);
  readonly #spectrum: { -readonly [K in keyof Spectrum]: Spectrum[K] };
  #crossingsOfFirstHalf = 0;
  #frames = 0;

  /** `sampleRate` in Hz, of the mono signal to come. */
  constructor(sampleRate: number) {
    const size = Math.max(64, 2 ** Math.round(Math.log2(sampleRate * FRAME_SECONDS)));
    const binHz = sampleRate / size;
    const audible = 2 * Math.ceil(HIGHEST_HZ / binHz / 2);
    const bins = audible < size / 2 ? audible : size / 2 + 1;
    this.frameSize = size;
    this.hop = size / 2;
    this.sampleRate = sampleRate;
    this.#hann = hannSpectrumOf(size);
    this.#spectrum = {
      binHz,
      magnitude: new Float64Array(bins),
      power: new Float64Array(bins),
      sums: { power: 0, magnitude: 0, firstMoment: 0, secondMoment: 0 },
      earlierMagnitude: new Float64Array(bins),
      earlierPowerSum: 0,
      isAudible: false,
      followsAudible: false,
      zeroCrossingRate: 0,
    };
  }

  /** Bins of a spectrum. */
  get bins(): number {
    return this.#spectrum.power.length;
  }

  /** Hz from bin to bin. */
  get binHz(): number {
    return this.#spectrum.binHz;
  }

  /** Gives each frame that `samples` completes to `take`. */
  push(samples: Float32Array, take: (spectrum: Spectrum) => void): void {
    this.#queue.push(samples, samples.length);
    const waiting = this.#queue.samples;
    const { frameSize, hop } = this;
    let at = 0;
    for (; at + frameSize <= this.#queue.length; at += hop) {
      this.#measure(waiting, at);
      take(this.#spectrum);
    }
    if (at > 0) this.#queue.drop(at);
  }

  #measure(waiting: Float32Array, at: number): void {
    const spectrum = this.#spectrum;
    const magnitude = spectrum.earlierMagnitude;
    spectrum.earlierMagnitude = spectrum.magnitude;
    spectrum.earlierPowerSum = spectrum.sums.power;
    spectrum.magnitude = magnitude;
    spectrum.followsAudible = this.#frames > 0 && spectrum.isAudible;
    spectrum.sums = this.#hann.measure(waiting, at, spectrum.power, magnitude);
    spectrum.isAudible = spectrum.sums.power * this.#hann.levelOfPower >= SILENT_MEAN_SQUARE;
    this.#countCrossings();
    this.#frames++;
  }

  /** Each half of a frame is counted once: the second one is the first one of the next frame. */
  #countCrossings(): void {
    const { frameSize, hop } = this;
    const first = this.#frames === 0 ? this.#hann.crossings(1, hop) : this.#crossingsOfFirstHalf;
    const second = this.#hann.crossings(hop, frameSize);
    this.#crossingsOfFirstHalf = second;
    this.#spectrum.zeroCrossingRate = ((first + second) * this.sampleRate) / frameSize;
  }
}
