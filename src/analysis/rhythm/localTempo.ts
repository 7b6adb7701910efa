/**
 * How the tempo moves: the period of the beat in overlapping windows, as the likeliest way through their
 * autocorrelations (Viterbi), and from its spread whether the time is steady, drifts or is free.
 */
import type { Stability } from "../../shared/analysis";
import { Autocorrelation } from "./Autocorrelation";
import { refinePeriod, valueAt } from "./lags";

const WINDOW_SECONDS = 8;
const STEP_SECONDS = 2;
/** Periods tried: this share apart, so many on each side of the whole's period (about half an octave). */
const BIN = 1.015;
const BINS_ASIDE = 26;
/** Multiples of a period at which a window's autocorrelation speaks for it, and how much each counts. */
const MULTIPLES = [
  [1, 1],
  [2, 0.7],
  [3, 0.4],
  [4, 0.5],
] as const;
/** What a step of one bin between windows costs, times its square, and how far one window may step. */
const MOVE_COST = 0.015;
const LONGEST_MOVE = 5;
/** What a bin's distance from the whole's period costs, times its square: keeps to its octave. */
const FAR_COST = 0.0003;
/** Below three windows nothing is said about stability. */
const LEAST_WINDOWS = 4;
/** Windows in which this little repeats say nothing of how the tempo moves. */
const NO_TEMPO = 0.12;
/** Spread (deviation of the periods' logarithm) from which the tempo moves … */
const MOVING = 0.014;
/** … or, where it moves smoothly, from window to window by this share of its spread at most: drifts. */
const SMOOTH = 0.25;
const MOVING_SMOOTHLY = 0.004;
/** From this spread on a tempo that moves by more than this share of it from window to window is free. */
const FREE = 0.025;
const ROUGH = 0.35;

export interface LocalTempo {
  /** Frames a beat around this frame. */
  periodAt: (frame: number) => number;
  /** Frames a beat in the middle (median) of it all. */
  period: number;
  /** Null where the signal is too short to tell. */
  stability: Stability | null;
  /** Mean of what repeats at the local period: near 1 for a machine that changes its tempo, 0 where not known. */
  repetition: number;
}

/** The local tempo of `peaks` around a period known from the whole, in frames. */
export function localTempo(peaks: Float32Array, frameRate: number, period: number): LocalTempo {
  const length = Math.round(WINDOW_SECONDS * frameRate);
  const step = Math.round(STEP_SECONDS * frameRate);
  const count = Math.floor((peaks.length - length) / step) + 1;
  if (count < LEAST_WINDOWS) return { periodAt: () => period, period, stability: null, repetition: 0 };
  const lowest = period / Math.exp(BINS_ASIDE * Math.log(BIN));
  const bins = Float64Array.from(
    { length: 2 * BINS_ASIDE + 1 },
    (_, b) => lowest * Math.exp(b * Math.log(BIN)),
  );
  const { path, refined, clear, repetition } = likeliestPath(peaks, { length, step, count, bins });
  const stability = stabilityOf(refined, clear);
  if (stability === "steady") return { periodAt: () => period, period, stability, repetition };
  const periods = smooth(refined, path, bins);
  return {
    periodAt: (frame) => periods[nearest((frame - length / 2) / step, count)] ?? period,
    period: periods.slice().sort()[count >> 1] ?? period,
    stability,
    repetition,
  };
}

interface Windows {
  /** Frames. */
  length: number;
  step: number;
  count: number;
  bins: Float64Array;
}

interface Path {
  /** Bin of each window. */
  path: Int32Array;
  /** Frames a beat in each window, by its own autocorrelation near the bin. */
  refined: Float64Array;
  /** 1 where the window has a clear period. */
  clear: Uint8Array;
  /** Mean of what speaks for the path. */
  repetition: number;
}

function likeliestPath(peaks: Float32Array, windows: Windows): Path {
  const { length, step, count, bins } = windows;
  const size = bins.length;
  const autocorrelation = new Autocorrelation(length);
  const lagCount = Math.min(length - 20, Math.ceil(4.1 * (bins[size - 1] ?? 0)) + 2);
  const from = new Int8Array(count * size);
  const near = new Float32Array(count * size);
  const found = new Float32Array(count * size);
  let worth = new Float64Array(size);
  for (let w = 0; w < count; w++) {
    const lags = autocorrelation.of(peaks.subarray(w * step, w * step + length), lagCount);
    const next = new Float64Array(size);
    for (let b = 0; b < size; b++) {
      const value = lags ? speaksFor(lags, bins[b] as number) : 0;
      found[w * size + b] = value;
      near[w * size + b] = lags ? withinBin(lags, bins[b] as number) : (bins[b] as number);
      const { best, move } = bestMove(worth, b);
      const aside = b - BINS_ASIDE;
      next[b] = best + value - FAR_COST * aside * aside;
      from[w * size + b] = move;
    }
    worth = next;
  }
  const path = traceBack(worth, from, count);
  const along = Float64Array.from(path, (b, w) => found[w * size + b] as number);
  return {
    path,
    refined: Float64Array.from(path, (b, w) => near[w * size + b] as number),
    clear: Uint8Array.from(along, (value) => (value > NO_TEMPO ? 1 : 0)),
    repetition: along.reduce((sum, value) => sum + value, 0) / count,
  };
}

function speaksFor(lags: Float64Array, period: number): number {
  let sum = 0;
  let weights = 0;
  for (const [multiple, weight] of MULTIPLES) {
    if (multiple * period + 1 >= lags.length) continue;
    sum += weight * valueAt(lags, multiple * period);
    weights += weight;
  }
  return weights > 0 ? sum / weights : 0;
}

/** The refined period, if it stays near its bin. */
function withinBin(lags: Float64Array, period: number): number {
  const refined = refinePeriod(lags, period);
  return Math.abs(refined / period - 1) < 2 * (BIN - 1) ? refined : period;
}

function bestMove(worth: Float64Array, to: number): { best: number; move: number } {
  let best = -Infinity;
  let move = 0;
  for (let d = -LONGEST_MOVE; d <= LONGEST_MOVE; d++) {
    const value = (worth[to + d] ?? -Infinity) - MOVE_COST * d * d;
    if (value > best) {
      best = value;
      move = d;
    }
  }
  return { best, move };
}

function traceBack(worth: Float64Array, from: Int8Array, count: number): Int32Array {
  const size = worth.length;
  const path = new Int32Array(count);
  let at = worth.indexOf(Math.max(...worth));
  for (let w = count - 1; w >= 0; w--) {
    path[w] = at;
    at += from[w * size + at] as number;
  }
  return path;
}

function stabilityOf(periods: Float64Array, clear: Uint8Array): Stability {
  const logs = [...periods].filter((_, w) => clear[w]).map((period) => Math.log(period));
  const count = Math.max(1, logs.length);
  const mean = logs.reduce((sum, value) => sum + value, 0) / count;
  const spread = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / count);
  const step = logs.slice(1).reduce((sum, value, w) => sum + Math.abs(value - (logs[w] ?? 0)), 0) / count;
  if (spread < MOVING) return spread > MOVING_SMOOTHLY && step < SMOOTH * spread ? "drifting" : "steady";
  return spread >= FREE && step > ROUGH * spread ? "free" : "drifting";
}

/** Mean of three windows, of the refined period where it agrees with the path. */
function smooth(refined: Float64Array, path: Int32Array, bins: Float64Array): Float64Array {
  const periods = refined.map((period, w) => (period > 0 ? period : (bins[path[w] ?? 0] ?? 0)));
  return periods.map((period, w) => {
    const before = periods[w - 1] ?? period;
    const after = periods[w + 1] ?? period;
    return (before + period + after) / 3;
  });
}

function nearest(place: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.round(place)));
}
