/**
 * Spectral contrast (Jiang et al., Music Type Classification by Spectral Contrast Feature, 2002): in each octave
 * the level of the strongest bins over that of the weakest. Octaves as in librosa: up to 200 Hz, then doubling.
 */
import { kernel } from "../dsp/kernel";
import type { Spectrum } from "../dsp/SpectrumStream";
import { leastPower } from "./shape";
import { workspaceOf } from "./workspace";

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

  /** `binHz` in Hz from bin to bin. */
  constructor(binHz: number, bins: number) {
    const edges = [0, ...Array.from({ length: DOUBLINGS + 1 }, (_, i) => FIRST_EDGE_HZ * 2 ** i), Infinity];
    this.#octaves = edges
      .slice(1)
      .map((edge, i) => octaveOf(binAbove(edges[i] ?? 0, binHz, bins), binAbove(edge, binHz, bins)))
      .filter(({ from, to }) => to > from);
    this.values = new Float64Array(this.#octaves.length);
  }

  /** Computes `values`. */
  measure(spectrum: Spectrum): void {
    const { power } = spectrum;
    const { one, other } = workspaceOf(power.length);
    one.values.set(power);
    const least = Math.sqrt(leastPower(spectrum));
    for (const [i, { from, to, count }] of this.#octaves.entries()) {
      const first = one.address + from * Float64Array.BYTES_PER_ELEMENT;
      const peak = kernel.strongest(first, to - from, count, other.address) + least;
      const valley = kernel.weakest(first, to - from, count, other.address) + least;
      this.values[i] = 20 * Math.log10(peak / valley);
    }
  }
}

function octaveOf(from: number, to: number): Octave {
  return { from, to, count: Math.max(1, Math.round(SHARE * (to - from))) };
}

/** The first bin at or above an edge; bin 0, which is no tone, belongs to no octave. */
function binAbove(hz: number, binHz: number, bins: number): number {
  return Math.min(bins, Math.max(1, Math.ceil(hz / binHz)));
}
