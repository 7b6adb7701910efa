/**
 * Brings a signal to another sample rate as it comes: a Blackman-windowed sinc for each place that an output
 * sample can have between two input samples (polyphase). For what must have one given rate; where any rate will
 * do, Decimator is cheaper.
 */
import { SampleQueue } from "./SampleQueue";
import { windowedSinc } from "./windowedSinc";

/** Zero crossings of the sinc on each side. */
const CROSSINGS = 32;
/** −6 dB at this share of the lower Nyquist frequency, so that what aliases lies above the audible. */
const CUTOFF = 0.95;
/** Rates without a small common ratio are read at the nearest of so many places. */
const MOST_PHASES = 1024;

export class Resampler {
  readonly #from: number;
  readonly #to: number;
  readonly #phases: number;
  readonly #reach: number;
  /** One row of 2 × reach taps for each phase. */
  readonly #taps: Float32Array;
  readonly #queue: SampleQueue;
  /** Where the next output sample lies after the queue's first whole neighbourhood, in 1/`to` of a sample. */
  #position = 0;
  #output = new Float32Array(0);

  /** Rates in Hz. */
  constructor(from: number, to: number) {
    this.#from = Math.round(from);
    this.#to = Math.round(to);
    this.#phases = Math.min(MOST_PHASES, this.#to / commonDivisor(this.#from, this.#to));
    const cutoff = CUTOFF * Math.min(1, to / from);
    this.#reach = Math.ceil(CROSSINGS / cutoff);
    this.#taps = phaseTaps(this.#phases, this.#reach, cutoff);
    // Output k lies at input k × from / to: silence stands before the first sample.
    this.#queue = new SampleQueue(this.#reach - 1);
  }

  /** The new samples at the new rate; valid until the next call. */
  push(samples: Float32Array, length: number): Float32Array {
    if (this.#from === this.#to) return samples.subarray(0, length);
    this.#queue.push(samples, length);
    return this.#take();
  }

  /** What the last samples still gave; silence comes after them. To be called once. */
  finish(): Float32Array {
    if (this.#from === this.#to) return new Float32Array(0);
    this.#queue.push(new Float32Array(this.#reach), this.#reach);
    return this.#take();
  }

  #take(): Float32Array {
    const reach = this.#reach;
    const room = (this.#queue.length - 2 * reach + 1) * this.#to - this.#position;
    const count = Math.max(0, Math.ceil(room / this.#from));
    if (this.#output.length < count) this.#output = new Float32Array(count);
    for (let k = 0; k < count; k++) {
      const first = Math.floor(this.#position / this.#to);
      const phase = Math.round(((this.#position % this.#to) / this.#to) * this.#phases);
      this.#output[k] = this.#dot(first, phase * 2 * reach);
      this.#position += this.#from;
    }
    const used = Math.min(this.#queue.length, Math.floor(this.#position / this.#to));
    this.#queue.drop(used);
    this.#position -= used * this.#to;
    return this.#output.subarray(0, count);
  }

  #dot(first: number, row: number): number {
    const samples = this.#queue.samples;
    const taps = this.#taps;
    const count = 2 * this.#reach;
    let sum = 0;
    for (let j = 0; j < count; j++) sum += (samples[first + j] as number) * (taps[row + j] as number);
    return sum;
  }
}

/** Rows for places 0 to 1 after the middle sample, each with gain 1 at 0 Hz. */
function phaseTaps(phases: number, reach: number, cutoff: number): Float32Array {
  const taps = new Float32Array((phases + 1) * 2 * reach);
  for (let phase = 0; phase <= phases; phase++) {
    const row = taps.subarray(phase * 2 * reach, (phase + 1) * 2 * reach);
    let gain = 0;
    for (let j = 0; j < row.length; j++) {
      const value = windowedSinc(j - (reach - 1) - phase / phases, reach, 1 / cutoff);
      row[j] = value;
      gain += value;
    }
    for (let j = 0; j < row.length; j++) row[j] = (row[j] as number) / gain;
  }
  return taps;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
