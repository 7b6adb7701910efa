/** Loudness over time, compact enough to be kept for hours of sound (144 kB an hour). */

/** Momentary and short-term loudness, one value of each a step; the value at `i` is of the window that ends at `(i + 1) * step`. */
export interface LoudnessCurve {
  /** Seconds: 0.1. */
  step: number;
  /** Hundredths of a LUFS over the last 400 ms; {@link SILENT} where there is nothing. */
  momentary: Int16Array;
  /** Hundredths of a LUFS over the last 3 s; {@link SILENT} where there is nothing. */
  shortTerm: Int16Array;
}

/** Stands for silence in a {@link LoudnessCurve}: no sound is that quiet. */
export const SILENT = -32768;

/** The lowest loudness that is told from silence, in hundredths of a LUFS. */
const LOWEST = -32767;

/** A loudness (LUFS, null for silence) as a {@link LoudnessCurve} keeps it. */
export function curveValue(loudness: number | null): number {
  return loudness === null ? SILENT : Math.max(LOWEST, Math.min(32767, Math.round(loudness * 100)));
}
