/**
 * What the shape of one spectrum says, each by its usual definition: centroid and bandwidth over magnitudes
 * (Peeters 2004, librosa), roll-off over powers (Peeters 2004, Essentia), flatness over powers (MPEG-7, librosa),
 * flux between spectra of unit length.
 */
import { kernel } from "../dsp/kernel";
import type { Spectrum } from "../dsp/SpectrumStream";
import { workspaceOf } from "./workspace";

const ROLLOFF_SHARE = 0.85;
/** Bins count as at least this share of the mean power (−100 dB): a filter's stop-band has no flatness. */
const LEAST_SHARE = 1e-10;
/** Powers are multiplied as long as four more cannot leave a double's range; then a logarithm is taken. */
const SAFE_LEAST = 1e-200;
const SAFE_MOST = 1e200;

/** Mean frequency, and standard deviation about it, weighted by magnitude; in Hz. */
export function centroidAndBandwidth({ sums, binHz }: Spectrum): { centroid: number; bandwidth: number } {
  const centre = sums.firstMoment / sums.magnitude;
  const variance = Math.max(0, sums.secondMoment / sums.magnitude - centre * centre);
  return { centroid: centre * binHz, bandwidth: Math.sqrt(variance) * binHz };
}

/** Hz: the lowest bin up to which 85 % of the power lies. */
export function rolloff({ power, sums, binHz }: Spectrum): number {
  const share = ROLLOFF_SHARE * sums.power;
  let sum = 0;
  for (let k = 0; k < power.length; k++) {
    sum += power[k] as number;
    if (sum >= share) return k * binHz;
  }
  return (power.length - 1) * binHz;
}

/** Least power of a bin that counts: what is below is taken for it. */
export function leastPower({ power, sums }: Spectrum): number {
  return (LEAST_SHARE * sums.power) / power.length;
}

/** Geometric over arithmetic mean of the powers: near 0 for a tone, e^−γ = 0.561 on average for white noise. */
export function flatness({ power, sums }: Spectrum): number {
  const bins = power.length;
  const scale = bins / sums.power;
  let logs = 0;
  let product = 1;
  let k = 0;
  for (; k + 4 <= bins; k += 4) {
    // Two and two first: a shorter chain of products.
    const low =
      (LEAST_SHARE + (power[k] as number) * scale) * (LEAST_SHARE + (power[k + 1] as number) * scale);
    const high =
      (LEAST_SHARE + (power[k + 2] as number) * scale) * (LEAST_SHARE + (power[k + 3] as number) * scale);
    product *= low * high;
    if (product > SAFE_LEAST && product < SAFE_MOST) continue;
    logs += Math.log(product);
    product = 1;
  }
  for (; k < bins; k++) product *= LEAST_SHARE + (power[k] as number) * scale;
  logs += Math.log(product);
  return Math.exp(logs / bins) / (1 + LEAST_SHARE);
}

/** Length of what rises from the frame before to this one, both scaled to length 1: 0 to 1. */
export function flux({ magnitude, sums, earlierMagnitude, earlierPowerSum }: Spectrum): number {
  const { one, other } = workspaceOf(magnitude.length);
  one.values.set(magnitude);
  other.values.set(earlierMagnitude);
  const scale = 1 / Math.sqrt(sums.power);
  const earlierScale = 1 / Math.sqrt(earlierPowerSum);
  const count = magnitude.length + (magnitude.length % 2);
  return Math.sqrt(kernel.rise(one.address, scale, other.address, earlierScale, count));
}
