/** Windows for spectra, scaled so that a sine at full scale has the magnitude 1 in its bin. */

/**
 * The symmetric Hann window with a sum of 2, as Essentia scales it. (Essentia's own extractors take Blackman-Harris
 * 62 dB: its side lobes hardly fall, and a tone at 1 kHz then has its centroid at 1.1 kHz.)
 */
export function hann(size: number): Float64Array {
  const step = (2 * Math.PI) / (size - 1);
  const window = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos(step * i));
  const sum = window.reduce((total, value) => total + value, 0);
  return window.map((value) => (2 * value) / sum);
}
