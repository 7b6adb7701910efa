/**
 * What is made of the energies once the signal is over: integrated loudness (ITU-R BS.1770-5, annex 1: 400 ms
 * windows, absolute gate at −70 LUFS, relative gate 10 LU below what passed it) and loudness range (EBU Tech
 * 3342: 3 s windows, gates at −70 LUFS and 20 LU below, 10th to 95th percentile). Powers are weighted mean squares.
 */

const ABSOLUTE_GATE_LUFS = -70;
const INTEGRATED_GATE_LU = -10;
const RANGE_GATE_LU = -20;
const RANGE_PERCENTILES = [0.1, 0.95] as const;
/** BS.1770: what a mean square of 1 reads. */
const OFFSET_LUFS = -0.691;

/** LUFS of a weighted mean square; null for silence. */
export function loudnessOf(power: number): number | null {
  return power > 0 ? OFFSET_LUFS + 10 * Math.log10(power) : null;
}

/** Mean of each window of `length` hops, one a hop; empty when there is not one whole window. */
export function windowPowers(hops: Float32Array, length: number): Float64Array {
  const count = Math.max(0, hops.length - length + 1);
  return Float64Array.from({ length: count }, (_, i) => mean(hops.subarray(i, i + length)));
}

/** LUFS of the windows that pass both gates; null when none does. */
export function integratedLoudness(powers: Float64Array): number | null {
  const heard = gated(powers, INTEGRATED_GATE_LU);
  return heard.length === 0 ? null : loudnessOf(mean(heard));
}

/** LU between the quiet and the loud windows; null when none is above the gate. */
export function loudnessRange(powers: Float64Array): number | null {
  const heard = gated(powers, RANGE_GATE_LU).sort();
  if (heard.length === 0) return null;
  const [quiet, loud] = RANGE_PERCENTILES.map((share) => heard[Math.round((heard.length - 1) * share)] ?? 0);
  return 10 * Math.log10((loud ?? 0) / (quiet ?? 0));
}

/** The windows above the absolute gate and above the gate relative to those. */
function gated(powers: Float64Array, relativeGate: number): Float64Array {
  const audible = powers.filter((power) => power > powerOf(ABSOLUTE_GATE_LUFS));
  const gate = mean(audible) * 10 ** (relativeGate / 10);
  return audible.filter((power) => power > gate);
}

/** The weighted mean square that reads `lufs`. */
export function powerOf(lufs: number): number {
  return 10 ** ((lufs - OFFSET_LUFS) / 10);
}

function mean(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
