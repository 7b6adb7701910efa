/**
 * How much begins at each moment: spectral flux over logarithmic bands with compressed magnitudes. As in
 * SuperFlux (Böck & Widmer 2013) the earlier frame is widened by a maximum over neighbouring bands, so that
 * vibrato and glides do not count as beginnings. A hundred numbers a second are kept, nothing else.
 */
import { FrameSeries } from "../dsp/FrameSeries";
import { RealFft } from "../dsp/RealFft";
import { SampleQueue } from "../dsp/SampleQueue";
import { LogBands } from "./logBands";

const FRAMES_PER_SECOND = 100;
/** About 46 ms. */
const FRAME_SECONDS = 1024 / 22050;
/** Flux is the rise over this many frames. */
const LAG = 2;
/** Magnitudes are compressed as log(1 + COMPRESSION · m / reference). */
const COMPRESSION = 100;
/** The reference is the loudest band of late, so that the result is the same at any gain … */
const REFERENCE_SECONDS = 10;
/** … down to −80 dBFS, below which nothing is taken for music. */
const LOWEST_REFERENCE = 1e-4;

export class OnsetStrength {
  /** Numbers a second. */
  readonly frameRate: number;
  readonly #hop: number;
  readonly #window: Float64Array;
  readonly #frame: Float64Array;
  readonly #fft: RealFft;
  readonly #bands: LogBands;
  readonly #magnitudes: Float64Array;
  /** Compressed bands of the last LAG + 1 frames, in turn. */
  readonly #history: Float64Array[];
  readonly #strength = new FrameSeries(4096);
  readonly #queue: SampleQueue;
  #frames = 0;
  #reference = LOWEST_REFERENCE;

  constructor(sampleRate: number) {
    const size = 2 ** Math.round(Math.log2(sampleRate * FRAME_SECONDS));
    this.#hop = Math.round(sampleRate / FRAMES_PER_SECOND);
    this.frameRate = sampleRate / this.#hop;
    this.#window = Float64Array.from(
      { length: size },
      (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size),
    );
    this.#frame = new Float64Array(size);
    this.#fft = new RealFft(size);
    this.#bands = new LogBands({ sampleRate, fftSize: size });
    this.#magnitudes = new Float64Array(this.#bands.count);
    this.#history = Array.from({ length: LAG + 1 }, () => new Float64Array(this.#bands.count));
    // Zeros before the first sample, so that frame 0 is centred on it.
    this.#queue = new SampleQueue(size / 2);
  }

  push(samples: Float32Array): void {
    this.#queue.push(samples, samples.length);
    const waiting = this.#queue.samples;
    const frame = this.#frame;
    const window = this.#window;
    let at = 0;
    for (; at + frame.length <= this.#queue.length; at += this.#hop) {
      for (let i = 0; i < frame.length; i++) {
        frame[i] = (waiting[at + i] as number) * (window[i] as number);
      }
      this.#strength.push(this.#nextFlux());
    }
    this.#queue.drop(at);
  }

  /** The strength of all frames so far; frame i lies at i / frameRate seconds. */
  values(): Float32Array {
    return this.#strength.values();
  }

  #nextFlux(): number {
    this.#fft.transform(this.#frame);
    this.#bands.fold(this.#fft.re, this.#fft.im, this.#magnitudes);
    const now = this.#history[this.#frames % (LAG + 1)] as Float64Array;
    const before = this.#history[(this.#frames + 1) % (LAG + 1)] as Float64Array;
    this.#compress(now);
    this.#frames++;
    return this.#frames > LAG ? riseOver(before, now) : 0;
  }

  #compress(into: Float64Array): void {
    let loudest = 0;
    for (const magnitude of this.#magnitudes) if (magnitude > loudest) loudest = magnitude;
    const faded = this.#reference * Math.exp(-1 / (REFERENCE_SECONDS * this.frameRate));
    this.#reference = Math.max(loudest, faded, LOWEST_REFERENCE);
    const gain = COMPRESSION / this.#reference;
    for (let b = 0; b < into.length; b++) into[b] = Math.log(1 + gain * (this.#magnitudes[b] as number));
  }
}

/** Mean rise of the bands over the highest of the three neighbouring bands before. */
function riseOver(before: Float64Array, now: Float64Array): number {
  const last = now.length - 1;
  let sum = 0;
  for (let b = 0; b <= last; b++) {
    let most = before[b] as number;
    if (b > 0 && (before[b - 1] as number) > most) most = before[b - 1] as number;
    if (b < last && (before[b + 1] as number) > most) most = before[b + 1] as number;
    const rise = (now[b] as number) - most;
    if (rise > 0) sum += rise;
  }
  return sum / now.length;
}
