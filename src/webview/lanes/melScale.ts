/** Where frequencies lie in a spectrogram, whose bands are of equal width on the mel scale. */
import { formatNumber } from "../../shared/format";
import { hzOf, melOf } from "../../shared/mel";
import type { Spectrogram } from "../../shared/view";

/** 0 is the lowest edge of the picture, 1 its highest. */
export function heightOf(hz: number, { lowest, highest }: Spectrogram): number {
  return (melOf(hz) - melOf(lowest)) / (melOf(highest) - melOf(lowest));
}

/** Hz: the middle of the band that has the highest mean level; null when all are silent. */
export function strongestFrequency({ levels, bands, lowest, highest }: Spectrogram): number | null {
  const sums = new Float64Array(bands);
  for (let at = 0; at < levels.length; at++) sums[at % bands] = (sums[at % bands] ?? 0) + (levels[at] ?? 0);
  const most = sums.reduce((a, b) => Math.max(a, b));
  if (most <= 0) return null;
  // Each band overlaps half of its neighbours: there are half a band's edges more than bands.
  const share = (sums.indexOf(most) + 1) / (bands + 1);
  return hzOf(melOf(lowest) + share * (melOf(highest) - melOf(lowest)));
}

/** "250 Hz", "1 kHz", "15.8 kHz". */
export function formatFrequency(hz: number): string {
  if (hz < 1000) return `${formatNumber(hz, 0)} Hz`;
  return `${formatNumber(hz / 1000, 1).replace(/\.0$/, "")} kHz`;
}
