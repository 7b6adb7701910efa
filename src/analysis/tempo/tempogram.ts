/**
 * How much the onset strength repeats itself at each lag: autocorrelation over overlapping windows, each
 * scaled to 1 at lag 0, averaged over the whole. Short windows let the tempo move without smearing.
 */
import { RealFft } from "../dsp/RealFft";

const WINDOW_SECONDS = 12;
const MAX_LAG_SECONDS = 8;
/** A lag must be seen over at least a quarter of a short signal. */
const MAX_LAG_SHARE = 0.75;
/** Onset strength counts by what it has over its mean within this distance. */
const LOCAL_MEAN_SECONDS = 0.5;
/** A window with less mean square than this has no onsets. */
const NO_ONSETS = 1e-9;
/** With fewer pairs than this a lag says nothing (the last window may be short). */
const LEAST_PAIRS = 10;

/** Mean autocorrelation of `strength` by lag in frames, up to eight seconds (less in short signals); 1 at lag 0. */
export function tempogram(strength: Float32Array, frameRate: number): Float64Array {
  const peaks = smoothed(aboveLocalMean(strength, Math.round(LOCAL_MEAN_SECONDS * frameRate)));
  const windowLength = Math.round(WINDOW_SECONDS * frameRate);
  const step = windowLength >> 1;
  const maxLag = Math.min(MAX_LAG_SECONDS * frameRate, MAX_LAG_SHARE * strength.length);
  const mean = new Float64Array(Math.floor(maxLag) + 1);
  const autocorrelate = autocorrelation(windowLength);
  let weights = 0;
  for (let from = 0; from === 0 || from + step <= peaks.length; from += step) {
    const window = peaks.subarray(from, from + windowLength);
    const lags = autocorrelate(window, mean.length);
    if (!lags) continue;
    weights += window.length;
    for (let lag = 0; lag < mean.length; lag++) {
      mean[lag] = (mean[lag] ?? 0) + window.length * (lags[lag] ?? 0);
    }
  }
  return weights > 0 ? mean.map((sum) => sum / weights) : mean;
}

function aboveLocalMean(strength: Float32Array, reach: number): Float32Array {
  const result = new Float32Array(strength.length);
  let sum = 0;
  for (let i = -reach; i < strength.length; i++) {
    sum += (strength[i + reach] ?? 0) - (strength[i - reach - 1] ?? 0);
    if (i < 0) continue;
    const count = Math.min(strength.length, i + reach + 1) - Math.max(0, i - reach);
    result[i] = Math.max(0, (strength[i] ?? 0) - sum / count);
  }
  return result;
}

/** A tempo that falls between two frames must not lose to one that does not. */
function smoothed(values: Float32Array): Float32Array {
  return values.map((value, i) => ((values[i - 1] ?? 0) + 2 * value + (values[i + 1] ?? 0)) / 4);
}

type Autocorrelate = (window: Float32Array, lags: number) => Float64Array | null;

/** Autocorrelation through the power spectrum, unbiased, scaled to 1 at lag 0; null without onsets. */
function autocorrelation(windowLength: number): Autocorrelate {
  const size = 2 ** Math.ceil(Math.log2(2 * windowLength));
  const fft = new RealFft(size);
  const frame = new Float64Array(size);
  return (window, lags) => {
    frame.fill(0);
    const mean = window.reduce((sum, value) => sum + value, 0) / window.length;
    for (let i = 0; i < window.length; i++) frame[i] = (window[i] ?? 0) - mean;
    fft.transform(frame);
    for (let k = 0; k <= size / 2; k++) {
      const power = (fft.re[k] ?? 0) ** 2 + (fft.im[k] ?? 0) ** 2;
      frame[k] = power;
      if (k > 0) frame[size - k] = power;
    }
    fft.transform(frame);
    const energy = (fft.re[0] ?? 0) / window.length;
    if (!(energy > NO_ONSETS * size)) return null;
    return Float64Array.from({ length: lags }, (_, lag) => {
      const pairs = window.length - lag;
      return pairs < LEAST_PAIRS ? 0 : (fft.re[lag] ?? 0) / pairs / energy;
    });
  };
}
