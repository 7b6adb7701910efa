/**
 * Whether a signal repeats itself more than chance does. Noise and speech do so too, the more the shorter they
 * are; music does at its beats, or at least at some lag of up to some seconds.
 */
import { valueAt } from "./lags";

/** Lags (s) at which the highest repetition is looked for. */
const FROM_SECONDS = 0.22;
const TO_SECONDS = 6;
/**
 * By chance repetition × √seconds stays below 0.35 at the beats and below 0.8 at the best lag, for noise as for
 * noise in the rhythm of speech; choirs and strings begin at 0.55 and at 0.75, most music is far above both.
 */
const CHANCE_AT_BEATS = 0.45;
const CHANCE_AT_BEST = 0.95;
/** What even long signals must have: the rhythm of speech is not quite without order. */
const LEAST_AT_BEATS = 0.05;
const LEAST_AT_BEST = 0.1;
/** A loop repeats at its own length whatever it holds: within it, this much (noise and speech up to 0.45, music from 0.59). */
const LEAST_WITHIN_LOOP = 0.5;
const WITHIN_LOOP = 0.9;

export interface Repetition {
  /** Mean autocorrelation at one to four beats: near 1 for a machine, near 0 where nothing repeats. */
  atBeats: number;
  /** More than chance. */
  isClear: boolean;
}

export interface Repeating {
  /** Frames a beat. */
  period: number;
  frameRate: number;
  seconds: number;
  /** The signal was heard as a loop, again and again. */
  loop: boolean;
}

export function repetitionOf(
  lags: Float64Array,
  { period, frameRate, seconds, loop }: Repeating,
): Repetition {
  const atBeats = meanAtBeats(lags, period);
  const longest = loop ? WITHIN_LOOP * seconds : TO_SECONDS;
  const best = lags
    .subarray(Math.round(FROM_SECONDS * frameRate), Math.round(longest * frameRate))
    .reduce((most, value) => Math.max(most, value), 0);
  if (loop) return { atBeats, isClear: best >= LEAST_WITHIN_LOOP };
  const chance = 1 / Math.sqrt(seconds);
  const isClear =
    atBeats >= Math.max(LEAST_AT_BEATS, CHANCE_AT_BEATS * chance) ||
    best >= Math.max(LEAST_AT_BEST, CHANCE_AT_BEST * chance);
  return { atBeats, isClear };
}

function meanAtBeats(lags: Float64Array, period: number): number {
  const known = [1, 2, 3, 4].map((beats) => beats * period).filter((lag) => lag + 1 < lags.length);
  return known.reduce((sum, lag) => sum + valueAt(lags, lag), 0) / Math.max(1, known.length);
}
