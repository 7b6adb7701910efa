/** How loudness is kept in a LoudnessCurve: compact enough for hours of sound (144 kB an hour). */
import { SILENT } from "../../shared/view";

/** The lowest loudness that is told from silence, in hundredths of a LUFS. */
const LOWEST = SILENT + 1;

/** A loudness (LUFS, null for silence) as a LoudnessCurve keeps it. */
export function curveValue(loudness: number | null): number {
  return loudness === null ? SILENT : Math.max(LOWEST, Math.min(-LOWEST, Math.round(loudness * 100)));
}
