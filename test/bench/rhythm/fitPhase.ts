/** Fits the model of the beat's place between evenly set marks. */
import { PLACES, phaseFeatures } from "../../../src/analysis/rhythm/beatPhase";
import { setMarks } from "../../../src/analysis/rhythm/beatTimes";
import { refinePeriod } from "../../../src/analysis/rhythm/lags";
import { LONGEST_LOOP } from "../../../src/analysis/rhythm/loop";
import { fitNetwork } from "./fitModels";
import type { Choice, Network } from "./fitModels";
import type { Prepared } from "./fitTempo";

const PHASE = { units: 8, epochs: 8, decay: 0.005 } as const;
const SEEDS = [1, 2, 3] as const;
const WEIGHTS = { invented: 0.3, piece: 0.5, cut: 0.25 } as const;
/** Beats: distance of the right place from the true beat, and how exact marks must be to learn from. */
const RIGHT_PLACE = 0.045;
const EXACT_MARKS = 0.12;

export function fitPhase(choices: readonly Choice[]): Network[] {
  return SEEDS.map((seed) => fitNetwork(choices, { ...PHASE, seed }));
}

/** The places from one mark to the next, and which of them is the beat; null where it can't be learnt from. */
export function phaseChoice({ example, peaks, grams, skipped }: Prepared): Choice | null {
  const { beats, tempo, frameRate, seconds, piece, isCut } = example;
  if (!beats || beats.length < 8 || seconds < LONGEST_LOOP) return null;
  const rough = (60 * frameRate) / tempo;
  const refined = refinePeriod(grams.lags[0] ?? new Float64Array(0), rough);
  const period = Math.abs(refined / rough - 1) < 0.02 ? refined : rough;
  const marks = setMarks(peaks, { periodAt: () => period, stability: "steady" });
  if (marks.length < 6) return null;
  const distances = Array.from({ length: PLACES }, (_, place) => {
    const times = marks.slice(1).map((mark, m) => {
      const before = marks[m] ?? 0;
      return (before + (place / PLACES) * (mark - before)) / frameRate + skipped - 0.007;
    });
    return times.reduce((sum, time) => sum + beatsFrom(time, beats, tempo), 0) / times.length;
  });
  const least = Math.min(...distances);
  if (least > EXACT_MARKS) return null;
  return {
    features: phaseFeatures(peaks, marks, tempo).map((row) => Float32Array.from(row)),
    right: distances.map((distance) => distance < least + RIGHT_PLACE),
    weight: piece === null ? WEIGHTS.invented : isCut ? WEIGHTS.cut : WEIGHTS.piece,
  };
}

/** Distance to the nearest beat, in beats. */
function beatsFrom(time: number, beats: readonly number[], tempo: number): number {
  const nearest = beats.reduce((least, beat) => Math.min(least, Math.abs(beat - time)), Infinity);
  return Math.min(0.5, (nearest * tempo) / 60);
}
