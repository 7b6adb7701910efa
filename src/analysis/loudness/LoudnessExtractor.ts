/**
 * Loudness after ITU-R BS.1770-5, EBU R 128, Tech 3341 and Tech 3342, and the peaks. Every 10 ms of K-weighted energy
 * goes into the windows whose maxima are looked for (the file-based cases of Tech 3341 ask for finer steps than
 * 100 ms); each 100 ms of it is kept (144 kB an hour and no more): gates, range and curves are made of these at
 * the end.
 */
import type { MissingReason } from "../../shared/codes";
import type { LoudnessResult } from "../../shared/analysis";
import { hundredthsOf, type LoudnessCurve } from "../../shared/view";
import { FrameSeries } from "../dsp/FrameSeries";
import type { Extracted } from "../Extracted";
import { decibels } from "../levels/decibels";
import { channelWeights } from "./channelWeights";
import { integratedLoudness, loudnessOf, loudnessRange, windowPowers } from "./gating";
import { KWeightedEnergy } from "./KWeightedEnergy";
import { PeakMeter } from "./PeakMeter";
import { SlidingMean } from "./SlidingMean";

const STEPS_PER_SECOND = 100;
const STEPS_PER_HOP = 10;
const HOP_SECONDS = STEPS_PER_HOP / STEPS_PER_SECOND;
/** Momentary: 400 ms, overlapping by 75 % where they are gated. */
const MOMENTARY_HOPS = 4;
/** Short-term: 3 s. */
const SHORT_TERM_HOPS = 30;
/** Of less there is no telling how far loudness ranges: one window alone is always 0 LU. */
const LEAST_RANGE_WINDOWS = 2;
/** ReplayGain 2.0 brings everything to this. */
const REPLAY_GAIN_LUFS = -18;

export interface LoudnessOptions {
  /** Hz. */
  sampleRate: number;
  channels: number;
  /** Where the channels stand, as bits of WAV's channel mask in the order of the channels; null or absent: as usual for their count. */
  channelMask?: number | null;
}

export interface LoudnessFindings extends Extracted<LoudnessResult> {
  curve: LoudnessCurve;
}

export class LoudnessExtractor {
  readonly #sampleRate: number;
  readonly #energy: KWeightedEnergy;
  readonly #peaks: PeakMeter;
  readonly #momentary = new SlidingMean(MOMENTARY_HOPS * STEPS_PER_HOP);
  readonly #shortTerm = new SlidingMean(SHORT_TERM_HOPS * STEPS_PER_HOP);
  #momentaryMax: number | null = null;
  #shortTermMax: number | null = null;
  /** Weighted mean square of each whole 100 ms. */
  readonly #hops = new FrameSeries();
  #hopSum = 0;
  #position = 0;
  /** Whole 10 ms so far. */
  #steps = 0;
  #stepStart = 0;
  #stepEnd: number;

  constructor({ sampleRate, channels, channelMask = null }: LoudnessOptions) {
    this.#sampleRate = sampleRate;
    this.#energy = new KWeightedEnergy(sampleRate, channelWeights(channels, channelMask));
    this.#peaks = new PeakMeter(sampleRate, channels);
    this.#stepEnd = this.#endOfStep(0);
  }

  /** Takes the next `length` frames, one array a channel. */
  push(block: readonly Float32Array[], length: number): void {
    this.#peaks.push(block, length);
    let from = 0;
    while (from < length) {
      const to = Math.min(length, from + this.#stepEnd - this.#position);
      this.#energy.add(block, from, to);
      this.#position += to - from;
      from = to;
      if (this.#position === this.#stepEnd) this.#closeStep();
    }
  }

  finish(): LoudnessFindings {
    const hops = this.#hops.values();
    const { samplePeak, truePeak } = this.#peaks.finish();
    const integrated = integratedLoudness(windowPowers(hops, MOMENTARY_HOPS));
    const shortTerm = windowPowers(hops, SHORT_TERM_HOPS);
    const truePeakLevel = decibels(truePeak);
    const values: LoudnessResult = {
      integrated,
      range: shortTerm.length < LEAST_RANGE_WINDOWS ? null : loudnessRange(shortTerm),
      momentaryMax: loudnessOf(this.#momentaryMax ?? 0),
      shortTermMax: loudnessOf(this.#shortTermMax ?? 0),
      truePeak: truePeakLevel,
      samplePeak: decibels(samplePeak),
      replayGain: integrated === null ? null : REPLAY_GAIN_LUFS - integrated,
      replayPeak: samplePeak > 0 ? samplePeak : null,
      peakToLoudness: integrated === null || truePeakLevel === null ? null : truePeakLevel - integrated,
    };
    return { values, missing: this.#missing(values, shortTerm.length), curve: curveOf(hops) };
  }

  #missing(values: LoudnessResult, shortTermWindows: number): Extracted<LoudnessResult>["missing"] {
    const hops = this.#hops.values().length;
    const isShort: Record<keyof LoudnessResult, boolean> = {
      integrated: hops < MOMENTARY_HOPS,
      range: shortTermWindows < LEAST_RANGE_WINDOWS,
      momentaryMax: this.#momentaryMax === null,
      shortTermMax: this.#shortTermMax === null,
      truePeak: this.#position === 0,
      samplePeak: this.#position === 0,
      replayGain: hops < MOMENTARY_HOPS,
      replayPeak: this.#position === 0,
      peakToLoudness: hops < MOMENTARY_HOPS,
    };
    const missing: Partial<Record<keyof LoudnessResult, MissingReason>> = {};
    for (const name of Object.keys(isShort) as (keyof LoudnessResult)[]) {
      if (values[name] === null) missing[name] = isShort[name] ? "tooShort" : "silence";
    }
    return missing;
  }

  #closeStep(): void {
    const power = this.#energy.take() / (this.#stepEnd - this.#stepStart);
    this.#momentary.push(power);
    this.#shortTerm.push(power);
    if (this.#momentary.isFull) this.#momentaryMax = Math.max(this.#momentaryMax ?? 0, this.#momentary.mean);
    if (this.#shortTerm.isFull) this.#shortTermMax = Math.max(this.#shortTermMax ?? 0, this.#shortTerm.mean);
    this.#hopSum += power;
    this.#steps++;
    if (this.#steps % STEPS_PER_HOP === 0) {
      this.#hops.push(this.#hopSum / STEPS_PER_HOP);
      this.#hopSum = 0;
    }
    this.#stepStart = this.#stepEnd;
    this.#stepEnd = this.#endOfStep(this.#steps);
  }

  /** Steps stay on the clock at rates that a hundred does not divide. */
  #endOfStep(step: number): number {
    return Math.max(this.#stepStart + 1, Math.round(((step + 1) * this.#sampleRate) / STEPS_PER_SECOND));
  }
}

function curveOf(hops: Float32Array): LoudnessCurve {
  return {
    step: HOP_SECONDS,
    momentary: slide(hops, MOMENTARY_HOPS),
    shortTerm: slide(hops, SHORT_TERM_HOPS),
  };
}

function slide(hops: Float32Array, length: number): Int16Array {
  const window = new SlidingMean(length);
  return Int16Array.from(hops, (power) => {
    window.push(power);
    return hundredthsOf(loudnessOf(window.mean));
  });
}
