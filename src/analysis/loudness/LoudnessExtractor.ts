/**
 * Integrated loudness after ITU-R BS.1770-5 and EBU R 128, and the sample peak. The energy of each 100 ms
 * is kept (36 kB an hour and no more); windows of 400 ms and both gates are made of these at the end.
 */
import type { LoudnessResult } from "../../shared/analysis";
import { FrameSeries } from "../dsp/FrameSeries";
import type { Extracted } from "../Extracted";
import { ChannelMeter } from "./ChannelMeter";
import { channelWeights } from "./channelWeights";

const HOPS_PER_SECOND = 10;
/** A window is 400 ms; windows overlap by 75 %. */
const HOPS_PER_WINDOW = 4;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;
/** BS.1770: what a loudness of mean square 1 reads. */
const OFFSET_LUFS = -0.691;

export interface LoudnessOptions {
  /** Hz. */
  sampleRate: number;
  channels: number;
}

export class LoudnessExtractor {
  readonly #sampleRate: number;
  readonly #weights: readonly number[];
  readonly #meters: ChannelMeter[];
  /** Weighted mean square of each whole hop. */
  readonly #hops = new FrameSeries();
  #position = 0;
  #hopStart = 0;
  #hopEnd: number;
  #hopEnergy = 0;

  constructor({ sampleRate, channels }: LoudnessOptions) {
    this.#sampleRate = sampleRate;
    this.#weights = channelWeights(channels);
    this.#meters = this.#weights.map(() => new ChannelMeter(sampleRate));
    this.#hopEnd = this.#endOfHop(0);
  }

  /** Takes the next `length` frames, one array a channel. */
  push(block: readonly Float32Array[], length: number): void {
    let from = 0;
    while (from < length) {
      const to = Math.min(length, from + this.#hopEnd - this.#position);
      for (const [c, meter] of this.#meters.entries()) {
        const samples = block[c];
        if (samples) this.#hopEnergy += (this.#weights[c] ?? 0) * meter.energy(samples, from, to);
      }
      this.#position += to - from;
      from = to;
      if (this.#position === this.#hopEnd) this.#closeHop();
    }
  }

  finish(): Extracted<LoudnessResult> {
    const peak = Math.max(0, ...this.#meters.map((meter) => meter.peak));
    const integrated = integratedLoudness(windowPowers(this.#hops.values()));
    const values = { integrated, samplePeak: peak > 0 ? 20 * Math.log10(peak) : null };
    const missing: Extracted<LoudnessResult>["missing"] = {};
    if (values.samplePeak === null) missing.samplePeak = this.#position === 0 ? "tooShort" : "silence";
    if (integrated === null) {
      const isShort = this.#hops.values().length < HOPS_PER_WINDOW;
      missing.integrated = isShort ? "tooShort" : "silence";
    }
    return { values, missing };
  }

  #closeHop(): void {
    this.#hops.push(this.#hopEnergy / (this.#hopEnd - this.#hopStart));
    this.#hopEnergy = 0;
    this.#hopStart = this.#hopEnd;
    this.#hopEnd = this.#endOfHop(this.#hops.values().length);
  }

  /** Hops stay on the clock at rates that ten does not divide. */
  #endOfHop(hop: number): number {
    return Math.round(((hop + 1) * this.#sampleRate) / HOPS_PER_SECOND);
  }
}

/** Mean square of each 400 ms window, one each 100 ms. */
function windowPowers(hops: Float32Array): Float64Array {
  const count = Math.max(0, hops.length - HOPS_PER_WINDOW + 1);
  return Float64Array.from({ length: count }, (_, i) => mean(hops.subarray(i, i + HOPS_PER_WINDOW)));
}

/** LUFS of the windows that pass both gates; null when none does. */
function integratedLoudness(powers: Float64Array): number | null {
  const audible = powers.filter((power) => power > powerOf(ABSOLUTE_GATE_LUFS));
  if (audible.length === 0) return null;
  const relativeGate = mean(audible) * 10 ** (RELATIVE_GATE_LU / 10);
  return OFFSET_LUFS + 10 * Math.log10(mean(audible.filter((power) => power > relativeGate)));
}

function powerOf(lufs: number): number {
  return 10 ** ((lufs - OFFSET_LUFS) / 10);
}

function mean(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
