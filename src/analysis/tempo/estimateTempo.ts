/**
 * From the tempogram to one tempo: each candidate is a comb with a tooth at each of its first beats, weighed
 * by a perceptual prior; the winner is then refined at ever longer lags, where the same error in frames is
 * ever less of a beat.
 */

const SLOWEST_BPM = 40;
const FASTEST_BPM = 250;
const STEP = 1.005;
const TEETH = 8;
/** Log-normal prior of where listeners feel the beat (its middle, and its width in octaves). */
const PRIOR_BPM = 130;
const PRIOR_OCTAVES = 1.2;
/** Keeps the prior at work where nothing repeats. */
const FLOOR = 0.05;

export interface TempoEstimate {
  /** BPM. */
  tempo: number;
  /** Mean autocorrelation at the beat and its multiples: 1 for a machine, 0 for noise. */
  periodicity: number;
}

export function estimateTempo(lags: Float64Array, frameRate: number): TempoEstimate {
  let best = { tempo: SLOWEST_BPM, salience: -Infinity };
  for (let tempo = SLOWEST_BPM; tempo <= FASTEST_BPM; tempo *= STEP) {
    const salience = (comb(lags, (60 * frameRate) / tempo) + FLOOR) * prior(tempo);
    if (salience > best.salience) best = { tempo, salience };
  }
  const period = refine(lags, (60 * frameRate) / best.tempo);
  return { tempo: (60 * frameRate) / period, periodicity: comb(lags, period) };
}

function prior(tempo: number): number {
  return Math.exp(-0.5 * (Math.log2(tempo / PRIOR_BPM) / PRIOR_OCTAVES) ** 2);
}

/** Weighted mean of the correlation at the first multiples of `period` (frames). */
function comb(lags: Float64Array, period: number): number {
  let sum = 0;
  let weights = 0;
  for (let tooth = 1; tooth <= TEETH && tooth * period + 1 < lags.length; tooth++) {
    const weight = 1 / Math.sqrt(tooth);
    sum += weight * between(lags, tooth * period);
    weights += weight;
  }
  return weights > 0 ? sum / weights : 0;
}

function between(lags: Float64Array, at: number): number {
  const i = Math.floor(at);
  const share = at - i;
  return (lags[i] ?? 0) * (1 - share) + (lags[i + 1] ?? 0) * share;
}

/** The period in frames, from the peaks near its multiples 1, 2, 4 … as far as they are clear. */
function refine(lags: Float64Array, rough: number): number {
  let period = rough;
  for (let multiple = 1; (multiple + 0.1) * period < lags.length - 2; multiple *= 2) {
    // The step of the search grid and rounding leave at most this much doubt.
    const reach = Math.max(2, 0.01 * period);
    const peak = peakNear(lags, multiple * period, reach);
    if (peak === null) break;
    period = peak / multiple;
  }
  return period;
}

/** Lag of the highest value within `reach`, between frames by a parabola; null when it is no peak. */
function peakNear(lags: Float64Array, middle: number, reach: number): number | null {
  let top = Math.round(middle - reach);
  for (let lag = top; lag <= middle + reach; lag++) if ((lags[lag] ?? 0) > (lags[top] ?? 0)) top = lag;
  const [before = 0, at = 0, after = 0] = lags.subarray(top - 1, top + 2);
  const bend = before - 2 * at + after;
  if (at <= before || at <= after || at <= 0 || bend >= 0) return null;
  return top + (before - after) / (2 * bend);
}
