/**
 * Key and tuning of a whole file: tones are found frame by frame, kept as pitches a second, and at the end turned
 * to the music's own tuning, folded to twelve classes and compared with the 24 keys.
 */
import { KEY_NAMES } from "../../shared/analysis";
import type { KeyChange, KeyName, Mode, TonalResult } from "../../shared/analysis";
import type { MissingReason } from "../../shared/codes";
import type { Extracted } from "../Extracted";
import { chromaOf, CLASSES, scaledToMaximum } from "./chroma";
import { camelotName, openKeyName } from "./keyNames";
import { addSeconds, highest, keyPath } from "./keyPath";
import { keyScores } from "./keyScores";
import { likelihoods } from "./likelihoods";
import { PitchSeries } from "./PitchSeries";
import { TonePeaks } from "./TonePeaks";

/** A bar of four beats at 160 BPM: less says nothing of a key. */
const SHORTEST_SECONDS = 1.5;
/** Below this share of steady tones there is nothing to have a key (noise, clicks, most drums) … */
const LEAST_TONES = 0.02;
/** … and below this one (drum kits, speech, but dense music too) only a good fit counts. */
const CLEAR_TONES = 0.1;
const LEAST_FIT = 0.6;
const GOOD_FIT = 0.7;
/** One tone, or an interval, has no key. */
const LEAST_CLASSES = 3;
/** A class counts from this share of the strongest. */
const LEAST_CLASS_SHARE = 0.1;

/** The pitch classes over time. */
export interface ChromaCurve {
  /** Seconds from one to the next. */
  step: number;
  /** Twelve values a step, first is C, the strongest of a step is 1; all 0 where no tone is heard. */
  chroma: Float32Array;
}

export class TonalExtractor {
  readonly #peaks: TonePeaks;
  readonly #pitches = new PitchSeries();
  readonly #sampleRate: number;
  #samples = 0;

  /** `sampleRate` in Hz, of the mono signal to come. */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#peaks = new TonePeaks(sampleRate);
  }

  push(mono: Float32Array): void {
    this.#samples += mono.length;
    this.#peaks.push(mono, (frame) => {
      this.#pitches.push(frame);
    });
  }

  /** To be called once. */
  finish(): Extracted<TonalResult> & { curve: ChromaCurve } {
    const { steps, heard, toneShare, tuning } = this.#pitches.finish();
    const chroma = chromaOf(steps, tuning);
    const curve = { step: 1, chroma: scaledToMaximum(chroma) };
    // Frames overlap by half, and one more may be begun.
    const heardSeconds = (heard + 2) * this.#peaks.hop;
    if (this.#samples < SHORTEST_SECONDS * this.#sampleRate) return { ...nothing("tooShort"), curve };
    if (heard === 0) return { ...nothing("silence"), curve };
    if (heardSeconds < SHORTEST_SECONDS) return { ...nothing("tooShort"), curve };
    const whole = sumOf(chroma);
    if (!isTonal(whole, toneShare)) return { ...nothing("notTonal"), curve };
    const path = keyPath(chroma);
    const main = longest(path);
    const changes = changesOf(path);
    const share = changes.length > 0 ? path.filter((key) => key === main).length / path.length : 1;
    const listened = changes.length > 0 ? sumOf(chroma, path, main) : whole;
    return { ...describe(listened, heardSeconds * share, { whole, changes, tuning }), curve };
  }
}

interface Rest {
  whole: Float64Array;
  changes: KeyChange[];
  tuning: number;
}

function describe(
  listened: Float64Array,
  seconds: number,
  { whole, changes, tuning }: Rest,
): Extracted<TonalResult> {
  const likely = likelihoods(keyScores(listened), seconds);
  const best = highest(likely);
  const second = highest(likely.map((value, key) => (key === best ? -1 : value)));
  const { key, mode } = keyOf(best);
  const values: TonalResult = {
    key,
    mode,
    strength: likely[best] as number,
    runnerUp: { ...keyOf(second), strength: likely[second] as number },
    camelot: camelotName(key, mode),
    openKey: openKeyName(key, mode),
    tuning: 440 * 2 ** (tuning / 12),
    chroma: [...scaledToMaximum(Float32Array.from(whole))],
    keyChanges: changes,
  };
  return { values, missing: {} };
}

function isTonal(chroma: Float64Array, toneShare: number): boolean {
  const strongest = Math.max(...chroma);
  const classes = chroma.filter((value) => value > LEAST_CLASS_SHARE * strongest).length;
  if (toneShare < LEAST_TONES || classes < LEAST_CLASSES) return false;
  return Math.max(...keyScores(chroma)) >= (toneShare < CLEAR_TONES ? GOOD_FIT : LEAST_FIT);
}

/** All seconds, or those in which `path` has `key`. */
function sumOf(chroma: Float32Array, path?: Uint8Array, key?: number): Float64Array {
  const sum = new Float64Array(CLASSES);
  for (let second = 0; second * CLASSES < chroma.length; second++) {
    if (path && path[second] !== key) continue;
    addSeconds(sum, chroma.subarray(second * CLASSES, (second + 1) * CLASSES));
  }
  return sum;
}

/** The key that most seconds have; the earliest of those with as many. */
function longest(path: Uint8Array): number {
  const counts = new Map<number, number>();
  for (const key of path) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
}

function changesOf(path: Uint8Array): KeyChange[] {
  const changes: KeyChange[] = [];
  path.forEach((key, second) => {
    if (second > 0 && key !== path[second - 1]) changes.push({ time: second, ...keyOf(key) });
  });
  return changes;
}

function keyOf(index: number): { key: KeyName; mode: Mode } {
  const key = KEY_NAMES[index % CLASSES] as KeyName;
  return { key, mode: index < CLASSES ? "major" : "minor" };
}

function nothing(reason: MissingReason): Extracted<TonalResult> {
  const values: TonalResult = {
    key: null,
    mode: null,
    strength: null,
    runnerUp: null,
    camelot: null,
    openKey: null,
    tuning: null,
    chroma: null,
    keyChanges: null,
  };
  const missing = Object.fromEntries(Object.keys(values).map((name) => [name, reason]));
  return { values, missing };
}
