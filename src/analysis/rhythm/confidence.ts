/** How sure a tempo is: the model's belief, corrected by what the belief came to on music of known tempo. */
import type { Stability } from "../../shared/analysis";

/** Free time has no one tempo: what is found is its middle at best. */
const FREE_SHARE = 0.7;

export interface Belief {
  /** 0–1, of the winning candidate. */
  weight: number;
  periodicity: number;
  seconds: number;
  stability: Stability | null;
}

/** 0–1: share of such cases in which the tempo is right as written. */
export function confidenceOf({ weight, periodicity, seconds, stability }: Belief): number {
  const clipped = Math.min(0.999, Math.max(0.001, weight));
  const logit =
    CALIBRATION.offset +
    CALIBRATION.belief * Math.log(clipped / (1 - clipped)) +
    CALIBRATION.periodicity * Math.min(0.6, periodicity) +
    CALIBRATION.shortness * Math.max(0, Math.log(12 / seconds));
  const confidence = 1 / (1 + Math.exp(-logit));
  return stability === "free" ? FREE_SHARE * confidence : confidence;
}

/** Fitted by test/bench/fitTempo.ts. */
const CALIBRATION = { offset: -0.37, belief: 0.8, periodicity: 0.67, shortness: -0.21 } as const;
