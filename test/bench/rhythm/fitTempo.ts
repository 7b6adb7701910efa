/** Fits the models of tempo and of the beat's place to examples, and how belief becomes confidence. */
import { PLACES, phaseFeatures } from "../../../src/analysis/rhythm/beatPhase";
import { setMarks } from "../../../src/analysis/rhythm/beatTimes";
import { asLoop, LONGEST_LOOP } from "../../../src/analysis/rhythm/loop";
import { calmStart, onsetPeaks } from "../../../src/analysis/rhythm/OnsetPeaks";
import type { OnsetPeaks } from "../../../src/analysis/rhythm/OnsetPeaks";
import { refinePeriod } from "../../../src/analysis/rhythm/lags";
import { repetitionOf } from "../../../src/analysis/rhythm/repetition";
import { candidateFeatures, likelyTempos, TEMPO_GRID } from "../../../src/analysis/rhythm/tempoCandidates";
import { repetitionFeatures, tempograms } from "../../../src/analysis/rhythm/tempoFeatures";
import type { Tempograms } from "../../../src/analysis/rhythm/tempoFeatures";
import { isTempo } from "../../accuracy/scores";
import type { Example } from "./examples";
import { fitNetwork, scoreOf } from "./fitModels";
import type { Choice, Network } from "./fitModels";
import { fitLogistic } from "./fitLogistic";

const INVENTED_WEIGHT = 0.05;
const INVENTED_PHASE_WEIGHT = 0.3;
const CUT_WEIGHT = 0.5;
const FIRST = { units: 0, epochs: 8, decay: 0.002 } as const;
const SECOND = { units: 8, epochs: 12, decay: 0.015 } as const;
const PHASE = { units: 0, epochs: 6, decay: 0.01, seed: 1 } as const;
/** Networks of other beginnings, whose mean is taken. */
const SEEDS = [1, 2, 3] as const;
/** The first model learns from every third tempo of the grid. */
const COARSE = 3;
const FOLDS = 3;
/** Beats: distance of the right place from the true beat, and how exact marks must be to learn from. */
const RIGHT_PLACE = 0.045;
const EXACT_MARKS = 0.12;

export interface Prepared {
  example: Example;
  peaks: OnsetPeaks;
  grams: Tempograms;
}

interface Heard extends Prepared {
  tempos: readonly number[];
  choice: Choice;
}

export interface Fitted {
  /** Weights of the repetition features. */
  first: number[];
  networks: Network[];
  phase: number[];
  calibration: { offset: number; belief: number; periodicity: number; shortness: number };
  /** Share of pieces left out of the fit that were right. */
  leftOut: number;
}

export function prepare(example: Example): Prepared {
  const { curves, seconds, frameRate } = example;
  const copy = { full: curves.full.slice(), bass: curves.bass.slice(), treble: curves.treble.slice() };
  calmStart(copy, frameRate);
  const peaks = onsetPeaks(seconds < LONGEST_LOOP ? asLoop(copy, seconds * frameRate) : copy, frameRate);
  return { example, peaks, grams: tempograms(peaks) };
}

export function fitAll(prepared: readonly Prepared[]): Fitted {
  const first = fitFirst(prepared);
  const firstScore = (features: readonly number[]) =>
    features.reduce((sum, value, i) => sum + value * (first[i] ?? 0), 0);
  const heard = prepared.map((one): Heard => {
    const { grams, peaks, example } = one;
    const tempos = likelyTempos((tempo) => firstScore(repetitionFeatures(grams, tempo)));
    const features = candidateFeatures(peaks, grams, { tempos, firstScore });
    const right = tempos.map((tempo) => isTempo(tempo, example.tempo));
    return { ...one, tempos, choice: { features, right, weight: weightOf(example, INVENTED_WEIGHT) } };
  });
  const networks = fitSecond(heard);
  const { calibration, leftOut } = fitCalibration(heard);
  return { first, networks, phase: fitPhase(prepared), calibration, leftOut };
}

function weightOf({ piece, isCut }: Example, invented: number): number {
  return piece === null ? invented : isCut ? CUT_WEIGHT / 2 : CUT_WEIGHT;
}

function fitFirst(prepared: readonly Prepared[]): number[] {
  const coarse = TEMPO_GRID.filter((_, i) => i % COARSE === 0);
  const choices = prepared.map(({ grams, example }) => ({
    features: coarse.map((tempo) => repetitionFeatures(grams, tempo)),
    right: coarse.map((tempo) => isTempo(tempo, example.tempo)),
    weight: weightOf(example, INVENTED_WEIGHT),
  }));
  return rawWeights(fitNetwork(choices, { ...FIRST, seed: 1 }));
}

/** Linear weights for features that are not scaled. */
function rawWeights({ linear, deviations }: Network): number[] {
  return linear.map((weight, i) => weight / (deviations[i] ?? 1));
}

function fitSecond(heard: readonly Heard[], seeds: readonly number[] = SEEDS): Network[] {
  const choices = heard.map(({ choice }) => choice);
  return seeds.map((seed) => fitNetwork(choices, { ...SECOND, seed }));
}

/** Belief in pieces that the networks never saw, and whether it was right. */
function fitCalibration(heard: readonly Heard[]): Pick<Fitted, "calibration" | "leftOut"> {
  const pieces = [...new Set(heard.flatMap(({ example }) => example.piece ?? []))].sort();
  const foldOf = ({ example }: Heard) =>
    example.piece === null ? -1 : pieces.indexOf(example.piece) % FOLDS;
  const rows: { features: number[]; right: boolean; weight: number; isCut: boolean }[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const networks = fitSecond(
      heard.filter((one) => foldOf(one) !== fold),
      SEEDS.slice(0, 2),
    );
    for (const one of heard) if (foldOf(one) === fold) rows.push(beliefRow(one, networks));
  }
  const [offset = 0, belief = 0, periodicity = 0, shortness = 0] = fitLogistic(rows);
  const whole = rows.filter(({ isCut }) => !isCut);
  const leftOut = whole.filter(({ right }) => right).length / whole.length;
  return { calibration: { offset, belief, periodicity, shortness }, leftOut };
}

function beliefRow(
  { choice, tempos, grams, example }: Heard,
  networks: readonly Network[],
): { features: number[]; right: boolean; weight: number; isCut: boolean } {
  const scores = choice.features.map(
    (row) => networks.reduce((sum, network) => sum + scoreOf(network, row), 0) / networks.length,
  );
  const most = Math.max(...scores);
  const best = scores.indexOf(most);
  const weight = 1 / scores.reduce((sum, score) => sum + Math.exp(score - most), 0);
  const clipped = Math.min(0.999, Math.max(0.001, weight));
  const { frameRate, lags } = grams;
  const { seconds, isCut } = example;
  const period = (60 * frameRate) / (tempos[best] ?? 120);
  const loop = seconds < LONGEST_LOOP;
  const { atBeats } = repetitionOf(lags[0] ?? new Float64Array(0), { period, frameRate, seconds, loop });
  return {
    features: [
      1,
      Math.log(clipped / (1 - clipped)),
      Math.min(0.6, atBeats),
      Math.max(0, Math.log(12 / seconds)),
    ],
    right: choice.right[best] ?? false,
    weight: weightOf(example, 0),
    isCut,
  };
}

function fitPhase(prepared: readonly Prepared[]): number[] {
  const choices = prepared.flatMap((one) => phaseChoice(one) ?? []);
  return rawWeights(fitNetwork(choices, PHASE));
}

function phaseChoice({ example, peaks, grams }: Prepared): Choice | null {
  const { beats, tempo, frameRate, seconds } = example;
  if (!beats || beats.length < 8 || seconds < LONGEST_LOOP) return null;
  const rough = (60 * frameRate) / tempo;
  const refined = refinePeriod(grams.lags[0] ?? new Float64Array(0), rough);
  const period = Math.abs(refined / rough - 1) < 0.02 ? refined : rough;
  const marks = setMarks(peaks, { periodAt: () => period, stability: "steady" });
  if (marks.length < 6) return null;
  const distances = Array.from({ length: PLACES }, (_, place) => {
    const times = marks.slice(1).map((mark, m) => {
      const before = marks[m] ?? 0;
      return (before + (place / PLACES) * (mark - before)) / frameRate - 0.007;
    });
    return times.reduce((sum, time) => sum + beatsFrom(time, beats, tempo), 0) / times.length;
  });
  const least = Math.min(...distances);
  if (least > EXACT_MARKS) return null;
  return {
    features: phaseFeatures(peaks, marks, tempo),
    right: distances.map((distance) => distance < least + RIGHT_PLACE),
    weight: weightOf(example, INVENTED_PHASE_WEIGHT),
  };
}

/** Distance to the nearest beat, in beats. */
function beatsFrom(time: number, beats: readonly number[], tempo: number): number {
  const nearest = beats.reduce((least, beat) => Math.min(least, Math.abs(beat - time)), Infinity);
  return Math.min(0.5, (nearest * tempo) / 60);
}
