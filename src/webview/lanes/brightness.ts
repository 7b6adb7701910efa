/** How bright a place of the spectrogram is, beside the loudest one; what is silent all through stays dark. */
import { SPECTROGRAM_RANGE_DB } from "../../shared/view";

/** dB under the loudest place at which the darkest colour begins. */
const SHOWN_RANGE_DB = 70;

const BYTES_PER_DB = 255 / SPECTROGRAM_RANGE_DB;
const SHOWN_RANGE = SHOWN_RANGE_DB * BYTES_PER_DB;

/** From a byte of a spectrogram to 0 (darkest) … 1, for the spectrogram with these bytes. */
export function brightness(levels: Uint8Array): (level: number) => number {
  // From the lowest byte upwards, where nothing is louder: silence is dark then, and faint noise is faint.
  const brightest = levels.reduce((most, level) => Math.max(most, level), SHOWN_RANGE);
  return (level) => Math.max(0, 1 + (level - brightest) / SHOWN_RANGE);
}
