/** The mel scale, on which a spectrogram's bands are of equal width (O'Shaughnessy 1987, as in HTK and Essentia). */

const MELS = 2595;
const CORNER_HZ = 700;

/** Mel of a frequency in Hz. */
export function melOf(hz: number): number {
  return MELS * Math.log10(1 + hz / CORNER_HZ);
}

/** Hz of a mel. */
export function hzOf(mel: number): number {
  return CORNER_HZ * (10 ** (mel / MELS) - 1);
}
