/**
 * How much the onset strength repeats itself at each lag: autocorrelation over overlapping windows, each
 * scaled to 1 at lag 0, averaged over the whole. Short windows let the tempo move without smearing.
 */
import { RealFft } from "../dsp/RealFft";

const WINDOW_SECONDS = 12;
export const MAX_LAG_SECONDS = 8;
/** Onset strength counts by what it has over its mean within this distance. */
const LOCAL_MEAN_SECONDS = 0.5;
/** A window with less mean square than this has no onsets. */
const NO_ONSETS = 1e-9;

/** Mean autocorrelation of `strength` by lag in frames, up to {@link MAX_LAG_SECONDS}; 1 at lag 0. */
export function tempogram(strength: Float32Array, frameRate: number): Float64Array {
  const peaks = aboveLocalMean(strength, Math.round(LOCAL_MEAN_SECONDS * frameRate));
  const windowLength = Math.round(WINDOW_SECONDS * frameRate);
  const sum = new Float64Array(Math.round(MAX_LAG_SECONDS * frameRate) + 1);
  const correlate = autocorrelator(windowLength);
  let windows = 0;
  for (let from = 0; from === 0 || from + windowLength / 2 <= peaks.length; from += windowLength / 2) {
    const lags = correlate(peaks.subarray(Math.floor(from), Math.floor(from) + windowLength), sum.length);
    if (!lags) continue;
    windows++;
    for (let lag = 0; lag < sum.length; lag++) sum[lag] = (sum[lag] ?? 0) + (lags[lag] ?? 0);
  }
  return windows > 0 ? sum.map((value) => value / windows) : sum;
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

type Autocorrelate = (window: Float32Array, lags: number) => Float64Array | null;

/** Autocorrelation through the power spectrum, unbiased, scaled to 1 at lag 0; null without onsets. */
function autocorrelator(windowLength: number): Autocorrelate {
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
    const energy = (fft.re[0] ?? 0) / size / window.length;
    if (energy < NO_ONSETS) return null;
    return Float64Array.from({ length: lags }, (_, lag) => {
      const pairs = window.length - lag;
      return pairs < 10 ? 0 : (fft.re[lag] ?? 0) / size / pairs / energy;
    });
  };
}
