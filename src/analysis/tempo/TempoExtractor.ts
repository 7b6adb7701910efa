/**
 * Tempo in one pass: keeps the onset strength of a mono signal, looks for its period at the end. Says null
 * rather than a number where there is no beat.
 */
import type { RhythmResult } from "../../shared/analysis";
import type { MissingReason } from "../../shared/codes";
import type { Extracted } from "../Extracted";
import { estimateTempo } from "./estimateTempo";
import { OnsetStrength } from "./OnsetStrength";
import { tempogram } from "./tempogram";

/** Some four beats. */
const SHORTEST_SECONDS = 2.5;
/** −60 dBFS: what never gets louder is silence. */
const SILENCE_PEAK = 1e-3;
/** A mean onset strength below this is a tone that is held or glides (music: above 0.02; tones: below 0.002). */
const LEAST_STRENGTH = 0.005;
/**
 * Chance repeats itself too, the more so in short signals: periodicity × √seconds stays below 0.4 for noise and
 * for noise in the rhythm of speech, and is above 0.55 for choirs and strings.
 */
const CHANCE = 0.45;
/** What even a long signal must have. */
const LEAST_PERIODICITY = 0.04;
/** From this periodicity upwards the time is steady enough not to lower the confidence. */
const STEADY = 0.4;

export class TempoExtractor {
  readonly #sampleRate: number;
  readonly #onsets: OnsetStrength;
  #samples = 0;
  #peak = 0;

  /** `sampleRate` in Hz, of the mono signal to come. */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#onsets = new OnsetStrength(sampleRate);
  }

  push(mono: Float32Array): void {
    let peak = this.#peak;
    for (let i = 0; i < mono.length; i++) peak = Math.max(peak, Math.abs(mono[i] as number));
    this.#peak = peak;
    this.#samples += mono.length;
    this.#onsets.push(mono);
  }

  finish(): Extracted<RhythmResult> {
    if (this.#samples < SHORTEST_SECONDS * this.#sampleRate) return nothing("tooShort");
    if (this.#peak < SILENCE_PEAK) return nothing("silence");
    const { frameRate } = this.#onsets;
    const strength = this.#onsets.values();
    if (mean(strength) < LEAST_STRENGTH) return nothing("noBeat");
    const { tempo, belief, periodicity } = estimateTempo(tempogram(strength, frameRate), frameRate);
    const seconds = this.#samples / this.#sampleRate;
    if (periodicity < Math.max(LEAST_PERIODICITY, CHANCE / Math.sqrt(seconds))) return nothing("noBeat");
    const confidence = belief * Math.min(1, 1 - STEADY + periodicity);
    return { values: { tempo, confidence }, missing: {} };
  }
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function nothing(reason: MissingReason): Extracted<RhythmResult> {
  return { values: { tempo: null, confidence: null }, missing: { tempo: reason, confidence: reason } };
}
