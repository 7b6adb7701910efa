/**
 * What Playlista says where essentia.js measures the same thing, and whether the two disagree. Values that only
 * share a name (the centroid of another spectrum, a confidence on another scale) are not set side by side.
 */
import type { Analysis } from "../../shared/analysis";
import { formatNumber } from "../../shared/format";
import { missingWords } from "./missing";

export interface Beside {
  /** "ours: 124.0", or "differs from ours: 124.0". */
  text: string;
  differs: boolean;
}

/** Two tempi further apart than this are two tempi, as in the scoring of tempo estimation. */
const TEMPO_SHARE = 0.04;
const LOUDNESS_LU = 0.5;
/** Tolerance of EBU Tech 3342. */
const RANGE_LU = 1;
const ROLLOFF_SHARE = 0.1;

/** Null where there is nothing of ours to compare with. */
export function besideOurs(analysis: Analysis, path: string): Beside | null {
  const { essentia, rhythm, tonal, loudness, spectral } = analysis;
  switch (path) {
    case "essentia.tempo":
      return numbers(analysis, "rhythm.tempo", [essentia?.tempo, rhythm?.tempo, 1], within(TEMPO_SHARE));
    case "essentia.key":
      return keys(analysis, nameOf(essentia), nameOf(tonal));
    case "essentia.loudness":
      return numbers(
        analysis,
        "loudness.integrated",
        [essentia?.loudness, loudness?.integrated, 1],
        closer(LOUDNESS_LU),
      );
    case "essentia.loudnessRange":
      return numbers(
        analysis,
        "loudness.range",
        [essentia?.loudnessRange, loudness?.range, 1],
        closer(RANGE_LU),
      );
    case "essentia.rolloff":
      return numbers(
        analysis,
        "spectral.rolloff85",
        [essentia?.rolloff, spectral?.rolloff85?.mean, 0],
        within(ROLLOFF_SHARE),
      );
    default:
      return null;
  }
}

type Agree = (theirs: number, ours: number) => boolean;

function within(share: number): Agree {
  return (theirs, ours) => Math.abs(theirs / ours - 1) <= share;
}

function closer(distance: number): Agree {
  return (theirs, ours) => Math.abs(theirs - ours) <= distance;
}

type Maybe<T> = T | null | undefined;

function numbers(
  analysis: Analysis,
  path: Parameters<typeof missingWords>[1],
  [theirs, ours, decimals]: [Maybe<number>, Maybe<number>, number],
  agree: Agree,
): Beside {
  const text = typeof ours === "number" ? formatNumber(ours, decimals) : missingWords(analysis, path);
  const isSame = typeof ours === "number" && typeof theirs === "number" && agree(theirs, ours);
  return beside(text, typeof theirs === "number" && !isSame);
}

function keys(analysis: Analysis, theirs: string | null, ours: string | null): Beside {
  return beside(ours ?? missingWords(analysis, "tonal.key"), theirs !== null && theirs !== ours);
}

function nameOf(of: Maybe<{ key: string | null; mode: string | null }>): string | null {
  return of?.key && of.mode ? `${of.key} ${of.mode}` : null;
}

function beside(text: string, differs: boolean): Beside {
  return { text: `${differs ? "differs from ours" : "ours"}: ${text}`, differs };
}
