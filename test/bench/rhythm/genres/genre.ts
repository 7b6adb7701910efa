/**
 * How a kind of music looks in time: general knowledge of its patterns, accompaniments, usual tempos and of how
 * its beat is written.
 */
import type { Sound } from "../sounds";

export interface Part {
  sound: Sound;
  /**
   * Step strings of one bar each, one of which is chosen a piece: "x" always sounds, a digit n with probability
   * n / 10, "." never.
   */
  bars?: readonly string[];
  /**
   * Or step strings of one beat ("-": what sounds goes on), drawn beat by beat from one of the lists, which is
   * chosen anew each section.
   */
  cells?: readonly (readonly string[])[];
  /** Linear. */
  level?: number;
}

export interface Genre {
  name: string;
  /** BPM as a composer would write it. */
  tempo: readonly [slowest: number, fastest: number];
  /** Beats a bar. */
  beats: number;
  /** Share of the step pair that the first step may take: 0.5 straight, 0.67 triplets. */
  swing?: readonly [number, number];
  parts: readonly Part[];
  /** Parts may be left out with this probability each (0.25 when not given). */
  thin?: number;
  /** Beats from chord to chord, one chosen a piece; once and twice a bar when not given. */
  harmony?: readonly number[];
  /** Bars that differ before the phrase comes again, one chosen a piece: 1, 2 or 4 when not given. */
  phrase?: readonly number[];
  /** Bars after which all rest on a long note. */
  cadence?: readonly number[];
  /** Bars by which each line follows the one above it with the same notes. */
  canon?: readonly number[];
}
