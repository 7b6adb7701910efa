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
/** Distances counted: enough to know how notes follow each other; and the first (in frames) that is too long to count. */
const MOST_DISTANCES = 2000;
const TOO_LONG = 1024;
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
  /** Where something begins, in each curve. */
  onsets: Readonly<Record<keyof Curves, Onsets>>;
  /** Of the signal, once. */
  seconds: number;
}

export interface Onsets {
  /** Onsets a second. */
  rate: number;
  /** How many of the first 2000 have this many frames to the next, up to ten seconds … */
  distances: Uint16Array;
  /** … and how many there are of any length. */
  count: number;
}

/** Works in place: the curves are not usable afterwards. `seconds` of the signal, once where it is a loop. */
export function onsetPeaks({ full, bass, treble }: Curves, frameRate: number, seconds: number): OnsetPeaks {
  const reach = Math.round(LOCAL_MEAN_SECONDS * frameRate);
  for (const curve of [full, bass, treble]) standOut(curve, reach);
  const wholeScale = 1 / Math.max(LEAST_DEVIATION, deviation(full));
  const bassScale = BASS_SHARE / Math.max(LEAST_DEVIATION, deviation(bass));
  const strength = full.map((value, i) => value * wholeScale + (bass[i] as number) * bassScale);
  const onsets = {
    full: onsetsIn(full, frameRate),
    bass: onsetsIn(bass, frameRate),
    treble: onsetsIn(treble, frameRate),
  };
  return { frameRate, full, bass, treble, strength, onsets, seconds };
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

function onsetsIn(curve: Float32Array, frameRate: number): Onsets {
  const threshold = ONSET_SHARE * Math.max(LEAST_DEVIATION, deviation(curve));
  const apart = Math.round(ONSET_APART_SECONDS * frameRate);
  const distances = new Uint16Array(TOO_LONG);
  let count = 0;
  let last = 0;
  for (let i = 0; i < curve.length; i++) {
    if ((curve[i] as number) <= threshold || !isHighest(curve, i, apart)) continue;
    // What is beyond the array is not kept.
    if (count > 0 && count <= MOST_DISTANCES) distances[i - last] = (distances[i - last] ?? 0) + 1;
    count++;
    last = i;
  }
  const rate = curve.length > 0 ? (count * frameRate) / curve.length : 0;
  return { rate, distances, count: Math.min(MOST_DISTANCES, Math.max(0, count - 1)) };
}

/** Highest within `reach` on both sides; of equals the last. */
function isHighest(values: Float32Array, at: number, reach: number): boolean {
  const value = values[at] as number;
  for (let d = 1; d <= reach; d++) {
    if ((values[at - d] ?? 0) > value || (values[at + d] ?? 0) >= value) return false;
  }
  return true;
}
