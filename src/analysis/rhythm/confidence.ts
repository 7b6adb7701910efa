/** How sure a tempo is: the model's belief, corrected by what the belief came to on music of known tempo. */
export interface Belief {
  /** 0–1, of the winning candidate. */
  weight: number;
  periodicity: number;
  seconds: number;
}

/** 0–1: share of such cases in which the tempo is right as written. */
export function confidenceOf({ weight, periodicity, seconds }: Belief): number {
  const clipped = Math.min(0.999, Math.max(0.001, weight));
  const logit =
    CALIBRATION.offset +
    CALIBRATION.belief * Math.log(clipped / (1 - clipped)) +
    CALIBRATION.periodicity * Math.min(0.6, periodicity) +
    CALIBRATION.shortness * Math.max(0, Math.log(12 / seconds));
  return 1 / (1 + Math.exp(-logit));
}

/** Fitted by test/bench/fitTempo.ts. */
const CALIBRATION = { offset: -0.7, belief: 0.7, periodicity: 2.5, shortness: -0.5 } as const;
