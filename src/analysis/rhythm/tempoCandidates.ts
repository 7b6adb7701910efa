/**
 * Which tempo: first a linear model over the tempograms names the likely candidates and their simple multiples,
 * then a small network that has also heard what lies on and between the beats of each divides its belief among
 * them. Both were fitted on music of known tempo (test/bench/fitTempo.ts says on what).
 */
import type { TempoCandidate } from "../../shared/analysis";
import { refinePeriod } from "./lags";
import { kindFeatures, noteFeatures } from "./noteFeatures";
import { networkScore } from "./network";
import type { OnsetPeaks } from "./OnsetPeaks";
import { beatFeatures, repetitionFeatures, tempograms } from "./tempoFeatures";
import type { Tempograms } from "./tempoFeatures";
import { FIRST_WEIGHTS, TEMPO_NETWORK } from "./tempoModel";

const SLOWEST_BPM = 38;
const FASTEST_BPM = 260;
const STEP = 1.01;
/** Candidates nearer than this share of the tempo are the same. */
const SAME_TEMPO = 0.035;
/** Peaks of the first model that are heard, those of them whose multiples are, and how many in all. */
const PEAKS = 6;
const PEAKS_WITH_MULTIPLES = 2;
const MULTIPLES = [2, 1 / 2, 3 / 2, 2 / 3, 3, 1 / 3, 4 / 3, 3 / 4] as const;
const MOST_CANDIDATES = 12;

/** The tempos the search looks at, in BPM. */
export const TEMPO_GRID: readonly number[] = Array.from(
  { length: Math.floor(Math.log(FASTEST_BPM / SLOWEST_BPM) / Math.log(STEP)) + 1 },
  (_, i) => SLOWEST_BPM * Math.exp(i * Math.log(STEP)),
);

/** The likely tempos, strongest first, and the mean tempograms they were read from. */
export function tempoCandidates(peaks: OnsetPeaks): { candidates: TempoCandidate[]; grams: Tempograms } {
  const grams = tempograms(peaks);
  const tempos = likelyTempos((tempo) => firstScore(repetitionFeatures(grams, tempo)));
  const heard = candidateFeatures(peaks, grams, { tempos, firstScore });
  const scores = heard.map((features) => networkScore(TEMPO_NETWORK, features));
  const most = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - most));
  const all = shares.reduce((sum, share) => sum + share, 0);
  const candidates = tempos.map((tempo, i) => ({
    tempo: refined(tempo, grams),
    weight: (shares[i] ?? 0) / all,
  }));
  return { candidates: candidates.sort((a, b) => b.weight - a.weight), grams };
}

export interface Candidates {
  /** BPM. */
  tempos: readonly number[];
  /** The first model, of the repetition features. */
  firstScore: (features: readonly number[]) => number;
}

/** What the second model hears of each tempo. */
export function candidateFeatures(
  peaks: OnsetPeaks,
  grams: Tempograms,
  { tempos, firstScore }: Candidates,
): number[][] {
  const repetition = tempos.map((tempo) => repetitionFeatures(grams, tempo));
  const first = repetition.map(firstScore);
  const most = Math.max(...first);
  const kind = kindFeatures(peaks);
  return tempos.map((tempo, i) => [
    ...(repetition[i] ?? []),
    ...beatFeatures(peaks, grams, tempo),
    ...noteFeatures(peaks, tempo),
    ...kind,
    (first[i] ?? 0) - most,
  ]);
}

/** The strongest peaks of `score` over the grid, and the simple multiples of the very strongest. */
export function likelyTempos(score: (tempo: number) => number): number[] {
  const scores = TEMPO_GRID.map(score);
  const peaks = TEMPO_GRID.map((tempo, i) => ({ tempo, score: scores[i] ?? 0, i }))
    .filter(({ score, i }) => score >= (scores[i - 1] ?? -Infinity) && score > (scores[i + 1] ?? -Infinity))
    .sort((a, b) => b.score - a.score)
    .map(({ tempo }) => tempo);
  const found: number[] = [];
  const multiples = peaks.slice(0, PEAKS_WITH_MULTIPLES).flatMap((tempo) => MULTIPLES.map((m) => m * tempo));
  for (const tempo of [...peaks.slice(0, PEAKS), ...multiples]) {
    if (tempo < 0.98 * SLOWEST_BPM || tempo > 1.01 * FASTEST_BPM) continue;
    if (found.some((other) => Math.abs(other / tempo - 1) < SAME_TEMPO)) continue;
    if (found.length < MOST_CANDIDATES) found.push(tempo);
  }
  return found;
}

function refined(tempo: number, { lags, frameRate }: Tempograms): number {
  const [full] = lags;
  return full ? (60 * frameRate) / refinePeriod(full, (60 * frameRate) / tempo) : tempo;
}

function firstScore(features: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < features.length; i++) sum += (features[i] as number) * (FIRST_WEIGHTS[i] ?? 0);
  return sum;
}
