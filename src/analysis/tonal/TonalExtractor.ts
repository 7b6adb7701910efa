/**
 * Key and tuning of a whole file: tones are found frame by frame, kept as pitches a second, and at the end turned
 * to the music's own tuning, folded to twelve classes and compared with the 24 keys.
 */
import { KEY_NAMES } from "../../shared/analysis";
import type { KeyChange, KeyName, Mode, TonalResult } from "../../shared/analysis";
import { nothingOf, type Extracted } from "../Extracted";
import { addSeconds, chromaOf, CLASSES, scaledToMaximum } from "./chroma";
import { isTonal } from "./isTonal";
import { camelotName, openKeyName } from "../../shared/keyNames";
import { keyPath } from "./keyPath";
import { indexOfHighest, keyScores } from "./keyScores";
import { likelihoods, withEnds } from "./likelihoods";
import { PitchSeries } from "./PitchSeries";
import { TonePeaks } from "./TonePeaks";

/** A bar of four beats at 160 BPM: less says nothing of a key. */
const SHORTEST_SECONDS = 1.5;
/** −80 dBFS. */
const SILENCE = 1e-4;

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
  #sounds = false;

  /** `sampleRate` in Hz, of the mono signal to come. */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#peaks = new TonePeaks(sampleRate);
  }

  push(mono: Float32Array): void {
    this.#samples += mono.length;
    this.#sounds ||= mono.some((sample) => Math.abs(sample) > SILENCE);
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
    if (this.#samples < SHORTEST_SECONDS * this.#sampleRate)
      return { ...nothingOf("tonal", "tooShort"), curve };
    if (!this.#sounds) return { ...nothingOf("tonal", "silence"), curve };
    if (heard === 0) return { ...nothingOf("tonal", "notTonal"), curve };
    if (heardSeconds < SHORTEST_SECONDS) return { ...nothingOf("tonal", "tooShort"), curve };
    const whole = sumOf(chroma);
    const path = keyPath(chroma);
    if (!isTonal({ whole, toneShare, fit: path.fit, seconds: heardSeconds }))
      return { ...nothingOf("tonal", "notTonal"), curve };
    const changes = changesOf(path.keys);
    if (changes.length === 0) {
      const likely = likelihoods(withEnds(keyScores(whole), chroma), heardSeconds);
      return { ...describe(likely, { whole, changes, tuning }), curve };
    }
    const main = longest(path.keys);
    const share = path.keys.filter((key) => key === main).length / path.keys.length;
    const likely = likelihoods(keyScores(sumOf(chroma, path.keys, main)), share * heardSeconds);
    return { ...describe(likely, { whole, changes, tuning }), curve };
  }
}

interface Rest {
  whole: Float64Array;
  changes: KeyChange[];
  tuning: number;
}

function describe(likely: Float64Array, { whole, changes, tuning }: Rest): Extracted<TonalResult> {
  const best = indexOfHighest(likely);
  const second = indexOfHighest(likely.map((value, key) => (key === best ? -1 : value)));
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

/** The keys one after the other, the first from 0 on; none where there is only one. */
function changesOf(path: Uint8Array): KeyChange[] {
  const sections: KeyChange[] = [];
  path.forEach((key, second) => {
    if (key !== path[second - 1]) sections.push({ time: second, ...keyOf(key) });
  });
  return sections.length > 1 ? sections : [];
}

function keyOf(index: number): { key: KeyName; mode: Mode } {
  const key = KEY_NAMES[index % CLASSES] as KeyName;
  return { key, mode: index < CLASSES ? "major" : "minor" };
}
