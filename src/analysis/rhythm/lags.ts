/** Reading an autocorrelation between its lags. */

/** 0 outside. By a comparison: what V8 makes of `?? 0` is an object a read, thousands a file. */
function at(lags: Float64Array, i: number): number {
  return i >= 0 && i < lags.length ? (lags[i] as number) : 0;
}

/** Linear between frames; 0 outside. */
export function valueAt(lags: Float64Array, lag: number): number {
  const i = Math.floor(lag);
  const share = lag - i;
  return at(lags, i) * (1 - share) + at(lags, i + 1) * share;
}

/** Highest value within a frame, or within 1 % where that is more; 0 beyond the last lag. */
export function peakValue(lags: Float64Array, lag: number): number {
  if (lag + 1 >= lags.length) return 0;
  const reach = Math.max(1, 0.01 * lag);
  let most = Math.max(valueAt(lags, lag - reach), valueAt(lags, lag + reach));
  for (let i = Math.ceil(lag - reach); i <= lag + reach; i++) most = Math.max(most, at(lags, i));
  return most;
}

/** The period in frames, from the peaks near its multiples 1, 2, 4 … as far as they are clear. */
export function refinePeriod(lags: Float64Array, rough: number): number {
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
  for (let lag = top; lag <= middle + reach; lag++) if (at(lags, lag) > at(lags, top)) top = lag;
  const [before = 0, highest = 0, after = 0] = lags.subarray(top - 1, top + 2);
  const bend = before - 2 * highest + after;
  if (highest < before || highest < after || highest <= 0 || bend >= 0) return null;
  return top + (before - after) / (2 * bend);
}
