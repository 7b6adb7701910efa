/**
 * The tones in a sound, frame by frame: narrow peaks of the spectrum, each with its exact frequency. A frame is
 * long enough to tell the semitones of the middle register apart. A tone stands still: a peak that was in the
 * frame before too is `steady`, which peaks of noise are rarely and those of drums not for long.
 */
import { Decimator } from "../dsp/Decimator";
import { hannSpectrumOf, type HannSpectrum } from "../dsp/HannSpectrum";
import { SampleQueue } from "../dsp/SampleQueue";

/** Hz: the notes that make a key and their first partials lie below a quarter of it. */
const TARGET_RATE = 11025;
/** 372 ms; frames overlap by half. */
const FRAME_SECONDS = 4096 / 11025;
const LOWEST_HZ = 45;
const HIGHEST_HZ = 2500;
/** A peak has this many times the mean power of the bins around it … */
const PROMINENCE = 6;
/** … which are those up to this distance, without the peak's own (a Hann window's lobe). */
const NEIGHBOURHOOD = 10;
const LOBE = 2;

/** One frame; valid until the next one. */
export interface ToneFrame {
  /** Of the frame's middle, in seconds. */
  time: number;
  /** Mean square of what lies below 2.5 kHz, 0.5 for a sine at full scale. */
  power: number;
  /** Peaks found; so many entries of the arrays are filled. */
  count: number;
  /** Hz. */
  frequency: Float64Array;
  /** Amplitude of a sine with this peak, 1 at full scale. */
  magnitude: Float64Array;
  /** 1 where the frame before had this peak too. */
  steady: Uint8Array;
  /** Share (0–1) of the magnitude between 45 and 2500 Hz that is in steady peaks. */
  steadyShare: number;
}

export class TonePeaks {
  /** Seconds from one frame to the next. */
  readonly hop: number;
  readonly #decimator: Decimator;
  readonly #sampleRate: number;
  readonly #size: number;
  readonly #first: number;
  readonly #last: number;
  readonly #queue = new SampleQueue(0);
  readonly #spectrum: HannSpectrum;
  readonly #power: Float64Array;
  readonly #magnitude: Float64Array;
  /** Of the powers before each bin. */
  readonly #sums: Float64Array;
  #before: Uint8Array;
  #now: Uint8Array;
  readonly #frame: ToneFrame;
  #frames = 0;

  /** `sampleRate` in Hz, of the mono signal to come. */
  constructor(sampleRate: number) {
    this.#decimator = new Decimator(Math.max(1, Math.round(sampleRate / TARGET_RATE)));
    this.#sampleRate = sampleRate / this.#decimator.factor;
    const size = 2 ** Math.round(Math.log2(this.#sampleRate * FRAME_SECONDS));
    this.#size = size;
    this.hop = size / 2 / this.#sampleRate;
    this.#first = Math.max(NEIGHBOURHOOD + 1, Math.ceil((LOWEST_HZ * size) / this.#sampleRate));
    this.#last = Math.min(size / 2 - NEIGHBOURHOOD - 1, Math.floor((HIGHEST_HZ * size) / this.#sampleRate));
    this.#spectrum = hannSpectrumOf(size);
    // The spectrum gives an even number of bins.
    const bins = 2 * Math.ceil((this.#last + NEIGHBOURHOOD + 1) / 2);
    this.#power = new Float64Array(bins);
    this.#magnitude = new Float64Array(bins);
    this.#sums = new Float64Array(bins + 1);
    this.#before = new Uint8Array(bins);
    this.#now = new Uint8Array(bins);
    const most = Math.ceil(bins / 2);
    this.#frame = {
      time: 0,
      power: 0,
      count: 0,
      frequency: new Float64Array(most),
      magnitude: new Float64Array(most),
      steady: new Uint8Array(most),
      steadyShare: 0,
    };
  }

  /** Gives each frame that is complete with these samples to `take`. */
  push(mono: Float32Array, take: (frame: ToneFrame) => void): void {
    const samples = this.#decimator.push(mono, mono.length);
    this.#queue.push(samples, samples.length);
    const hop = this.#size / 2;
    let at = 0;
    for (; at + this.#size <= this.#queue.length; at += hop) {
      this.#transform(at);
      this.#findPeaks();
      this.#frame.time = (++this.#frames * hop) / this.#sampleRate;
      take(this.#frame);
    }
    this.#queue.drop(at);
  }

  #transform(at: number): void {
    const { samples } = this.#queue;
    const all = this.#spectrum.measure(samples, at, this.#power, this.#magnitude);
    // Each tone shows with its full magnitude in one bin and half of it on both sides: 1.5 times its square.
    this.#frame.power = all.power / 3;
    let sum = 0;
    for (let k = 0; k < this.#power.length; k++) {
      this.#sums[k] = sum;
      sum += this.#power[k] as number;
    }
    this.#sums[this.#power.length] = sum;
  }

  #findPeaks(): void {
    const power = this.#power;
    const magnitude = this.#magnitude;
    const before = this.#before;
    const now = this.#now;
    now.fill(0);
    let count = 0;
    let steady = 0;
    let all = 0;
    for (let k = this.#first; k <= this.#last; k++) {
      const height = power[k] as number;
      all += magnitude[k] as number;
      if (!this.#isPeak(k, height)) continue;
      now[k] = 1;
      const isSteady = before[k - 1] || before[k] || before[k + 1] ? 1 : 0;
      this.#frame.steady[count] = isSteady;
      if (isSteady) {
        steady += (magnitude[k - 1] as number) + (magnitude[k] as number) + (magnitude[k + 1] as number);
      }
      this.#interpolate(k, count++);
    }
    this.#frame.count = count;
    this.#frame.steadyShare = all > 0 ? Math.min(1, steady / all) : 0;
    this.#before = now;
    this.#now = before;
  }

  #isPeak(k: number, height: number): boolean {
    if (height <= (this.#power[k - 1] as number) || height < (this.#power[k + 1] as number)) return false;
    const sums = this.#sums;
    const below = (sums[k - LOBE] as number) - (sums[k - NEIGHBOURHOOD] as number);
    const above = (sums[k + NEIGHBOURHOOD + 1] as number) - (sums[k + LOBE + 1] as number);
    return height * 2 * (NEIGHBOURHOOD - LOBE) > PROMINENCE * (below + above);
  }

  /** Frequency and magnitude at the top of a parabola through the logarithms of a peak and its neighbours. */
  #interpolate(k: number, index: number): void {
    const left = Math.log((this.#power[k - 1] as number) + Number.MIN_VALUE);
    const middle = Math.log(this.#power[k] as number);
    const right = Math.log((this.#power[k + 1] as number) + Number.MIN_VALUE);
    const shift = (0.5 * (left - right)) / (left - 2 * middle + right);
    this.#frame.frequency[index] = ((k + shift) * this.#sampleRate) / this.#size;
    this.#frame.magnitude[index] = Math.exp(0.5 * (middle - 0.25 * (left - right) * shift));
  }
}
