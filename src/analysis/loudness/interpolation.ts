/**
 * The filters that give a signal's values between its samples (ITU-R BS.1770-5, annex 2), and how far such a
 * value can be from the samples about it. The standard leaves the filter open; this one is a sinc under a
 * Kaiser window, which passes the samples themselves through unchanged.
 */

/** Samples on each side that a value is made of. */
export const REACH = 16;
const KAISER_BETA = 5.5;
/** Hz: what the standard asks for is four times 48 kHz; at four times 44.1 kHz it is content too. */
const LEAST_RATE = 4 * 44100;
const MOST_FACTOR = 4;

export interface Interpolation {
  /** How many values there are for one sample: 4, 2 or 1. */
  factor: number;
  /**
   * Taps from the middle outwards, for the samples before and after: of the value half-way (the same for both) and
   * of the value a quarter of the way (for three quarters, before and after change places).
   */
  half: Float64Array;
  quarterBefore: Float64Array;
  quarterAfter: Float64Array;
  /** No value between is further from zero than this many times the highest of the samples it is made of. */
  gain: number;
  /**
   * No value is further from the straight line between its two neighbours than this many times the highest
   * second difference of the samples it is made of.
   */
  bend: number;
}

/** The filters for `sampleRate` in Hz: fourfold up to 48 kHz, twofold up to 96, none above. */
export function interpolation(sampleRate: number): Interpolation {
  let factor = MOST_FACTOR;
  while (factor > 1 && (factor / 2) * sampleRate >= LEAST_RATE) factor /= 2;
  const half = filterAt(0.5);
  const quarter = filterAt(0.25);
  const [before, after] = [outwards(quarter, -1), outwards(quarter, 1)];
  return {
    factor,
    half: outwards(half, 1),
    quarterBefore: before,
    quarterAfter: after,
    gain: Math.max(sumOfSizes(half), sumOfSizes(quarter)),
    bend: Math.max(bendOf(half, 0.5), bendOf(quarter, 0.25)),
  };
}

/** One half of the taps, from the middle on. */
function outwards(filter: Float64Array, direction: 1 | -1): Float64Array {
  return Float64Array.from(
    { length: REACH },
    (_, k) => filter[direction === 1 ? REACH + k : REACH - 1 - k] ?? 0,
  );
}

/** Taps for the value at `place` (0–1) between two samples. A straight line comes out as it went in. */
function filterAt(place: number): Float64Array {
  const taps = Float64Array.from({ length: 2 * REACH }, (_, k) => {
    const distance = k - (REACH - 1) - place;
    return sinc(distance) * kaiser(distance / REACH);
  });
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  const scaled = taps.map((tap) => tap / gain);
  const middle = scaled.reduce((sum, tap, k) => sum + tap * (k - (REACH - 1)), 0);
  scaled[REACH - 1] = (scaled[REACH - 1] ?? 0) + (middle - place);
  scaled[REACH] = (scaled[REACH] ?? 0) - (middle - place);
  return scaled;
}

/**
 * What the filter adds to the straight line, written as a filter over second differences: its taps are those of
 * (filter − line) summed up twice.
 */
function bendOf(filter: Float64Array, place: number): number {
  let once = 0;
  let twice = 0;
  let bend = 0;
  for (const [k, tap] of filter.entries()) {
    const line = k === REACH - 1 ? 1 - place : k === REACH ? place : 0;
    once += tap - line;
    twice += once;
    bend += Math.abs(twice);
  }
  return bend;
}

function sumOfSizes(filter: Float64Array): number {
  return filter.reduce((sum, tap) => sum + Math.abs(tap), 0);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kaiser window over −1 to 1. */
function kaiser(x: number): number {
  return bessel(KAISER_BETA * Math.sqrt(Math.max(0, 1 - x * x))) / bessel(KAISER_BETA);
}

/** Modified Bessel function of the first kind, order 0, by its series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
