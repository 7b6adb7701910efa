/**
 * The short-time spectrum that all spectral measurements share: frames of about 46 ms, half overlapping, of the
 * full-rate mono mix. Of each frame magnitudes, powers, level and zero crossings are computed once.
 */
import { RealFft } from "./RealFft";
import { SampleQueue } from "./SampleQueue";
import { hann } from "./spectralWindows";

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
  /** Sum of `power`. */
  readonly totalPower: number;
  /** Sums over the bins k of magnitude, of k · magnitude and of k² · magnitude. */
  readonly moments: Float64Array;
  /** Magnitudes of the frame before, and the sum of their squares. */
  readonly earlierMagnitude: Float64Array;
  readonly earlierTotalPower: number;
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
  readonly #window: Float64Array;
  readonly #frame: Float64Array;
  readonly #fft: RealFft;
  readonly #queue = new SampleQueue(0);
  /** Mean square of the samples for each unit of `totalPower`. */
  readonly #levelOfPower: number;
  readonly #spectrum: { -readonly [K in keyof Spectrum]: Spectrum[K] };
  #crossingsOfFirstHalf = 0;
  #frames = 0;

  /** `sampleRate` in Hz, of the mono signal to come. */
  constructor(sampleRate: number) {
    const size = Math.max(64, 2 ** Math.round(Math.log2(sampleRate * FRAME_SECONDS)));
    const binHz = sampleRate / size;
    const bins = Math.min(size / 2, Math.floor(HIGHEST_HZ / binHz)) + 1;
    this.frameSize = size;
    this.hop = size / 2;
    this.sampleRate = sampleRate;
    this.#window = hann(size);
    this.#frame = new Float64Array(size);
    this.#fft = new RealFft(size);
    this.#levelOfPower = 2 / (size * this.#window.reduce((sum, value) => sum + value * value, 0));
    this.#spectrum = {
      binHz,
      magnitude: new Float64Array(bins),
      power: new Float64Array(bins),
      totalPower: 0,
      moments: new Float64Array(3),
      earlierMagnitude: new Float64Array(bins),
      earlierTotalPower: 0,
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
      this.#countCrossings(waiting, at);
      this.#transform(waiting, at);
      take(this.#spectrum);
    }
    if (at > 0) this.#queue.drop(at);
  }

  #transform(waiting: Float32Array, at: number): void {
    const frame = this.#frame;
    const window = this.#window;
    for (let i = 0; i < frame.length; i++) {
      frame[i] = (waiting[at + i] as number) * (window[i] as number);
    }
    this.#fft.transform(frame);
    const spectrum = this.#spectrum;
    const magnitude = spectrum.earlierMagnitude;
    spectrum.earlierMagnitude = spectrum.magnitude;
    spectrum.earlierTotalPower = spectrum.totalPower;
    spectrum.magnitude = magnitude;
    spectrum.followsAudible = this.#frames > 0 && spectrum.isAudible;
    spectrum.totalPower = measure(this.#fft, spectrum);
    spectrum.isAudible = spectrum.totalPower * this.#levelOfPower >= SILENT_MEAN_SQUARE;
    this.#frames++;
  }

  /** Each half of a frame is counted once: the second one is the first one of the next frame. */
  #countCrossings(waiting: Float32Array, at: number): void {
    const { frameSize, hop } = this;
    const first = this.#frames === 0 ? crossings(waiting, at + 1, at + hop) : this.#crossingsOfFirstHalf;
    const second = crossings(waiting, at + hop, at + frameSize);
    this.#crossingsOfFirstHalf = second;
    this.#spectrum.zeroCrossingRate = ((first + second) * this.sampleRate) / frameSize;
  }
}

/**
 * Powers, magnitudes and their moments; answers the sum of the powers. All in one loop: the sums cost nothing
 * while the processor waits for the square roots.
 */
function measure({ re, im }: RealFft, { power, magnitude, moments }: Spectrum): number {
  let total = 0;
  let sum = 0;
  let first = 0;
  let second = 0;
  for (let k = 0; k < power.length; k++) {
    const x = re[k] as number;
    const y = im[k] as number;
    const p = x * x + y * y;
    const m = Math.sqrt(p);
    const moment = k * m;
    power[k] = p;
    magnitude[k] = m;
    total += p;
    sum += m;
    first += moment;
    second += k * moment;
  }
  moments[0] = sum;
  moments[1] = first;
  moments[2] = second;
  return total;
}

/** How often the sign of a sample from `from` up to `to` differs from the one before. */
function crossings(samples: Float32Array, from: number, to: number): number {
  let count = 0;
  let wasPositive = (samples[from - 1] as number) > 0;
  for (let i = from; i < to; i++) {
    const isPositive = (samples[i] as number) > 0;
    if (isPositive !== wasPositive) count++;
    wasPositive = isPositive;
  }
  return count;
}
