/**
 * What speaks for and against a tempo: how the three tempograms show the periods of bar, beat and subdivision,
 * and, with beats set at that tempo, what sounds on them, between them and from beat to beat.
 */
import { peakValue, refinePeriod } from "./lags";
import type { OnsetPeaks } from "./OnsetPeaks";
import { highestNear, patternOf } from "./patternOf";
import { tempogram } from "./tempogram";
import { trackBeats } from "./trackBeats";

/** Multiples of the beat at which the tempograms are read. */
const RATIOS = [1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 3 / 2, 2, 3, 4, 6, 8] as const;
/** Places between two beats at which the curves are read. */
const PLACES = [0, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4] as const;
/** A tempogram counts relative to its highest value at these lags (s) … */
const REFERENCE_LAGS = [0.25, 4] as const;
/** … or to this where nothing repeats. */
const LEAST_REFERENCE = 0.02;
/** Beats may follow a moving tempo by so much. */
const TIGHTNESS = 60;
/** Beats are set on so much of the middle at most: enough to know the level of the beat. */
const LONGEST_SECONDS = 180;

export interface Tempograms {
  /** Of the full, bass and treble curve. */
  lags: readonly Float64Array[];
  references: readonly number[];
  frameRate: number;
}

export function tempograms(peaks: OnsetPeaks): Tempograms {
  const { frameRate } = peaks;
  const lags = [peaks.full, peaks.bass, peaks.treble].map((curve) => tempogram(curve, frameRate));
  return { lags, references: lags.map((values) => highest(values, frameRate)), frameRate };
}

/** The tempograms at the ratios of the beat, and how far (in octaves) the tempo is from 120 BPM. */
export function repetitionFeatures({ lags, references, frameRate }: Tempograms, tempo: number): number[] {
  const period = (60 * frameRate) / tempo;
  // Asked of two hundred tempos a file: loops leave the garbage collector less to do.
  const features: number[] = [];
  for (let c = 0; c < lags.length; c++) {
    const values = lags[c] as Float64Array;
    const reference = references[c] ?? 1;
    for (let r = 0; r < RATIOS.length; r++)
      features.push(peakValue(values, (RATIOS[r] as number) * period) / reference);
  }
  const octaves = Math.log2(tempo / 120);
  features.push(octaves, octaves * octaves);
  return features;
}

/** What sounds where when beats are set at this tempo. */
export function beatFeatures(peaks: OnsetPeaks, { lags, frameRate }: Tempograms, tempo: number): number[] {
  const period = refinePeriod(lags[0] ?? new Float64Array(0), (60 * frameRate) / tempo);
  const longest = Math.round(LONGEST_SECONDS * frameRate);
  const from = Math.max(0, (peaks.strength.length - longest) >> 1);
  const middle = (curve: Float32Array) => curve.subarray(from, from + longest);
  const strength = middle(peaks.strength);
  const beats = trackBeats(strength, () => period, TIGHTNESS);
  const features = [peaks.full, peaks.bass, peaks.treble].flatMap((curve) => placesOf(middle(curve), beats));
  const onBeats = mean(beats.map((beat) => highestNear(strength, beat, 1)));
  const density = Math.log2(Math.max(0.2, peaks.onsets.full.rate) * (60 / tempo));
  return [...features, unevenness(beats, period), onBeats, density, density * density];
}

function highest(lags: Float64Array, frameRate: number): number {
  const [from, to] = REFERENCE_LAGS;
  let most = LEAST_REFERENCE;
  const end = Math.min(lags.length, to * frameRate);
  for (let i = Math.round(from * frameRate); i < end; i++) most = Math.max(most, lags[i] as number);
  return most;
}

function placesOf(curve: Float32Array, beats: readonly number[]): number[] {
  const sums = new Float64Array(PLACES.length);
  const row: number[] = [];
  for (let b = 0; b + 1 < beats.length; b++) {
    const beat = beats[b] as number;
    const distance = (beats[b + 1] as number) - beat;
    for (let p = 0; p < PLACES.length; p++) {
      const value = highestNear(curve, beat + (PLACES[p] as number) * distance, 2);
      sums[p] = (sums[p] as number) + value;
      if (p === 0) row.push(value);
    }
  }
  const all = sums.reduce((sum, value) => sum + value, 1e-6);
  return [...Array.from(sums, (sum) => (PLACES.length * sum) / all), ...patternOf(row)];
}

function unevenness(beats: readonly number[], period: number): number {
  const off = beats.slice(1).map((beat, b) => Math.abs(Math.log((beat - (beats[b] ?? 0)) / period)));
  return Math.min(0.2, mean(off));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
