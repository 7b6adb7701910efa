/** Fits the models of tempo to examples, and how belief becomes confidence. */
import { heardPeaks } from "../../../src/analysis/rhythm/heardPeaks";
import { LONGEST_LOOP } from "../../../src/analysis/rhythm/loop";
import type { OnsetPeaks } from "../../../src/analysis/rhythm/OnsetPeaks";
import { repetitionOf } from "../../../src/analysis/rhythm/repetition";
import { candidateFeatures, likelyTempos, TEMPO_GRID } from "../../../src/analysis/rhythm/tempoCandidates";
import { repetitionFeatures, tempograms } from "../../../src/analysis/rhythm/tempoFeatures";
import type { Tempograms } from "../../../src/analysis/rhythm/tempoFeatures";
import { isTempo, isTempoOrOctave } from "../../accuracy/scores";
import type { Example } from "./examples";
import { fitLogistic } from "./fitLogistic";
import { fitNetwork, scoreOf } from "./fitModels";
import type { Choice, Network } from "./fitModels";

const FIRST = { units: 0, epochs: 8, decay: 0.002, seed: 1 } as const;
const SECOND = { units: 24, epochs: 12, decay: 0.0015, hidden: 0.1 } as const;
/** What an invented piece, a real one and a cut of a real one weigh. */
const WEIGHTS = { invented: 0.1, piece: 0.25, cut: 0.125 } as const;
/** Networks of other beginnings, whose mean is taken. */
const SEEDS = [1, 2, 3, 4, 5] as const;
/** So many of them say what is left out: enough, and sooner done. */
const LEFT_OUT_SEEDS = 3;
/** The first model learns from every third tempo of the grid. */
const COARSE = 3;
const FOLDS = 4;
/** Odd: neighbours in the alphabet are in different folds. */
const KINDS_APART = 7919;

/** An example made ready, as the measurement does it. */
export interface Prepared {
  example: Example;
  peaks: OnsetPeaks;
  /** Seconds before the peaks begin. */
  skipped: number;
  grams: Tempograms;
}

/** An example with the tempos that the first model names, and what the second hears of them. */
export interface Heard {
  example: Example;
  choice: Choice;
  /** Which tempos are right or its double, half, triple or third. */
  octave: readonly boolean[];
  /** What repeats at the beats of each. */
  atBeats: readonly number[];
  /** Of what sounds. */
  seconds: number;
}

export function prepare(example: Example): Prepared {
  const { curves, seconds, frameRate } = example;
  const copy = { full: curves.full.slice(), bass: curves.bass.slice(), treble: curves.treble.slice() };
  const { peaks, skipped } = heardPeaks(copy, frameRate, seconds);
  return { example, peaks, skipped, grams: tempograms(peaks) };
}

function weightOf({ piece, isCut, share = 1 }: Example): number {
  return piece === null ? share * WEIGHTS.invented : isCut ? WEIGHTS.cut : WEIGHTS.piece;
}

/** Weights of the repetition features in the first model. */
export function fitFirst(prepared: readonly Prepared[]): number[] {
  const coarse = TEMPO_GRID.filter((_, i) => i % COARSE === 0);
  const choices = prepared.map(({ grams, example }) => ({
    features: coarse.map((tempo) => repetitionFeatures(grams, tempo)),
    right: coarse.map((tempo) => isTempo(tempo, example.tempo)),
    weight: 1,
  }));
  const { linear, deviations } = fitNetwork(choices, FIRST);
  return linear.map((weight, i) => weight / (deviations[i] ?? 1));
}

/** What the second model is fitted on. */
export function hear({ peaks, grams, example }: Prepared, first: readonly number[]): Heard {
  const firstScore = (features: readonly number[]) =>
    features.reduce((sum, value, i) => sum + value * (first[i] ?? 0), 0);
  const tempos = likelyTempos((tempo) => firstScore(repetitionFeatures(grams, tempo)));
  const features = candidateFeatures(peaks, grams, { tempos, firstScore });
  const { frameRate, lags } = grams;
  const loop = example.seconds < LONGEST_LOOP;
  const repeating = { frameRate, seconds: peaks.seconds, loop };
  return {
    example,
    choice: {
      features: features.map((row) => Float32Array.from(row)),
      right: tempos.map((tempo) => isTempo(tempo, example.tempo)),
      weight: weightOf(example),
    },
    octave: tempos.map((tempo) => isTempoOrOctave(tempo, example.tempo)),
    seconds: peaks.seconds,
    atBeats: tempos.map(
      (tempo) =>
        repetitionOf(lags[0] ?? new Float64Array(0), { ...repeating, period: (60 * frameRate) / tempo })
          .atBeats,
    ),
  };
}

export function fitSecond(heard: readonly Heard[], seeds: readonly number[] = SEEDS): Network[] {
  const choices = heard.map(({ choice }) => choice);
  return seeds.map((seed) => fitNetwork(choices, { ...SECOND, seed }));
}

/** What the networks say of an example. */
export interface Answered {
  example: Example;
  isRight: boolean;
  isOctave: boolean;
  /** What speaks for being right, as in confidence.ts; the first is 1. */
  features: number[];
}

export function answered(
  { choice, example, octave, atBeats, seconds }: Heard,
  networks: readonly Network[],
): Answered {
  const scores = choice.features.map(
    (row) => networks.reduce((sum, network) => sum + scoreOf(network, row), 0) / networks.length,
  );
  const most = Math.max(...scores);
  const best = scores.indexOf(most);
  const weight = 1 / scores.reduce((sum, score) => sum + Math.exp(score - most), 0);
  const clipped = Math.min(0.999, Math.max(0.001, weight));
  return {
    example,
    isRight: choice.right[best] ?? false,
    isOctave: octave[best] ?? false,
    features: [
      1,
      Math.log(clipped / (1 - clipped)),
      Math.min(0.6, atBeats[best] ?? 0),
      Math.max(0, Math.log(12 / seconds)),
    ],
  };
}

/** What networks that never heard a piece say of it: those fitted on all invented and the other real pieces. */
export function leftOutAnswers(invented: readonly Heard[], real: readonly Heard[]): Answered[] {
  const pieces = [...new Set(real.map(({ example }) => example.piece ?? ""))].sort();
  const foldOf = ({ example }: Heard) => pieces.indexOf(example.piece ?? "") % FOLDS;
  return Array.from({ length: FOLDS }, (_, fold) => {
    const learnt = [...invented, ...real.filter((one) => foldOf(one) !== fold)];
    const networks = fitSecond(learnt, SEEDS.slice(0, LEFT_OUT_SEEDS));
    return real.filter((one) => foldOf(one) === fold).map((one) => answered(one, networks));
  }).flat();
}

/** What networks that never heard a kind of invented music say of it. */
export function leftOutKinds(invented: readonly Heard[]): Answered[] {
  const kinds = [...new Set(invented.flatMap(({ example }) => example.genre?.split(":")[0] ?? []))].sort();
  const foldOf = ({ example: { genre } }: Heard) =>
    genre === undefined ? -1 : (kinds.indexOf(genre.split(":")[0] ?? "") * KINDS_APART) % FOLDS;
  return Array.from({ length: FOLDS }, (_, fold) => {
    const learnt = invented.filter((one) => foldOf(one) !== fold);
    const networks = fitSecond(learnt, SEEDS.slice(0, LEFT_OUT_SEEDS));
    return invented.filter((one) => foldOf(one) === fold).map((one) => answered(one, networks));
  }).flat();
}

function realWeight({ isCut }: Example): number {
  return isCut ? 0.5 : 1;
}

export interface Calibration {
  offset: number;
  belief: number;
  periodicity: number;
  shortness: number;
}

/** Real and invented music count as much in all; both are pieces that were left out. */
export function fitCalibration(real: readonly Answered[], invented: readonly Answered[]): Calibration {
  const share = real.reduce((sum, { example }) => sum + realWeight(example), 0) / invented.length;
  const rows = [...real, ...invented].map(({ features, isRight, example }) => ({
    features,
    right: isRight,
    weight: example.piece === null ? share : realWeight(example),
  }));
  const [offset = 0, belief = 0, periodicity = 0, shortness = 0] = fitLogistic(rows);
  return { offset, belief, periodicity, shortness };
}

/** How often answers are right, by tenths of their confidence. */
export function calibrationLines(
  answers: readonly Answered[],
  { offset, belief, periodicity, shortness }: Calibration,
): string[] {
  const weights = [offset, belief, periodicity, shortness];
  const told = answers.map(({ features, isRight, example }) => {
    const logit = features.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
    return { confidence: 1 / (1 + Math.exp(-logit)), isRight, isReal: example.piece !== null };
  });
  return Array.from({ length: 10 }, (_, tenth) => {
    const [real, invented] = [true, false].map((wanted) => {
      const here = told.filter((one) => one.isReal === wanted && Math.floor(10 * one.confidence) === tenth);
      return `${here.filter(({ isRight }) => isRight).length} of ${here.length}`;
    });
    return `confidence from 0.${tenth}: right in ${real ?? ""} real, ${invented ?? ""} invented`;
  });
}
