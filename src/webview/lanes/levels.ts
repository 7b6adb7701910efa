/** What the waveform says in numbers: levels over time for the table, and the places at full scale. */
import type { Waveform } from "../../shared/view";

/** Peak and RMS over a stretch of the file; null when it is silent. */
export interface Level {
  /** Seconds. */
  start: number;
  end: number;
  /** dBFS. */
  peak: number | null;
  /** dBFS. */
  rms: number | null;
}

const FULL_SCALE = 32767;
/** The highest sample of 16 bits lies one step under full scale. */
export const AT_FULL_SCALE = FULL_SCALE - 1;
/** Bins at full scale that lie closer than this belong to one place. */
const PLACE_GAP_SECONDS = 1;

/** The file in `count` stretches of the same length (fewer when it has fewer bins). */
export function levels(waveform: Waveform, count: number): Level[] {
  const bins = waveform.min.length;
  const rows = Math.min(count, bins);
  return Array.from({ length: rows }, (_, row) =>
    levelOf(waveform, Math.floor((row * bins) / rows), Math.floor(((row + 1) * bins) / rows)),
  );
}

function levelOf(waveform: Waveform, first: number, last: number): Level {
  const secondsPerBin = waveform.samplesPerBin / waveform.sampleRate;
  let peak = 0;
  let power = 0;
  for (let bin = first; bin < last; bin++) {
    peak = Math.max(peak, peakOf(waveform, bin));
    power += (waveform.rms[bin] ?? 0) ** 2;
  }
  return {
    start: first * secondsPerBin,
    end: Math.min(last * secondsPerBin, waveform.samples / waveform.sampleRate),
    peak: decibels(peak),
    rms: decibels(Math.sqrt(power / (last - first))),
  };
}

/** Start of each place, in seconds, where samples reach full scale. */
export function fullScalePlaces(waveform: Waveform): number[] {
  const secondsPerBin = waveform.samplesPerBin / waveform.sampleRate;
  const places: number[] = [];
  let lastSeen = -Infinity;
  for (let bin = 0; bin < waveform.min.length; bin++) {
    if (peakOf(waveform, bin) < AT_FULL_SCALE) continue;
    const time = bin * secondsPerBin;
    if (time - lastSeen > PLACE_GAP_SECONDS) places.push(time);
    lastSeen = time;
  }
  return places;
}

function peakOf(waveform: Waveform, bin: number): number {
  return Math.max(waveform.max[bin] ?? 0, -(waveform.min[bin] ?? 0));
}

function decibels(amplitude: number): number | null {
  return amplitude > 0 ? 20 * Math.log10(amplitude / FULL_SCALE) : null;
}
