/**
 * From the tempogram to one tempo. A beat shows not only at its own period but at those of the bar, the half
 * bar and the subdivisions, and what tells it from its double, its half or a syncopation is how much it shows
 * at each. So every candidate is scored by the tempogram at ten ratios of its period and by how common such
 * tempos are; the weights are those of a log-linear model fitted to music of known tempo and to click tracks
 * (test/bench/tempo.ts scores it). The winner is refined at ever longer lags.
 */

const SLOWEST_BPM = 40;
const FASTEST_BPM = 250;
const STEP = 1.01;

/** Multiple of the beat period → weight of what the tempogram has there. */
const RATIO_WEIGHTS: readonly (readonly [ratio: number, weight: number])[] = [
  [1 / 4, 0.15],
  [1 / 3, -1.81],
  [1 / 2, 0.25],
  [1, 2.48],
  [3 / 2, 0.21],
  [2, 1.07],
  [3, 3.16],
  [4, 2.99],
  [6, 0.44],
  [8, 1.58],
];
/** Weights of x and x², x = octaves above 120 BPM: a prior with its middle near 140 BPM. */
const OCTAVE_WEIGHTS = [1.06, -2.17] as const;
/** The tempogram counts relative to its highest value at these lags (s) … */
const REFERENCE_LAGS = [0.25, 4] as const;
/** … or to this where nothing repeats. */
const LEAST_REFERENCE = 0.02;
/** Candidates this near (a share of the tempo) are the same tempo. */
const SAME_TEMPO = 0.04;

export interface TempoEstimate {
  /** BPM. */
  tempo: number;
  /** Share (0–1) of the model's belief that lies on this tempo, as against all others. */
  belief: number;
  /** Mean autocorrelation at one to four beats: near 1 for a machine, near 0 where nothing repeats. */
  periodicity: number;
}

export function estimateTempo(lags: Float64Array, frameRate: number): TempoEstimate {
  const reference = Math.max(LEAST_REFERENCE, highest(lags, frameRate));
  const candidates: { tempo: number; score: number }[] = [];
  for (let tempo = SLOWEST_BPM; tempo <= FASTEST_BPM; tempo *= STEP) {
    candidates.push({ tempo, score: score(lags, { tempo, frameRate, reference }) });
  }
  const best = candidates.reduce((a, b) => (b.score > a.score ? b : a));
  let all = 0;
  let same = 0;
  for (const { tempo, score } of candidates) {
    const weight = Math.exp(score - best.score);
    all += weight;
    if (Math.abs(tempo / best.tempo - 1) <= SAME_TEMPO) same += weight;
  }
  const period = refine(lags, (60 * frameRate) / best.tempo);
  return { tempo: (60 * frameRate) / period, belief: same / all, periodicity: periodicityAt(lags, period) };
}

interface Candidate {
  tempo: number;
  frameRate: number;
  reference: number;
}

function score(lags: Float64Array, { tempo, frameRate, reference }: Candidate): number {
  const period = (60 * frameRate) / tempo;
  const octaves = Math.log2(tempo / 120);
  let sum = OCTAVE_WEIGHTS[0] * octaves + OCTAVE_WEIGHTS[1] * octaves ** 2;
  for (const [ratio, weight] of RATIO_WEIGHTS) sum += (weight * peakValue(lags, ratio * period)) / reference;
  return sum;
}

function highest(lags: Float64Array, frameRate: number): number {
  const [from, to] = REFERENCE_LAGS;
  return lags
    .subarray(Math.round(from * frameRate), Math.round(to * frameRate))
    .reduce((a, b) => Math.max(a, b), 0);
}

function periodicityAt(lags: Float64Array, period: number): number {
  const known = [1, 2, 3, 4].map((beats) => beats * period).filter((lag) => lag + 1 < lags.length);
  return known.reduce((sum, lag) => sum + between(lags, lag), 0) / Math.max(1, known.length);
}

/** Highest value within a frame, or within 1 % where that is more; 0 beyond the last lag. */
function peakValue(lags: Float64Array, at: number): number {
  const reach = Math.max(1, 0.01 * at);
  let most = Math.max(between(lags, at - reach), between(lags, at + reach));
  for (let lag = Math.ceil(at - reach); lag <= at + reach; lag++) most = Math.max(most, lags[lag] ?? 0);
  return at + 1 < lags.length ? most : 0;
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
  if (at < before || at < after || at <= 0 || bend >= 0) return null;
  return top + (before - after) / (2 * bend);
}
