/**
 * Which of the places between evenly set marks is the beat: beats set by strength alone may lie on loud off-beats.
 * All marks are laid over each other, and a small network says from what sounds at each place, before and after it
 * and from mark to mark, how like a beat it is.
 */
import { networkScore } from "./network";
import type { OnsetPeaks } from "./OnsetPeaks";
import { highestNear, patternOf } from "./patternOf";
import { PHASE_NETWORK } from "./phaseModel";

/** Places looked at from one mark to the next. */
export const PLACES = 24;
/** At these places after a place the curves are read: 0, 1/8, 1/4, 1/3, 1/2, 2/3, 3/4 and 7/8 of a beat. */
const AFTER = [0, 3, 6, 8, 12, 16, 18, 21] as const;
/** So much of the middle is looked at. */
const LONGEST_SECONDS = 180;
/** A curve counts as silent below this. */
const FLOOR = 0.02;
/** The first onset is the first of this share of the curve's deviation. */
const FIRST_ONSET = 0.8;

/** How far after each mark (as share of the way to the next, 0 – 1) the beat lies. `marks` are frames. */
export function beatPhase(peaks: OnsetPeaks, marks: readonly number[], tempo: number): number {
  const scores = phaseFeatures(peaks, marks, tempo).map((features) => networkScore(PHASE_NETWORK, features));
  return scores.indexOf(Math.max(...scores)) / PLACES;
}

/** What speaks for each of the places. */
export function phaseFeatures(peaks: OnsetPeaks, marks: readonly number[], tempo: number): number[][] {
  const middle = middleOf(marks, LONGEST_SECONDS * peaks.frameRate);
  const folded = [peaks.full, peaks.bass, peaks.treble].map((curve) => fold(curve, middle));
  const first = firstOnset(peaks.full);
  return Array.from({ length: PLACES }, (_, place) => {
    const features = folded.flatMap(({ rows, profile }) => [
      ...around(profile, place),
      ...patternOf(rows[place] ?? []),
    ]);
    return [...features, distanceTo(first, marks, place / PLACES), Math.log2(tempo / 120)];
  });
}

function middleOf(marks: readonly number[], longest: number): readonly number[] {
  const begin = ((marks[0] ?? 0) + (marks.at(-1) ?? 0) - longest) / 2;
  return marks.filter((mark) => mark >= begin && mark <= begin + longest);
}

interface Folded {
  /** For each place the curve's values, mark after mark … */
  rows: number[][];
  /** … and their means. */
  profile: number[];
}

function fold(curve: Float32Array, marks: readonly number[]): Folded {
  const rows = Array.from({ length: PLACES }, (_, place) =>
    marks.slice(1).map((mark, m) => {
      const before = marks[m] ?? 0;
      return highestNear(curve, before + (place / PLACES) * (mark - before), 1.5);
    }),
  );
  const profile = rows.map((row) => row.reduce((sum, value) => sum + value, 0) / Math.max(1, row.length));
  return { rows, profile };
}

/** The profile from a place on, against its mean and its highest. */
function around(profile: readonly number[], place: number): number[] {
  const mean = profile.reduce((sum, value) => sum + value, 0) / PLACES;
  const most = Math.max(...profile);
  const after = AFTER.map((places) => (profile[(place + places) % PLACES] ?? 0) / (mean + FLOOR));
  return [...after, (profile[place] ?? 0) / (most + 1e-3)];
}

/** Distance (0 – 0.5 beats) of the first onset from a beat: music begins on a beat more often than not. */
function distanceTo(first: number, marks: readonly number[], phase: number): number {
  const [one = 0, two = one + 1] = marks;
  const beats = (first - one) / (two - one) - phase;
  return Math.abs(beats - Math.round(beats));
}

/** Top of the first onset, in frames. */
function firstOnset(full: Float32Array): number {
  let power = 0;
  for (const value of full) power += value * value;
  const threshold = FIRST_ONSET * Math.sqrt(power / Math.max(1, full.length));
  let at = 0;
  while (at < full.length && (full[at] as number) < threshold) at++;
  while (at + 1 < full.length && (full[at + 1] as number) > (full[at] as number)) at++;
  return at;
}
