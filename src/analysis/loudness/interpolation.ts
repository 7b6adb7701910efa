/**
 * The filters that give a signal's values between its samples (ITU-R BS.1770-5, annex 2), and how far such a
 * value can be from the samples about it. The standard leaves the filter open; this one is a sinc under a
 * Kaiser window, which passes the samples themselves through unchanged.
 */

/** Samples on each side that a value is made of. */
export const REACH = 16;
const KAISER_BETA = 5.5;
/**
 * Hz up to which values are made, by doublings. The standard asks for four times 48 kHz; twice that misses less of
 * what lies near half of the sample rate (0.25 dB on a hi-hat at 22 kHz) at little cost.
 */
const FINE_RATE = 8 * 44100;
const MOST_FACTOR = 8;

/** Taps from the middle outwards, for the samples before a place and for those after it. */
export interface Taps {
  before: Float64Array;
  after: Float64Array;
}

/** Places between two samples; what lies as far from the second as another from the first has its taps exchanged. */
export interface Interpolation {
  /** How many values there are for one sample: 8, 4, 2 or 1. */
  factor: number;
  half: Taps;
  quarter: Taps;
  /** An eighth and three eighths of the way. */
  eighths: readonly [Taps, Taps];
  /** No value between is further from zero than this many times the highest of the samples it is made of. */
  gain: number;
  /**
   * No value is further from the straight line between its two neighbours than this many times the highest
   * second difference of the samples it is made of.
   */
  bend: number;
  /** The same for eighths, from the straight line between the quarters beside them. */
  fineBend: number;
}

/** Made once: a short file takes less time than they do. */
let filters: Omit<Interpolation, "factor"> | undefined;

/** The filters for `sampleRate` in Hz: eightfold up to 48 kHz, fourfold up to 96, twofold up to 192, none above. */
export function interpolation(sampleRate: number): Interpolation {
  let factor = MOST_FACTOR;
  while (factor > 1 && (factor / 2) * sampleRate >= FINE_RATE) factor /= 2;
  return { factor, ...(filters ??= makeFilters()) };
}

function makeFilters(): Omit<Interpolation, "factor"> {
  const places = [0, 1, 2, 3, 4].map((eighth) => filterAt(eighth / 8));
  const [whole, eighth, quarter, threeEighths, half] = places as [Filter, Filter, Filter, Filter, Filter];
  return {
    half: outwards(half),
    quarter: outwards(quarter),
    eighths: [outwards(eighth), outwards(threeEighths)],
    gain: Math.max(...places.map(sumOfSizes)),
    bend: Math.max(...places.map((filter, i) => bendOf(minus(filter, lineAt(i / 8))))),
    fineBend: Math.max(
      bendOf(minus(eighth, between(whole, quarter))),
      bendOf(minus(threeEighths, between(quarter, half))),
    ),
  };
}

type Filter = Float64Array;

function outwards(filter: Filter): Taps {
  return { before: filter.slice(0, REACH).reverse(), after: filter.slice(REACH) };
}

/** Taps for the value at `place` (0–1) between two samples. A straight line comes out as it went in. */
function filterAt(place: number): Filter {
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

/** The filter of the straight line between the two samples in the middle. */
function lineAt(place: number): Filter {
  return Float64Array.from({ length: 2 * REACH }, (_, k) =>
    k === REACH - 1 ? 1 - place : k === REACH ? place : 0,
  );
}

function between(one: Filter, other: Filter): Filter {
  return one.map((tap, k) => (tap + (other[k] ?? 0)) / 2);
}

function minus(filter: Filter, other: Filter): Filter {
  return filter.map((tap, k) => tap - (other[k] ?? 0));
}

/**
 * How much a filter that makes nothing of any straight line can make of second differences of size 1: written as
 * a filter over these, its taps are its own summed up twice.
 */
function bendOf(filter: Filter): number {
  let once = 0;
  let twice = 0;
  let bend = 0;
  for (const tap of filter) {
    once += tap;
    twice += once;
    bend += Math.abs(twice);
  }
  return bend;
}

function sumOfSizes(filter: Filter): number {
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
    const factor = x / (2 * k);
    term *= factor * factor;
    sum += term;
  }
  return sum;
}
