/** Windows for spectra. */

/**
 * The symmetric Hann window with a sum of 2, as Essentia scales it: a sine at full scale has the magnitude 1 in its
 * bin. (Essentia's own extractors take Blackman-Harris
 * 62 dB: its side lobes hardly fall, and a tone at 1 kHz then has its centroid at 1.1 kHz.)
 */
export function hann(size: number): Float64Array {
  const step = (2 * Math.PI) / (size - 1);
  const window = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos(step * i));
  const sum = window.reduce((total, value) => total + value, 0);
  return window.map((value) => (2 * value) / sum);
}

/** The Hann window whose sum is half its length, repeated without a seam: its top is 1. */
export function periodicHann(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
}
