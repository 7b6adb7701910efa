/** The impulse response of our low-pass filters: a sinc under a Blackman window. */

/**
 * Its value at a distance (samples) from the middle: zeros lie `spacing` samples apart (the filter has −6 dB at
 * 1 / `spacing` of the Nyquist frequency), and from `reach` samples on it is 0. Its sum is about `spacing`.
 */
export function windowedSinc(distance: number, reach: number, spacing: number): number {
  if (Math.abs(distance) >= reach) return 0;
  const x = (Math.PI * distance) / spacing;
  const angle = (Math.PI * distance) / reach;
  return (x === 0 ? 1 : Math.sin(x) / x) * (0.42 + 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle));
}
