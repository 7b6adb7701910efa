/**
 * The key of a whole file from windows of it: each window is given to a key detector, and its answer counts
 * by its strength and its length. One window's samples are held at a time. Windows without tones have no vote.
 */
import type { KeyName, Mode, TonalResult } from "../../shared/analysis";
import type { MissingReason } from "../../shared/codes";
import { Decimator } from "../dsp/Decimator";
import type { Extracted } from "../Extracted";
import { camelotName, openKeyName } from "./keyNames";
import { tonality } from "./tonality";

/** What one window's key is; `strength` is the correlation with the key's profile, at most 1. */
export interface DetectedKey {
  key: KeyName;
  mode: Mode;
  strength: number;
}

/** Listens to one window of mono samples at `sampleRate` Hz. */
export type KeyDetector = (mono: Float32Array, sampleRate: number) => DetectedKey;

/** Hz: a key shows in the notes below 3.5 kHz, and lower rates cost less time and memory. */
const TARGET_RATE = 11025;
const WINDOW_SECONDS = 60;
/** Less than this, alone or left over at the end, says nothing of a key. */
const SHORTEST_SECONDS = 4;
/** −60 dBFS. */
const SILENCE_RMS = 1e-3;
/** Below this tonality there are no tones to have a key (noise, clicks, most drums) … */
const LEAST_TONALITY = 0.01;
/** … and below this one (drum kits, but dense music too) only a good fit to a key counts. */
const CLEAR_TONALITY = 0.09;
const LEAST_STRENGTH = 0.3;
const GOOD_STRENGTH = 0.65;
/** One tone, or an interval, has no key. */
const LEAST_PITCH_CLASSES = 3;
/** Tones must be heard in this share of what is not silent. */
const LEAST_TONAL_SHARE = 0.25;

interface Vote {
  key: KeyName;
  mode: Mode;
  /** Strength × seconds. */
  weight: number;
}

export class KeyExtractor {
  readonly #decimator: Decimator;
  /** Hz, of the window. */
  readonly #sampleRate: number;
  readonly #detect: KeyDetector;
  readonly #window: Float32Array;
  #filled = 0;
  #windows = 0;
  #audibleSeconds = 0;
  #tonalSeconds = 0;
  readonly #votes = new Map<string, Vote>();

  /** `sampleRate` in Hz, of the mono signal to come. */
  constructor(sampleRate: number, detect: KeyDetector) {
    this.#decimator = new Decimator(Math.max(1, Math.round(sampleRate / TARGET_RATE)));
    this.#sampleRate = sampleRate / this.#decimator.factor;
    this.#detect = detect;
    this.#window = new Float32Array(Math.round(WINDOW_SECONDS * this.#sampleRate));
  }

  push(mono: Float32Array): void {
    const samples = this.#decimator.push(mono, mono.length);
    let from = 0;
    while (from < samples.length) {
      const part = samples.subarray(from, from + this.#window.length - this.#filled);
      this.#window.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled === this.#window.length) this.#closeWindow();
    }
  }

  finish(): Extracted<TonalResult> {
    if (this.#filled >= SHORTEST_SECONDS * this.#sampleRate) this.#closeWindow();
    if (this.#windows === 0) return nothing("tooShort");
    if (this.#audibleSeconds === 0) return nothing("silence");
    const [winner] = [...this.#votes.values()].sort((a, b) => b.weight - a.weight);
    if (!winner || this.#tonalSeconds < LEAST_TONAL_SHARE * this.#audibleSeconds) return nothing("notTonal");
    const { key, mode } = winner;
    const strength = winner.weight / this.#tonalSeconds;
    const camelot = camelotName(key, mode);
    return { values: { key, mode, strength, camelot, openKey: openKeyName(key, mode) }, missing: {} };
  }

  #closeWindow(): void {
    const samples = this.#window.subarray(0, this.#filled);
    const seconds = samples.length / this.#sampleRate;
    this.#filled = 0;
    this.#windows++;
    if (rms(samples) < SILENCE_RMS) return;
    this.#audibleSeconds += seconds;
    const tones = tonality(samples, this.#sampleRate);
    if (tones.share < LEAST_TONALITY || tones.pitchClasses < LEAST_PITCH_CLASSES) return;
    const { key, mode, strength } = this.#detect(samples, this.#sampleRate);
    if (strength < (tones.share < CLEAR_TONALITY ? GOOD_STRENGTH : LEAST_STRENGTH)) return;
    this.#tonalSeconds += seconds;
    const name = `${key} ${mode}`;
    const weight = (this.#votes.get(name)?.weight ?? 0) + Math.min(1, strength) * seconds;
    this.#votes.set(name, { key, mode, weight });
  }
}

function rms(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += (samples[i] as number) ** 2;
  return Math.sqrt(sum / samples.length);
}

function nothing(reason: MissingReason): Extracted<TonalResult> {
  const values = { key: null, mode: null, strength: null, camelot: null, openKey: null };
  return {
    values,
    missing: { key: reason, mode: reason, strength: reason, camelot: reason, openKey: reason },
  };
}
