/** The onset curves made ready: what stands out, at one scale, and how dense the onsets are. */
import type { Curves } from "./OnsetCurves";

/** An onset counts by what it has over the mean within this distance. */
const LOCAL_MEAN_SECONDS = 0.5;
/** So long after the start the rise out of nothing may last; it counts up to so many deviations of the rest. */
const START_SECONDS = 0.05;
const START_DEVIATIONS = 3;
/** Share of the curve's deviation above which a peak is an onset, and how far apart onsets are. */
const ONSET_SHARE = 0.5;
const ONSET_APART_SECONDS = 0.03;
/** How much the bass weighs beside the whole in what beats are set on. */
const BASS_SHARE = 0.3;
/** Deviations this small are no onsets but a noise floor. */
const LEAST_DEVIATION = 1e-3;

export interface OnsetPeaks {
  /** Values a second. */
  frameRate: number;
  full: Float32Array;
  bass: Float32Array;
  treble: Float32Array;
  /** The full curve and some of the bass, each by its deviation: what beats are set on. */
  strength: Float32Array;
  /** Onsets a second. */
  onsetRate: number;
}

/** Works in place: the curves are not usable afterwards. */
export function onsetPeaks({ full, bass, treble }: Curves, frameRate: number): OnsetPeaks {
  const reach = Math.round(LOCAL_MEAN_SECONDS * frameRate);
  for (const curve of [full, bass, treble]) standOut(curve, reach);
  const wholeScale = 1 / Math.max(LEAST_DEVIATION, deviation(full));
  const bassScale = BASS_SHARE / Math.max(LEAST_DEVIATION, deviation(bass));
  const strength = full.map((value, i) => value * wholeScale + (bass[i] as number) * bassScale);
  return { frameRate, full, bass, treble, strength, onsetRate: onsetRate(full, frameRate) };
}

/** Makes the start out of silence an onset like others, where it is the greatest of all; in place. */
export function calmStart({ full, bass, treble }: Curves, frameRate: number): void {
  for (const curve of [full, bass, treble]) capStart(curve, Math.round(START_SECONDS * frameRate));
}

function capStart(curve: Float32Array, frames: number): void {
  const start = curve.subarray(0, frames);
  const most = START_DEVIATIONS * deviation(curve.subarray(frames));
  const highest = start.reduce((a, b) => Math.max(a, b), 0);
  if (highest <= most) return;
  for (let i = 0; i < start.length; i++) start[i] = (start[i] as number) * (most / highest);
}

/** Root mean square. */
function deviation(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / Math.max(1, values.length));
}

/** Leaves of `curve` what is over its local mean, lightly smoothed, so that no tempo falls between frames. */
function standOut(curve: Float32Array, reach: number): void {
  const size = 2 * reach + 1;
  const raw = new Float32Array(size);
  let sum = 0;
  for (let i = 0; i < Math.min(reach, curve.length); i++) sum += curve[i] as number;
  for (let i = 0; i < curve.length; i++) {
    sum += curve[i + reach] ?? 0;
    const value = curve[i] as number;
    // What left the reach was overwritten; the ring still has it.
    if (i > reach) sum -= raw[(i - reach - 1) % size] as number;
    raw[i % size] = value;
    const count = Math.min(curve.length, i + reach + 1) - Math.max(0, i - reach);
    curve[i] = Math.max(0, value - sum / count);
  }
  let before = 0;
  for (let i = 0; i < curve.length; i++) {
    const value = curve[i] as number;
    curve[i] = (before + 2 * value + (curve[i + 1] ?? 0)) / 4;
    before = value;
  }
}

function onsetRate(full: Float32Array, frameRate: number): number {
  const threshold = ONSET_SHARE * Math.max(LEAST_DEVIATION, deviation(full));
  const apart = Math.round(ONSET_APART_SECONDS * frameRate);
  let count = 0;
  for (let i = 0; i < full.length; i++) {
    if ((full[i] as number) > threshold && isHighest(full, i, apart)) count++;
  }
  return full.length > 0 ? (count * frameRate) / full.length : 0;
}

/** Highest within `reach` on both sides; of equals the last. */
function isHighest(values: Float32Array, at: number, reach: number): boolean {
  const value = values[at] as number;
  for (let d = 1; d <= reach; d++) {
    if ((values[at - d] ?? 0) > value || (values[at + d] ?? 0) >= value) return false;
  }
  return true;
}
