/** The community's measures: tempo accuracy 1 and 2 (within 4 %), beats within 70 ms, key by MIREX weights. */
import { KEY_NAMES } from "../../src/shared/analysis";
import type { TonalResult } from "../../src/shared/analysis";

const TOLERANCE = 0.04;

/** Accuracy 1: the tempo as written. */
export function isTempo(found: number | null, truth: number): boolean {
  return found !== null && Math.abs(found / truth - 1) <= TOLERANCE;
}

/** Accuracy 2: also at its double, half, triple and third. */
export function isTempoOrOctave(found: number | null, truth: number): boolean {
  return [1, 2, 1 / 2, 3, 1 / 3].some((factor) => isTempo(found, truth * factor));
}

/** 1 for the key, 0.5 for a fifth off, 0.3 for the relative key, 0.2 for the parallel one, else 0. `truth`: "Eb minor". */
export function keyScore(found: Pick<TonalResult, "key" | "mode">, truth: string): number {
  const [name = "", mode = ""] = truth.split(" ");
  if (found.key === null || found.mode === null) return 0;
  const interval = (KEY_NAMES.indexOf(found.key) - pitchClass(name) + 12) % 12;
  if (found.mode === mode) return interval === 0 ? 1 : interval === 5 || interval === 7 ? 0.5 : 0;
  if (interval === 0) return 0.2;
  return interval === (mode === "major" ? 9 : 3) ? 0.3 : 0;
}

/** The same for a key as text; null scores 0. */
export function keyScoreOf(found: string | null, truth: string): number {
  const [name = "", mode] = (found ?? "").split(" ");
  const key = found === null ? null : (KEY_NAMES[pitchClass(name)] ?? null);
  return keyScore({ key, mode: mode === "major" || mode === "minor" ? mode : null }, truth);
}

/** 0 for C; takes sharps and flats ("C#", "Eb"). */
export function pitchClass(name: string): number {
  const natural = KEY_NAMES.findIndex((key) => key === name.slice(0, 1));
  return (natural + (name.endsWith("#") ? 1 : name.endsWith("b") ? 11 : 0)) % 12;
}

/** Seconds, as in mir_eval.beat.f_measure. */
const BEAT_WINDOW = 0.07;

/** F-measure of beat times in seconds, ascending: each beat may match one other, not further than 70 ms away. */
export function beatFMeasure(found: readonly number[], truth: readonly number[]): number {
  let matches = 0;
  // With one window for all, taking the earliest that fits is a largest matching.
  for (let i = 0, j = 0; i < found.length && j < truth.length;) {
    const late = (found[i] ?? 0) - (truth[j] ?? 0);
    if (Math.abs(late) <= BEAT_WINDOW) {
      matches++;
      i++;
      j++;
    } else if (late < 0) i++;
    else j++;
  }
  const both = found.length + truth.length;
  return both === 0 ? 0 : (2 * matches) / both;
}
