/**
 * Beats by dynamic programming (Ellis 2007): of all ways through the signal, the one whose beats lie on onsets and
 * whose distances keep to the local period. Beats come out between frames.
 */

/** The shortest and longest distance tried, in periods. */
const SHORTEST = 0.8;
const LONGEST = 1.25;

/**
 * The beats in frames. `strength` has a deviation near 1; `periodAt` gives frames a beat; a distance that is e
 * times the period costs `tightness`.
 */
export function trackBeats(
  strength: Float32Array,
  periodAt: (frame: number) => number,
  tightness: number,
): number[] {
  const { best, from } = accumulate(strength, periodAt, tightness);
  const beats: number[] = [];
  if (best.length === 0) return beats;
  for (let at = lastBeat(best, periodAt(best.length - 1)); at >= 0; at = from[at] as number) beats.push(at);
  return beats.reverse();
}

/** For each frame the worth of the best row of beats that ends there, and the beat before it. */
function accumulate(
  strength: Float32Array,
  periodAt: (frame: number) => number,
  tightness: number,
): { best: Float32Array; from: Int32Array } {
  const best = new Float32Array(strength.length);
  const from = new Int32Array(strength.length).fill(-1);
  let costs: Float64Array = new Float64Array(0);
  let period = 0;
  let shortest = 0;
  for (let i = 0; i < strength.length; i++) {
    if (periodAt(i) !== period) {
      period = periodAt(i);
      shortest = Math.max(1, Math.floor(SHORTEST * period));
      const longest = Math.ceil(LONGEST * period);
      costs = distanceCosts(shortest, longest, period).map((cost) => tightness * cost);
    }
    let most = 0;
    let origin = -1;
    const latest = i - shortest;
    const count = Math.min(costs.length, latest + 1);
    for (let d = 0; d < count; d++) {
      const worth = (best[latest - d] as number) - (costs[d] as number);
      if (worth > most) {
        most = worth;
        origin = latest - d;
      }
    }
    best[i] = (strength[i] as number) + most;
    from[i] = origin;
  }
  return { best, from };
}

function distanceCosts(shortest: number, longest: number, period: number): Float64Array {
  return Float64Array.from({ length: longest - shortest + 1 }, (_, d) => {
    const off = Math.log((shortest + d) / period);
    return off * off;
  });
}

/** The best end within the last period. */
function lastBeat(best: Float32Array, period: number): number {
  let last = best.length - 1;
  for (let i = last; i >= Math.max(0, best.length - period); i--) {
    if ((best[i] as number) > (best[last] as number)) last = i;
  }
  return last;
}
