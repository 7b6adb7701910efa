/**
 * Tempo and beats in one pass: keeps onset curves of a mono signal, and at the end looks for the tempo, for how
 * it moves, and for the beats. Says null rather than a number where there is no beat.
 */
import type { RhythmResult, TempoCandidate } from "../../shared/analysis";
import type { MissingReason } from "../../shared/codes";
import type { Extracted } from "../Extracted";
import { beatTimes } from "./beatTimes";
import { confidenceOf } from "./confidence";
import { heardPeaks } from "./heardPeaks";
import { localTempo } from "./localTempo";
import { movingTempo } from "./movingTempo";
import { OnsetCurves } from "./OnsetCurves";
import { repetitionOf } from "./repetition";
import { tempoCandidates } from "./tempoCandidates";

/** Two or three beats. */
const SHORTEST_SECONDS = 1.2;
/** −60 dBFS: what never gets louder is silence. */
const SILENCE_PEAK = 1e-3;
/** A mean onset strength below this is a tone that is held or glides (music: above 0.02; tones: below 0.002). */
const LEAST_STRENGTH = 0.005;
/** Onset strength that varies less than this against its mean is that of noise, which has no onsets to count. */
const ONSETS_DIFFER = 0.7;
/** Candidates told, and the least weight told. */
const TOLD_CANDIDATES = 5;
const LEAST_WEIGHT = 0.005;

export class RhythmExtractor {
  readonly #sampleRate: number;
  readonly #onsets: OnsetCurves;
  #samples = 0;
  #peak = 0;

  /** `sampleRate` in Hz, of the mono signal to come. */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#onsets = new OnsetCurves(sampleRate);
  }

  push(mono: Float32Array): void {
    let peak = this.#peak;
    for (let i = 0; i < mono.length; i++) peak = Math.max(peak, Math.abs(mono[i] as number));
    this.#peak = peak;
    this.#samples += mono.length;
    this.#onsets.push(mono);
  }

  finish(): Extracted<RhythmResult> {
    const seconds = this.#samples / this.#sampleRate;
    if (seconds < SHORTEST_SECONDS) return nothing("tooShort");
    if (this.#peak < SILENCE_PEAK) return nothing("silence");
    const { frameRate } = this.#onsets;
    const curves = this.#onsets.values();
    const { mean, deviation } = momentsOf(curves.full);
    if (mean < LEAST_STRENGTH) return nothing("noBeat");
    const { peaks, skipped, loop } = heardPeaks(curves, frameRate, seconds);
    const { candidates, grams } = tempoCandidates(peaks);
    const [first] = candidates;
    if (!first) return nothing("noBeat");
    const period = (60 * frameRate) / first.tempo;
    const lags = grams.lags[0] ?? new Float64Array(0);
    const { atBeats, isClear } = repetitionOf(lags, { period, frameRate, seconds: peaks.seconds, loop });
    const moving = movingTempo(peaks.full, frameRate, { candidates, atBeats });
    // The silence that was left out has none.
    const onsetRate = loop ? peaks.onsets.full.rate : (peaks.onsets.full.rate * peaks.seconds) / seconds;
    if (!isClear && !moving) return nothing("noBeat", deviation > ONSETS_DIFFER * mean ? onsetRate : null);
    const local = moving?.local ?? localTempo(peaks.full, frameRate, period);
    const { stability } = local;
    const { tempo, weight } = moving ?? first;
    const values: RhythmResult = {
      tempo,
      confidence: confidenceOf({
        weight,
        periodicity: moving?.weight ?? atBeats,
        seconds: peaks.seconds,
        stability,
      }),
      candidates: told(moving ? [moving] : candidates),
      beats: beatTimes(peaks, { ...local, tempo, loop: loop ? seconds : null, skipped }),
      downbeats: null,
      onsetRate,
      stability,
    };
    return { values, missing: { downbeats: "noBar", ...(stability === null && { stability: "tooShort" }) } };
  }
}

function told(candidates: readonly TempoCandidate[]): TempoCandidate[] {
  return candidates
    .filter(({ weight }) => weight >= LEAST_WEIGHT)
    .slice(0, TOLD_CANDIDATES)
    .map(({ tempo, weight }) => ({ tempo, weight }));
}

function momentsOf(values: Float32Array): { mean: number; deviation: number } {
  const count = Math.max(1, values.length);
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}

function nothing(reason: MissingReason, onsetRate: number | null = null): Extracted<RhythmResult> {
  const missing: Extracted<RhythmResult>["missing"] = {
    tempo: reason,
    confidence: reason,
    candidates: reason,
    beats: reason,
    downbeats: reason,
    stability: reason,
    ...(onsetRate === null && { onsetRate: reason }),
  };
  return {
    values: {
      tempo: null,
      confidence: null,
      candidates: null,
      beats: null,
      downbeats: null,
      onsetRate,
      stability: null,
    },
    missing,
  };
}
