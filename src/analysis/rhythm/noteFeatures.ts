/**
 * What a tempo makes of the notes: how far apart they begin, in beats, how many there are to a beat in bass and
 * treble, how many beats a loop has; and what kind of sound it is at all, which says how music like it is written.
 */
import type { Onsets, OnsetPeaks } from "./OnsetPeaks";

/** Distances of neighbouring onsets, in beats, of which the share is told. */
const DISTANCES = [1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1, 3 / 2, 2, 3] as const;
const BASS_DISTANCES = [1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 3 / 2, 2, 3, 4] as const;
/** A distance counts as one of these within this share of it, or a frame where that is more. */
const NEAR = 0.08;
/** Onsets a second, at least, as they are told. */
const LEAST_RATE = 0.2;
/** A file shorter than this (s) may be whole bars, to be repeated. */
const LONGEST_BARS = 10;

/** `tempo` in BPM. */
export function noteFeatures(peaks: OnsetPeaks, tempo: number): number[] {
  const { frameRate, onsets, seconds } = peaks;
  const period = (60 * frameRate) / tempo;
  const densities = [onsets.bass, onsets.treble].flatMap(({ rate }) => {
    const density = Math.log2((Math.max(LEAST_RATE, rate) * 60) / tempo);
    return [density, density * density];
  });
  return [
    ...shares(onsets.full, DISTANCES, period),
    ...shares(onsets.bass, BASS_DISTANCES, period),
    ...densities,
    ...wholeBars((seconds * tempo) / 60, seconds),
  ];
}

/** What is the same for every tempo. */
export function kindFeatures({ full, bass, treble, onsets, seconds }: OnsetPeaks): number[] {
  const all = mean(full) + 1e-6;
  return [
    Math.log2(Math.max(LEAST_RATE, onsets.full.rate)),
    mean(bass) / all,
    mean(treble) / all,
    all,
    deviation(full) / all,
    Math.max(0, Math.log2(12 / seconds)),
  ];
}

/** Share of the distances (in frames) that are near each of so many beats. */
function shares({ distances, count }: Onsets, ofBeats: readonly number[], period: number): number[] {
  return ofBeats.map((beats) => {
    const middle = beats * period;
    const reach = Math.max(1, NEAR * middle);
    let near = 0;
    for (let frames = Math.ceil(middle - reach); frames <= middle + reach; frames++) {
      near += distances[frames] ?? 0;
    }
    return near / Math.max(1, count);
  });
}

/** How far a short file is from whole beats, twos, threes and fours of them. */
function wholeBars(beats: number, seconds: number): number[] {
  if (seconds >= LONGEST_BARS) return [0, 0, 0, 0, 0];
  const off = [1, 2, 3, 4].map((bar) => Math.min(1, 2 * Math.abs(beats - bar * Math.round(beats / bar))));
  return [1, ...off];
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function deviation(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length));
}
