/**
 * How much an onset curve repeats itself at each lag: autocorrelation over overlapping windows, each scaled to 1
 * at lag 0, averaged over the whole. Short windows let the tempo move without smearing.
 */
import { Autocorrelation } from "./Autocorrelation";

const WINDOW_SECONDS = 12;
const MAX_LAG_SECONDS = 8;
/** A lag must be seen over at least a quarter of a short signal. */
const MAX_LAG_SHARE = 0.75;

/** Mean autocorrelation of `peaks` by lag in frames, up to eight seconds (less in short signals); 1 at lag 0. */
export function tempogram(peaks: Float32Array, frameRate: number): Float64Array {
  const windowLength = Math.round(WINDOW_SECONDS * frameRate);
  const step = windowLength >> 1;
  const maxLag = Math.min(MAX_LAG_SECONDS * frameRate, MAX_LAG_SHARE * peaks.length);
  const mean = new Float64Array(Math.floor(maxLag) + 1);
  const autocorrelation = new Autocorrelation(windowLength);
  let weights = 0;
  for (let from = 0; from === 0 || from + step <= peaks.length; from += step) {
    const window = peaks.subarray(from, from + windowLength);
    const lags = autocorrelation.of(window, mean.length);
    if (!lags) continue;
    weights += window.length;
    for (let lag = 0; lag < mean.length; lag++) {
      mean[lag] = (mean[lag] as number) + window.length * (lags[lag] as number);
    }
  }
  return weights > 0 ? mean.map((sum) => sum / weights) : mean;
}
