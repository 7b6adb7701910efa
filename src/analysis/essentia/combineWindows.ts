/**
 * From essentia.js' values of windows to those of the file. One window is the file, and its values stand as they
 * are. Of several: the tempo and the key that most of the file agrees on, loudness gated over all of it, and
 * means by seconds for everything else. Windows without a value (silence) have no say.
 */
import type { EssentiaResult, KeyName, Mode } from "../../shared/analysis";
import type { MissingReason } from "../../shared/codes";
import type { Extracted } from "../Extracted";
import { integratedLoudness, loudnessRange, powerOf } from "../loudness/gating";
import type {
  Answers,
  EssentiaWindow,
  SpectralMeans,
  WindowKey,
  WindowLoudness,
  WindowRhythm,
  WindowValues,
} from "./windows";

/** Tempi within 4 % are the same tempo, as in the scoring of tempo estimation. */
const SAME_TEMPO = 0.04;

interface Heard<T> {
  value: T;
  seconds: number;
}

type Part<K extends keyof EssentiaResult> = Pick<EssentiaResult, K>;

/** The values of a file; none of `windows` is shorter than what can be measured. */
export function combineWindows(windows: readonly EssentiaWindow[]): Extracted<EssentiaResult> {
  const missing: Extracted<EssentiaResult>["missing"] = {};
  const part = <V extends keyof WindowValues, K extends keyof EssentiaResult>(
    name: V,
    combine: (heard: Heard<WindowValues[V]>[]) => Part<K>,
    nothing: Part<K>,
  ): Part<K> => {
    const { heard, reason } = heardOf(windows, name);
    if (heard.length > 0) return combine(heard);
    for (const key of Object.keys(nothing) as K[]) missing[key] = reason;
    return nothing;
  };
  const values: EssentiaResult = {
    ...part("rhythm", tempoOf, { tempo: null, confidence: null }),
    ...part("key", keyOf, { key: null, mode: null, keyStrength: null }),
    ...part("danceability", (heard) => ({ danceability: mean(heard) }), { danceability: null }),
    ...part("dynamicComplexity", (heard) => ({ dynamicComplexity: mean(heard) }), {
      dynamicComplexity: null,
    }),
    ...part("loudness", loudnessOf, { loudness: null, loudnessRange: null }),
    ...part("centroid", (heard) => ({ centroid: mean(heard) }), { centroid: null }),
    ...part("spectral", spectralOf, { rolloff: null, flatness: null, zeroCrossingRate: null, mfcc: null }),
  };
  return { values, missing };
}

function heardOf<V extends keyof WindowValues>(
  windows: readonly EssentiaWindow[],
  name: V,
): { heard: Heard<WindowValues[V]>[]; reason: MissingReason } {
  const heard: Heard<WindowValues[V]>[] = [];
  let reason: MissingReason | null = null;
  for (const window of windows) {
    const answer = (window as Answers)[name];
    if (typeof answer === "string") reason ??= answer;
    else heard.push({ value: answer as WindowValues[V], seconds: window.seconds });
  }
  return { heard, reason: reason ?? "tooShort" };
}

/** The tempo with the most seconds × confidence behind it, averaged over the windows that have it. */
function tempoOf(heard: readonly Heard<WindowRhythm>[]): Part<"tempo" | "confidence"> {
  const support = ({ value, seconds }: Heard<WindowRhythm>): number => seconds * value.confidence;
  const groups = heard.map((one) =>
    heard.filter(({ value }) => Math.abs(value.tempo / one.value.tempo - 1) <= SAME_TEMPO),
  );
  const [group = []] = groups.sort((a, b) => sum(b.map(support)) - sum(a.map(support)));
  return {
    tempo: mean(group.map(({ value, seconds }) => ({ value: value.tempo, seconds }))),
    confidence: mean(heard.map(({ value, seconds }) => ({ value: value.confidence, seconds }))),
  };
}

/** The key with the most seconds × strength behind it; its strength is its part of all seconds. */
function keyOf(heard: readonly Heard<WindowKey>[]): Part<"key" | "mode" | "keyStrength"> {
  const votes = new Map<string, { key: KeyName; mode: Mode; strengths: Heard<number>[] }>();
  for (const { value, seconds } of heard) {
    const { key, mode, strength } = value;
    const vote = votes.get(`${key} ${mode}`) ?? { key, mode, strengths: [] };
    vote.strengths.push({ value: strength, seconds });
    votes.set(`${key} ${mode}`, vote);
  }
  const weight = ({ strengths }: { strengths: Heard<number>[] }): number =>
    sum(strengths.map(({ value, seconds }) => value * seconds));
  const [winner] = [...votes.values()].sort((a, b) => weight(b) - weight(a));
  if (!winner) return { key: null, mode: null, keyStrength: null };
  const { key, mode } = winner;
  return { key, mode, keyStrength: weight(winner) / sum(heard.map(({ seconds }) => seconds)) };
}

function loudnessOf(heard: readonly Heard<WindowLoudness>[]): Part<"loudness" | "loudnessRange"> {
  const [first] = heard;
  if (first && heard.length === 1) {
    return { loudness: first.value.integrated, loudnessRange: first.value.range };
  }
  return {
    loudness: integratedLoudness(powers(heard.map(({ value }) => value.momentary))),
    loudnessRange: loudnessRange(powers(heard.map(({ value }) => value.shortTerm))),
  };
}

/** Weighted mean squares, in one piece, of loudness in LUFS. */
function powers(parts: readonly Float32Array[]): Float64Array {
  return Float64Array.from(
    parts.flatMap((part) => [...part]),
    powerOf,
  );
}

function spectralOf(
  heard: readonly Heard<SpectralMeans>[],
): Part<"rolloff" | "flatness" | "zeroCrossingRate" | "mfcc"> {
  const of = (pick: (means: SpectralMeans) => number): number =>
    mean(heard.map(({ value, seconds }) => ({ value: pick(value), seconds })));
  return {
    rolloff: of((means) => means.rolloff),
    flatness: of((means) => means.flatness),
    zeroCrossingRate: of((means) => means.zeroCrossingRate),
    mfcc: (heard[0]?.value.mfcc ?? []).map((_, k) => of(({ mfcc }) => mfcc[k] ?? 0)),
  };
}

/** Mean by seconds; one value stays what it is to the last bit. */
function mean(heard: readonly Heard<number>[]): number {
  const [only] = heard;
  if (only && heard.length === 1) return only.value;
  return sum(heard.map(({ value, seconds }) => value * seconds)) / sum(heard.map(({ seconds }) => seconds));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
