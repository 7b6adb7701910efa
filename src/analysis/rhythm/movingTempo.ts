/**
 * A tempo that moves far blurs the tempogram of the whole, and what shows there is chance. Then the candidates
 * are followed from window to window, and the one that repeats best along its way is taken.
 */
import type { TempoCandidate } from "../../shared/analysis";
import { localTempo } from "./localTempo";
import type { LocalTempo } from "./localTempo";

/** Below this mean repetition at the beats of the whole the tempo may be one that moves … */
const BLURRED = 0.25;
/** … and is, if it repeats this much along its way (noise and speech: up to 0.13), and so many times more. */
const CLEAR_LOCALLY = 0.3;
const MORE = 2;

export interface MovingTempo extends TempoCandidate {
  local: LocalTempo;
}

/** Null where the tempo of the whole is as good. `atBeats`: mean repetition of the whole at its beats. */
export function movingTempo(
  peaks: Float32Array,
  frameRate: number,
  { candidates, atBeats }: { candidates: readonly TempoCandidate[]; atBeats: number },
): MovingTempo | null {
  if (atBeats >= BLURRED) return null;
  const least = Math.max(CLEAR_LOCALLY, MORE * atBeats);
  let best: MovingTempo | null = null;
  for (const { tempo } of candidates) {
    const local = localTempo(peaks, frameRate, (60 * frameRate) / tempo);
    if (local.stability === "steady" || local.stability === null) continue;
    if (local.repetition < Math.max(least, best?.local.repetition ?? 0)) continue;
    best = { tempo: (60 * frameRate) / local.period, weight: local.repetition, local };
  }
  return best;
}
