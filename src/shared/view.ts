/** What the page draws of one file over time, as analysis makes it and viewFile.ts keeps it. */
import type { SegmentsResult } from "./analysis";

/** For each bin the lowest, the highest and the RMS sample over all channels, full scale at 32767. */
export interface Waveform {
  /** Hz. */
  sampleRate: number;
  samplesPerBin: number;
  /** Frames a channel in the whole file (the last bin may be partly filled). */
  samples: number;
  min: Int16Array;
  max: Int16Array;
  rms: Uint16Array;
}

/** Stands for silence among loudness values. */
export const SILENT = -32768;
/** The highest loudness that is kept, in hundredths of a LUFS; the lowest is its opposite. */
const LOUDEST = 32767;

/** A loudness (LUFS, null for silence) in hundredths of a LUFS, {@link SILENT} for silence. */
export function hundredthsOf(lufs: number | null): number {
  return lufs === null ? SILENT : Math.max(-LOUDEST, Math.min(LOUDEST, Math.round(lufs * 100)));
}

/** Loudness in hundredths of a LUFS, {@link SILENT} for silence; the value at `i` ends at (i + 1) × step. */
export interface LoudnessCurve {
  /** Seconds. */
  step: number;
  /** Over 400 ms. */
  momentary: Int16Array;
  /** Over 3 s. */
  shortTerm: Int16Array;
}

/** Power over time in bands of equal width on the mel scale (mel = 2595 · log10(1 + Hz / 700)). */
export interface Spectrogram {
  /** Seconds: where the first column begins; it is `step` wide. */
  start: number;
  step: number;
  /** Hz: lower edge of the first band, upper edge of the last; each overlaps half of its neighbours. */
  lowest: number;
  highest: number;
  bands: number;
  /** Column by column, in each the lowest band first: see {@link levelOfByte}. */
  levels: Uint8Array;
}

/** dB below a sine at full scale that a byte of a spectrogram stands for: 0 is −120 or less, 255 is 0. */
export function levelOfByte(byte: number): number {
  return (byte / 255 - 1) * SPECTROGRAM_RANGE_DB;
}

/** dB from the lowest byte of a spectrogram to the highest. */
export const SPECTROGRAM_RANGE_DB = 120;

export interface View {
  waveform: Waveform | null;
  loudness: LoudnessCurve | null;
  spectrogram: Spectrogram | null;
  segments: SegmentsResult | null;
}
