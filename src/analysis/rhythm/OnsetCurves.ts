/**
 * How much begins at each moment, in all and in the bass: spectral flux over logarithmic bands with compressed
 * magnitudes. As in SuperFlux (Böck & Widmer 2013) the earlier frame is widened by a maximum over neighbouring
 * bands, so that vibrato and glides do not count as beginnings. Three hundred numbers a second are kept, nothing
 * else.
 */
import { FrameSeries } from "../dsp/FrameSeries";
import { periodicHannSpectrumOf, type HannSpectrum } from "../dsp/HannSpectrum";
import { SampleQueue } from "../dsp/SampleQueue";
import { LogBands } from "./LogBands";

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
/** Hz: kick and bass lie below, hi-hats and the edge of snares above. */
const BASS_BELOW = 160;
const TREBLE_ABOVE = 4000;

/** A value each 1 / frameRate seconds, frame 0 centred on the first sample; all three have the same length. */
export interface Curves {
  /** Mean rise over all bands. */
  full: Float32Array;
  /** Over those below 160 Hz. */
  bass: Float32Array;
  /** Over those above 4 kHz; all zeros at a rate that has none. */
  treble: Float32Array;
}

export class OnsetCurves {
  /** Numbers a second. */
  readonly frameRate: number;
  readonly #hop: number;
  readonly #size: number;
  readonly #spectrum: HannSpectrum;
  readonly #powers: Float64Array;
  readonly #magnitudes: Float64Array;
  readonly #logBands: LogBands;
  readonly #bands: Float64Array;
  /** Compressed bands of the last LAG + 1 frames, in turn; before the first frame was silence. */
  readonly #history: Float64Array[];
  readonly #full = new FrameSeries(4096);
  readonly #bass = new FrameSeries(4096);
  readonly #treble = new FrameSeries(4096);
  /** Bands below `#bassEnd` are bass, those from `#trebleStart` on are treble. */
  readonly #bassEnd: number;
  readonly #trebleStart: number;
  readonly #queue: SampleQueue;
  #frames = 0;
  #reference = LOWEST_REFERENCE;

  constructor(sampleRate: number) {
    const size = 2 ** Math.round(Math.log2(sampleRate * FRAME_SECONDS));
    this.#hop = Math.round(sampleRate / FRAMES_PER_SECOND);
    this.frameRate = sampleRate / this.#hop;
    this.#size = size;
    this.#spectrum = periodicHannSpectrumOf(size);
    this.#powers = new Float64Array(size / 2 + 1);
    this.#magnitudes = new Float64Array(size / 2 + 1);
    this.#logBands = new LogBands({ sampleRate, fftSize: size });
    const { count, middles } = this.#logBands;
    this.#bassEnd = middles.filter((hz) => hz < BASS_BELOW).length;
    this.#trebleStart = middles.filter((hz) => hz < TREBLE_ABOVE).length;
    this.#bands = new Float64Array(count);
    this.#history = Array.from({ length: LAG + 1 }, () => new Float64Array(count));
    // Zeros before the first sample, so that frame 0 is centred on it.
    this.#queue = new SampleQueue(size / 2);
  }

  push(samples: Float32Array): void {
    this.#queue.push(samples, samples.length);
    const waiting = this.#queue.samples;
    let at = 0;
    for (; at + this.#size <= this.#queue.length; at += this.#hop) {
      this.#spectrum.measure(waiting, at, this.#powers, this.#magnitudes);
      this.#nextFlux();
    }
    this.#queue.drop(at);
  }

  /** All frames so far. */
  values(): Curves {
    return { full: this.#full.values(), bass: this.#bass.values(), treble: this.#treble.values() };
  }

  #nextFlux(): void {
    this.#logBands.fold(this.#magnitudes, this.#bands);
    const now = this.#history[this.#frames % (LAG + 1)] as Float64Array;
    const before = this.#history[(this.#frames + 1) % (LAG + 1)] as Float64Array;
    this.#compress(now);
    this.#frames++;
    const count = now.length;
    const bass = rise(before, now, 0, this.#bassEnd);
    const middle = rise(before, now, this.#bassEnd, this.#trebleStart);
    const treble = rise(before, now, this.#trebleStart, count);
    this.#full.push((bass + middle + treble) / count);
    this.#bass.push(bass / Math.max(1, this.#bassEnd));
    this.#treble.push(treble / Math.max(1, count - this.#trebleStart));
  }

  #compress(into: Float64Array): void {
    let loudest = 0;
    for (const magnitude of this.#bands) if (magnitude > loudest) loudest = magnitude;
    const faded = this.#reference * Math.exp(-1 / (REFERENCE_SECONDS * this.frameRate));
    this.#reference = Math.max(loudest, faded, LOWEST_REFERENCE);
    const gain = COMPRESSION / this.#reference;
    for (let b = 0; b < into.length; b++) into[b] = Math.log(1 + gain * (this.#bands[b] as number));
  }
}

/** Sum over bands `from` … `to` − 1 of their rise over the highest of the three neighbouring bands before. */
function rise(before: Float64Array, now: Float64Array, from: number, to: number): number {
  const last = now.length - 1;
  let sum = 0;
  for (let b = from; b < to; b++) {
    let most = before[b] as number;
    if (b > 0 && (before[b - 1] as number) > most) most = before[b - 1] as number;
    if (b < last && (before[b + 1] as number) > most) most = before[b + 1] as number;
    const risen = (now[b] as number) - most;
    if (risen > 0) sum += risen;
  }
  return sum;
}
