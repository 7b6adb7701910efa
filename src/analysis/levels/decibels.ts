/** Decibels of a linear amplitude (1 is 0 dB); null for 0, which has none. */
export function decibels(amplitude: number): number | null {
  return amplitude > 0 ? 20 * Math.log10(amplitude) : null;
}
