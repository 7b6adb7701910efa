/**
 * What was heard of each pitch in each second: tones folded into one octave of 60 steps (20 cents), fine enough
 * to be turned to the music's own tuning when that is known, at the end. 240 bytes a second are kept.
 */
import { FrameSeries } from "../dsp/FrameSeries";
import type { ToneFrame } from "./TonePeaks";

/** Steps of an octave; step 0 is C in a tuning to 440 Hz. */
export const STEPS = 60;
/** −80 dBFS. */
const SILENCE_POWER = 1e-8;
/** The middle register counts most; the logarithm of the weight falls by so much an octave. */
const CENTRE_HZ = 300;
const ROLL_OFF = 0.5;
/** Tones that say what the tuning is: where a frame is long enough to measure them to a cent or two. */
const LOWEST_TUNING_HZ = 100;
const HIGHEST_TUNING_HZ = 2000;

export class PitchSeries {
  readonly #pitches = new FrameSeries(64 * STEPS);
  /** Of the second that is going on. */
  readonly #second = new Float64Array(STEPS);
  #seconds = 0;
  readonly #frame = new Float64Array(STEPS);
  /** Frames that are not silent, and the sum of their tones' shares. */
  #heard = 0;
  #share = 0;
  #sine = 0;
  #cosine = 0;

  push(frame: ToneFrame): void {
    while (this.#seconds + 1 <= frame.time) this.#closeSecond();
    if (frame.power < SILENCE_POWER) return;
    this.#heard++;
    this.#share += frame.steadyShare;
    this.#listenToTuning(frame);
    const total = this.#fold(frame);
    if (total === 0) return;
    // Loud frames count more than soft ones, but less than in proportion.
    const gain = 1 / Math.sqrt(Math.sqrt(total));
    for (let step = 0; step < STEPS; step++) {
      this.#second[step] = (this.#second[step] as number) + gain * (this.#frame[step] as number);
    }
  }

  /** Puts the frame's tones into the steps; answers their sum. */
  #fold({ count, frequency, magnitude }: ToneFrame): number {
    const steps = this.#frame;
    steps.fill(0);
    let total = 0;
    for (let i = 0; i < count; i++) {
      const hz = frequency[i] as number;
      const octaves = Math.log2(hz / CENTRE_HZ);
      // By the root of its magnitude: the inner voices make a key as the outer ones do.
      const weight = Math.sqrt(magnitude[i] as number) * Math.exp(-ROLL_OFF * Math.abs(octaves));
      const position = stepOf(hz);
      const below = Math.floor(position);
      const rest = position - below;
      const a = below % STEPS;
      const b = (below + 1) % STEPS;
      steps[a] = (steps[a] as number) + weight * (1 - rest);
      steps[b] = (steps[b] as number) + weight * rest;
      total += weight;
    }
    return total;
  }

  #listenToTuning({ count, frequency, magnitude, steady }: ToneFrame): void {
    for (let i = 0; i < count; i++) {
      const hz = frequency[i] as number;
      if (!steady[i] || hz < LOWEST_TUNING_HZ || hz > HIGHEST_TUNING_HZ) continue;
      const angle = (2 * Math.PI * 12 * stepOf(hz)) / STEPS;
      const weight = Math.sqrt(magnitude[i] as number);
      this.#sine += weight * Math.sin(angle);
      this.#cosine += weight * Math.cos(angle);
    }
  }

  #closeSecond(): void {
    for (const value of this.#second) this.#pitches.push(value);
    this.#second.fill(0);
    this.#seconds++;
  }

  /** To be called once, when all frames have come. */
  finish(): Pitches {
    this.#closeSecond();
    return {
      steps: this.#pitches.values(),
      seconds: this.#seconds,
      heard: this.#heard,
      toneShare: this.#heard > 0 ? this.#share / this.#heard : 0,
      tuning: Math.atan2(this.#sine, this.#cosine) / (2 * Math.PI),
    };
  }
}

export interface Pitches {
  /** STEPS values a second. */
  steps: Float32Array;
  seconds: number;
  /** Frames that were not silent. */
  heard: number;
  /** Mean share (0–1) of steady tones in what was not silent. */
  toneShare: number;
  /** Semitones (−0.5 to 0.5) that the notes lie above a tuning to 440 Hz. */
  tuning: number;
}

/** 0 (a C) or more, in steps; octaves above are multiples of STEPS above. */
function stepOf(hz: number): number {
  return STEPS * (Math.log2(hz / 440) + 69 / 12);
}
