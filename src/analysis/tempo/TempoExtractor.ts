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

const SHORTEST_SECONDS = 4;
/** −60 dBFS: what never gets louder is silence. */
const SILENCE_PEAK = 1e-3;
/** Below this the repetition is no more than chance makes. */
const LEAST_PERIODICITY = 0.1;

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
    for (const sample of mono) if (Math.abs(sample) > this.#peak) this.#peak = Math.abs(sample);
    this.#samples += mono.length;
    this.#onsets.push(mono);
  }

  finish(): Extracted<RhythmResult> {
    if (this.#samples < SHORTEST_SECONDS * this.#sampleRate) return nothing("tooShort");
    if (this.#peak < SILENCE_PEAK) return nothing("silence");
    const { frameRate } = this.#onsets;
    const estimate = estimateTempo(tempogram(this.#onsets.values(), frameRate), frameRate);
    if (estimate.periodicity < LEAST_PERIODICITY) return nothing("noBeat");
    const confidence = Math.min(1, estimate.periodicity);
    return { values: { tempo: estimate.tempo, confidence }, missing: {} };
  }
}

function nothing(reason: MissingReason): Extracted<RhythmResult> {
  return { values: { tempo: null, confidence: null }, missing: { tempo: reason, confidence: reason } };
}
