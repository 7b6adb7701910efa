/**
 * Spectral contrast (Jiang et al., Music Type Classification by Spectral Contrast Feature, 2002): in each octave
 * the level of the strongest bins over that of the weakest. Octaves as in librosa: up to 200 Hz, then doubling.
 */
import type { Spectrum } from "../dsp/SpectrumStream";
import { leastPower } from "./shape";

const FIRST_EDGE_HZ = 200;
const DOUBLINGS = 5;
/** Share of an octave's bins whose mean magnitude is its peak, or its valley; one bin at least. */
const SHARE = 0.02;

interface Octave {
  /** Bins: the first one, and the one past the last. */
  from: number;
  to: number;
  /** Bins that make the peak, or the valley. */
  count: number;
}

export class OctaveContrast {
  /** dB, for each octave, of the last spectrum measured. */
  readonly values: Float64Array;
  readonly #octaves: Octave[];
  /** The extreme powers found so far, the most extreme first. */
  readonly #extremes: Float64Array;

  /** `binHz` in Hz from bin to bin. */
  constructor(binHz: number, bins: number) {
    const edges = [0, ...Array.from({ length: DOUBLINGS + 1 }, (_, i) => FIRST_EDGE_HZ * 2 ** i), Infinity];
    this.#octaves = edges
      .slice(1)
      .map((edge, i) => octaveOf(binAbove(edges[i] ?? 0, binHz, bins), binAbove(edge, binHz, bins)))
      .filter(({ from, to }) => to > from);
    this.values = new Float64Array(this.#octaves.length);
    this.#extremes = new Float64Array(Math.max(1, ...this.#octaves.map(({ count }) => count)));
  }

  /** Computes `values`. */
  measure(spectrum: Spectrum): void {
    const { power } = spectrum;
    const least = Math.sqrt(leastPower(spectrum));
    for (const [i, octave] of this.#octaves.entries()) {
      const peak = this.#strongest(power, octave) + least;
      const valley = this.#weakest(power, octave) + least;
      this.values[i] = 20 * Math.log10(peak / valley);
    }
  }

  /** Mean magnitude of the strongest bins. */
  #strongest(power: Float64Array, { from, to, count }: Octave): number {
    const extremes = this.#extremes.fill(0, 0, count);
    const last = count - 1;
    let bar = 0;
    // Upwards, for most spectra fall: few bins are stronger than all before them.
    for (let k = from; k < to; k++) {
      const value = power[k] as number;
      if (value <= bar) continue;
      let place = last;
      for (; place > 0 && (extremes[place - 1] as number) < value; place--) {
        extremes[place] = extremes[place - 1] as number;
      }
      extremes[place] = value;
      bar = extremes[last] as number;
    }
    return meanRoot(extremes, count);
  }

  /** Mean magnitude of the weakest bins. */
  #weakest(power: Float64Array, { from, to, count }: Octave): number {
    const extremes = this.#extremes.fill(Infinity, 0, count);
    const last = count - 1;
    let bar = Infinity;
    for (let k = to - 1; k >= from; k--) {
      const value = power[k] as number;
      if (value >= bar) continue;
      let place = last;
      for (; place > 0 && (extremes[place - 1] as number) > value; place--) {
        extremes[place] = extremes[place - 1] as number;
      }
      extremes[place] = value;
      bar = extremes[last] as number;
    }
    return meanRoot(extremes, count);
  }
}

function octaveOf(from: number, to: number): Octave {
  return { from, to, count: Math.max(1, Math.round(SHARE * (to - from))) };
}

/** The first bin at or above an edge; bin 0, which is no tone, belongs to no octave. */
function binAbove(hz: number, binHz: number, bins: number): number {
  return Math.min(bins, Math.max(1, Math.ceil(hz / binHz)));
}

function meanRoot(powers: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.sqrt(powers[i] as number);
  return sum / count;
}
