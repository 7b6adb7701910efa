/**
 * Beat times in seconds: marks an even distance apart, moved to where the beat is, each drawn to the onset beside
 * it, and none told before the sound begins or after it ends.
 */
import { beatPhase } from "./beatPhase";
import type { LocalTempo } from "./localTempo";
import type { OnsetPeaks } from "./OnsetPeaks";
import { trackBeats } from "./trackBeats";

/** How closely marks keep to the period: closely where it is steady. */
const TIGHTNESS = { steady: 1000, moving: 300 } as const;
/** What marks are set on: onsets, those of the bass most, those of the treble least. */
const BASS_SHARE = 0.8;
const TREBLE_SHARE = -0.3;
const LEAST_DEVIATION = 1e-3;
/** A beat is drawn to an onset within this share of the period, if it is this strong. */
const DRAWN = 0.06;
const DRAWING = 0.7;
/** A frame's flux is highest this long after the moment a sound begins. */
const LATE_SECONDS = 0.007;
/** No beat lies further than this before the first onset and after the last, which are this strong. */
const ASIDE_SECONDS = 0.1;
const HEARD = 0.5;
/** Times are told to a tenth of a millisecond. */
const PARTS = 10_000;

export interface Beating extends LocalTempo {
  /** BPM. */
  tempo: number;
  /** Seconds of the loop that the peaks repeat, or null. */
  loop: number | null;
  /** Seconds before the peaks begin. */
  skipped: number;
}

export function beatTimes(peaks: OnsetPeaks, beating: Beating): number[] {
  const { full, frameRate } = peaks;
  const { tempo, periodAt, loop, skipped } = beating;
  const marks = setMarks(peaks, beating);
  if (marks.length < 3) return [];
  const beats = shifted(marks, beatPhase(peaks, marks, tempo));
  const least = DRAWING * deviation(full);
  const drawn = beats.map((beat) =>
    drawnTo(full, beat, { reach: DRAWN * periodAt(Math.round(beat)), least }),
  );
  const seconds = drawn.map((beat) => Math.max(0, beat / frameRate - LATE_SECONDS));
  const kept = loop === null ? heard(seconds, peaks) : secondRound(seconds, loop);
  return kept.map((time) => Math.round((time + skipped) * PARTS) / PARTS);
}

/** Evenly set marks on onsets, in frames: they keep the beat's distance, but may lie beside it. */
export function setMarks(
  peaks: OnsetPeaks,
  { periodAt, stability }: Pick<LocalTempo, "periodAt" | "stability">,
): number[] {
  const { full, bass, treble } = peaks;
  const [f, b, t] = [full, bass, treble].map((curve) => 1 / Math.max(LEAST_DEVIATION, deviation(curve)));
  const [inFull, inBass, inTreble] = [f ?? 0, BASS_SHARE * (b ?? 0), TREBLE_SHARE * (t ?? 0)];
  const strength = full.map(
    (value, i) => inFull * value + inBass * (bass[i] as number) + inTreble * (treble[i] as number),
  );
  const isMoving = stability === "drifting" || stability === "free";
  return trackBeats(strength, periodAt, isMoving ? TIGHTNESS.moving : TIGHTNESS.steady);
}

/** The marks, each moved on by this share of the way to the next; one before the first, as far as there is. */
function shifted(marks: readonly number[], phase: number): number[] {
  const [one = 0, two = 0] = marks;
  const last = marks.at(-1) ?? 0;
  const after = 2 * last - (marks.at(-2) ?? 0);
  const all = [2 * one - two, ...marks, after];
  return all.slice(0, -1).map((mark, m) => mark + phase * ((all[m + 1] ?? 0) - mark));
}

/** The top of the strongest onset within `reach`, between frames, where it reaches `least`; else the beat itself. */
function drawnTo(
  full: Float32Array,
  beat: number,
  { reach, least }: { reach: number; least: number },
): number {
  let top = Math.max(0, Math.round(beat));
  for (let i = Math.max(0, Math.ceil(beat - reach)); i <= beat + reach; i++) {
    if ((full[i] ?? 0) > (full[top] ?? 0)) top = i;
  }
  const before = full[top - 1] ?? 0;
  const here = full[top] ?? 0;
  const after = full[top + 1] ?? 0;
  const bend = before - 2 * here + after;
  if (here < least || here < before || here < after || bend >= 0) return beat;
  return top + (before - after) / (2 * bend);
}

function deviation(values: Float32Array): number {
  let power = 0;
  for (const value of values) power += value * value;
  return Math.sqrt(power / Math.max(1, values.length));
}

function heard(seconds: readonly number[], { strength, frameRate }: OnsetPeaks): number[] {
  let first = 0;
  while (first < strength.length && (strength[first] as number) < HEARD) first++;
  let last = strength.length - 1;
  while (last > first && (strength[last] as number) < HEARD) last--;
  const from = first / frameRate - ASIDE_SECONDS;
  const to = last / frameRate + ASIDE_SECONDS;
  return seconds.filter((time, i) => time >= from && time <= to && time !== seconds[i + 1]);
}

/** Of the beats of the repeated loop those of its second time, which know what came before. */
function secondRound(seconds: readonly number[], loop: number): number[] {
  const slack = 0.02;
  return seconds
    .filter((time) => time >= loop - slack && time < 2 * loop - slack)
    .map((time) => Math.max(0, time - loop));
}
