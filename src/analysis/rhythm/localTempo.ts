/**
 * How the tempo moves: the period of the beat in overlapping windows, as the likeliest way through their
 * autocorrelations (Viterbi), and from its spread whether the time is steady, drifts or is free.
 */
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
/** Spread (deviation of the logarithm) up to which the tempo is steady. */
const STEADY_SPREAD = 0.012;
/** Windows in which this little repeats have no tempo; from this share of them on the time is free. */
const NO_TEMPO = 0.12;
const FREE_SHARE = 0.5;
/** Mean step between windows, as share of the tempo, from which the time is free rather than drifting. */
const FREE_STEP = 0.035;

export type Stability = "steady" | "drifting" | "free";

export interface LocalTempo {
  /** Frames a beat around this frame. */
  periodAt: (frame: number) => number;
  /** Null where the signal is too short to tell. */
  stability: Stability | null;
}

/** The local tempo of `peaks` around a period known from the whole, in frames. */
export function localTempo(peaks: Float32Array, frameRate: number, period: number): LocalTempo {
  const length = Math.round(WINDOW_SECONDS * frameRate);
  const step = Math.round(STEP_SECONDS * frameRate);
  const count = Math.floor((peaks.length - length) / step) + 1;
  if (count < LEAST_WINDOWS) return { periodAt: () => period, stability: null };
  const lowest = period / Math.exp(BINS_ASIDE * Math.log(BIN));
  const bins = Float64Array.from(
    { length: 2 * BINS_ASIDE + 1 },
    (_, b) => lowest * Math.exp(b * Math.log(BIN)),
  );
  const { path, refined, clear } = likeliestPath(peaks, { length, step, count, bins });
  const spread = deviationOfLogs(refined, clear);
  const stability = stabilityOf(refined, clear, spread);
  if (stability === "steady") return { periodAt: () => period, stability };
  const periods = smooth(refined, path, bins);
  return { periodAt: (frame) => periods[nearest((frame - length / 2) / step, count)] ?? period, stability };
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
  return {
    path,
    refined: Float64Array.from(path, (b, w) => near[w * size + b] as number),
    clear: Uint8Array.from(path, (b, w) => ((found[w * size + b] as number) > NO_TEMPO ? 1 : 0)),
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

function deviationOfLogs(periods: Float64Array, clear: Uint8Array): number {
  const logs = [...periods].filter((_, w) => clear[w]).map((period) => Math.log(period));
  const mean = logs.reduce((sum, value) => sum + value, 0) / Math.max(1, logs.length);
  return Math.sqrt(
    logs.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / Math.max(1, logs.length),
  );
}

function stabilityOf(periods: Float64Array, clear: Uint8Array, spread: number): Stability {
  const unclear = clear.reduce((sum, is) => sum + 1 - is, 0) / clear.length;
  if (unclear >= FREE_SHARE) return "free";
  if (spread <= STEADY_SPREAD) return "steady";
  let steps = 0;
  for (let w = 1; w < periods.length; w++) {
    steps += Math.abs(Math.log((periods[w] as number) / (periods[w - 1] as number)));
  }
  return steps / Math.max(1, periods.length - 1) > FREE_STEP ? "free" : "drifting";
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
