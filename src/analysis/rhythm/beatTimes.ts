/** Beat times in seconds: tracked, placed between frames, and no beats told before the sound begins or after it ends. */
import type { OnsetPeaks } from "./OnsetPeaks";
import { trackBeats } from "./trackBeats";

/** A frame's flux is highest this many frames off the moment a sound begins. */
const LATENESS_FRAMES = 0;
/** No beat lies further than this before the first onset and after the last, which are this strong. */
const ASIDE_SECONDS = 0.1;
const HEARD = 0.5;
/** Times are told to a tenth of a millisecond. */
const PARTS = 10_000;

/** `loop`: seconds of the loop that the peaks repeat, or null. */
export function beatTimes(
  peaks: OnsetPeaks,
  periodAt: (frame: number) => number,
  loop: number | null,
): number[] {
  const { strength, frameRate } = peaks;
  const beats = trackBeats(strength, periodAt);
  const places = beats.map((beat) => betweenFrames(strength, beat) - LATENESS_FRAMES);
  const seconds = places.map((place) => Math.max(0, place / frameRate));
  const kept = loop === null ? heard(seconds, peaks) : secondRound(seconds, loop);
  return kept.map((time) => Math.round(time * PARTS) / PARTS);
}

/** The top of a parabola through the values around a frame. */
function betweenFrames(values: Float32Array, at: number): number {
  const before = values[at - 1] ?? 0;
  const here = values[at] ?? 0;
  const after = values[at + 1] ?? 0;
  const bend = before - 2 * here + after;
  return here >= before && here >= after && bend < 0 ? at + (before - after) / (2 * bend) : at;
}

function heard(seconds: readonly number[], { strength, frameRate }: OnsetPeaks): number[] {
  let first = 0;
  while (first < strength.length && (strength[first] as number) < HEARD) first++;
  let last = strength.length - 1;
  while (last > first && (strength[last] as number) < HEARD) last--;
  const from = first / frameRate - ASIDE_SECONDS;
  const to = last / frameRate + ASIDE_SECONDS;
  return seconds.filter((time) => time >= from && time <= to);
}

/** Of the beats of the repeated loop those of its second time, which know what came before. */
function secondRound(seconds: readonly number[], loop: number): number[] {
  const slack = 0.02;
  return seconds
    .filter((time) => time >= loop - slack && time < 2 * loop - slack)
    .map((time) => Math.max(0, time - loop));
}
