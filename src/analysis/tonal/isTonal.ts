/**
 * Whether there is a key to be named. Noise, clicks, drums and speech have few steady tones; music without a key
 * has tones, but they fit no key for long, and all twelve pitch classes are about as frequent.
 */
import { CLASSES } from "./chroma";

/** Least share of steady tones: speech and nearly all drums stay below, music with a key began at 0.05. */
const LEAST_TONES = 0.03;
/** Below this share (drum kits, but dense music too), or in less time, only a good fit counts. */
const CLEAR_TONES = 0.1;
const LONG_SECONDS = 5;
const GOOD_FIT = 0.6;
const LEAST_FIT = 0.55;
/** Of fit and half the contrast together: atonal music reached 0.77, music with a key began at 0.83. */
const LEAST_CLARITY = 0.8;
/** One tone, or an interval, has no key. */
const LEAST_CLASSES = 3;
/** A class counts from this share of the strongest. */
const LEAST_CLASS_SHARE = 0.1;

export interface Evidence {
  /** The twelve pitch classes of the whole file. */
  whole: Float64Array;
  /** 0–1. */
  toneShare: number;
  /** Mean correlation with the key in force, −1 to 1. */
  fit: number;
  /** Of what is not silent. */
  seconds: number;
}

/** False for noise, clicks, drums and speech, and for music without a key. */
export function isTonal({ whole, toneShare, fit, seconds }: Evidence): boolean {
  const strongest = Math.max(...whole);
  const classes = whole.filter((value) => value > LEAST_CLASS_SHARE * strongest).length;
  if (toneShare < LEAST_TONES || classes < LEAST_CLASSES) return false;
  const isClear = toneShare >= CLEAR_TONES && seconds >= LONG_SECONDS;
  if (fit < (isClear ? LEAST_FIT : GOOD_FIT)) return false;
  return fit + contrast(whole) / 2 >= LEAST_CLARITY;
}

/** Standard deviation over mean: 0 when all pitch classes are alike. */
function contrast(whole: Float64Array): number {
  const mean = whole.reduce((sum, value) => sum + value, 0) / CLASSES;
  const variance = whole.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / CLASSES;
  return Math.sqrt(variance) / mean;
}
