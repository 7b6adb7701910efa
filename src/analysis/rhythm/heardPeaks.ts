/**
 * From curves to peaks: silence before and behind is left out, so that it changes no tempo, the start out of
 * silence is calmed, and what is short is heard as a loop.
 */
import { asLoop, LONGEST_LOOP } from "./loop";
import type { Curves } from "./OnsetCurves";
import { calmStart, onsetPeaks } from "./OnsetPeaks";
import type { OnsetPeaks } from "./OnsetPeaks";

/** The sound begins and ends where the curve first and last has this share of its deviation … */
const HEARD = 0.5;
/** … and is kept with so many seconds before and behind … */
const ASIDE_SECONDS = 0.5;
/** … if at least so many are left out by that. */
const LEAST_SILENCE = 1;

export interface HeardPeaks {
  peaks: OnsetPeaks;
  /** Seconds left out before the peaks. */
  skipped: number;
  /** The peaks are those of a loop, again and again. */
  loop: boolean;
}

/** Works in place: the curves are not usable afterwards. `seconds` of the whole signal. */
export function heardPeaks(curves: Curves, frameRate: number, seconds: number): HeardPeaks {
  if (seconds < LONGEST_LOOP) {
    calmStart(curves, frameRate);
    const peaks = onsetPeaks(asLoop(curves, seconds * frameRate), frameRate, seconds);
    return { peaks, skipped: 0, loop: true };
  }
  const [from, to] = soundingFrames(curves.full, frameRate);
  const part = (curve: Float32Array) => curve.subarray(from, to);
  const sounding = { full: part(curves.full), bass: part(curves.bass), treble: part(curves.treble) };
  calmStart(sounding, frameRate);
  const heard = sounding.full.length / frameRate;
  return { peaks: onsetPeaks(sounding, frameRate, heard), skipped: from / frameRate, loop: false };
}

/** From and to (exclusive) which frame there is sound. */
function soundingFrames(full: Float32Array, frameRate: number): [from: number, to: number] {
  let power = 0;
  for (const value of full) power += value * value;
  const least = HEARD * Math.sqrt(power / Math.max(1, full.length));
  let first = 0;
  while (first < full.length && (full[first] as number) < least) first++;
  let last = full.length - 1;
  while (last > first && (full[last] as number) < least) last--;
  const aside = Math.round(ASIDE_SECONDS * frameRate);
  const from = Math.max(0, first - aside);
  const to = Math.min(full.length, last + 1 + aside);
  const isWorthIt = full.length - (to - from) >= LEAST_SILENCE * frameRate;
  return isWorthIt ? [from, to] : [0, full.length];
}
