/**
 * The result of analysing one file: what a worker answers, `--json` prints and the database keeps in
 * columns. Fields are SI or the field's own unit and unrounded. A value that could not be measured is
 * null and its path ("rhythm.tempo") is a key of `missing`.
 */
import type { FailureCode, MissingReason, WarningCode } from "./codes";
import type { EarlierVariant } from "./earlier";
import type { MeasurementId } from "./measurements";

/** "imported": from an earlier Playlista's database, and never current. */
export type TrackState = "analyzed" | "unchanged" | "failed" | "cancelled" | "imported";

export interface AnalysisFailure {
  code: FailureCode;
  /** What is wrong and what to do about it, in one or two sentences. */
  message: string;
  /** How many times analysis of this file has failed, this time included. */
  attempts: number;
}

export interface AnalysisWarning {
  code: WarningCode;
  message: string;
  /** Share (0–1) of the promised samples that could be decoded. */
  decodedShare?: number;
  /** Where damage was met, in seconds of decoded time. */
  places?: number[];
}

export interface FileFacts {
  /** Bytes. */
  size: number;
  /** Last modification in ms since 1970 (may have a fraction). */
  modified: number;
  /** SHA-256 of the content in hex; null when the file could not be read to its end. */
  sha256: string | null;
}

export interface FormatFacts {
  /** "WAVE", "FLAC", "MPEG", "Ogg" … */
  container: string;
  /** "PCM", "FLAC", "MP3", "Vorbis", "Opus" … */
  codec: string;
  lossless: boolean;
  /** Hz, of the decoded samples. */
  sampleRate: number;
  channels: number;
  /** Bits a sample; null for lossy codecs. */
  bitDepth: number | null;
  /** bit/s, mean over the audio. */
  bitrate: number | null;
  /** Seconds: decoded samples / sampleRate. */
  duration: number;
  /** Frames a channel at the decoded rate, after priming and padding. */
  samples: number;
}

/** As found in the file, never mixed with measurements. A tag the file does not carry is null. */
export interface Tags {
  title: string | null;
  artist: string | null;
  album: string | null;
  albumArtist: string | null;
  trackNumber: number | null;
  year: number | null;
  genre: string[];
  comment: string | null;
  /** BPM as tagged. */
  tempo: number | null;
  /** Key as tagged, unchanged. */
  key: string | null;
  /** dB. */
  replayGainTrack: number | null;
  /** dB. */
  replayGainAlbum: number | null;
}

/** Tonics upwards from C. */
export const KEY_NAMES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"] as const;
export type KeyName = (typeof KEY_NAMES)[number];
export type Mode = "major" | "minor";

export interface LoudnessResult {
  /** LUFS, ITU-R BS.1770-5 with both gates. */
  integrated: number | null;
  /** LU, EBU Tech 3342. */
  range: number | null;
  /** LUFS: the loudest 400 ms. */
  momentaryMax: number | null;
  /** LUFS: the loudest 3 s. */
  shortTermMax: number | null;
  /** dBTP: the highest value, those between samples included. */
  truePeak: number | null;
  /** dBFS: the highest sample. */
  samplePeak: number | null;
  /** dB: what ReplayGain 2.0 adds to bring the file to −18 LUFS. */
  replayGain: number | null;
  /** Linear, 1 is full scale: the highest sample, as ReplayGain's tags have it (not the true peak). */
  replayPeak: number | null;
  /** LU: true peak above integrated loudness. */
  peakToLoudness: number | null;
}

export interface DynamicsResult {
  /** dBFS: root of the mean square over all channels; a full-scale sine has −3.01. */
  rms: number | null;
  /** dB: highest sample above RMS. */
  crestFactor: number | null;
  /** Linear, 1 is full scale: the mean of the channel that is furthest off. */
  dcOffset: number | null;
  /** How often, in all channels together, at least three samples in a row lie at or beyond full scale on one side. */
  clippedRuns: number | null;
  /** Seconds before the first sample above −60 dBFS. */
  leadingSilence: number | null;
  /** Seconds after the last sample above −60 dBFS. */
  trailingSilence: number | null;
}

export interface StereoResult {
  /** −1 to 1, of the first two channels. */
  correlation: number | null;
  /** Left and right differ by less than −60 dB, and no other channel sounds. */
  dualMono: boolean | null;
  /** Channels, counted from 0, that never rise above −60 dBFS; people are shown them counted from 1. */
  silentChannels: number[] | null;
}

/** Whether the tempo stays, moves slowly, or follows no steady beat. */
export type Stability = "steady" | "drifting" | "free";

/** A tempo (BPM) and how likely it is the one written, 0–1. */
export interface TempoCandidate {
  tempo: number;
  weight: number;
}

export interface RhythmResult {
  /** BPM: the strongest candidate. */
  tempo: number | null;
  /** 0–1: how often a tempo found like this is the one written. */
  confidence: number | null;
  /** Strongest first; the weights sum to at most 1. */
  candidates: TempoCandidate[] | null;
  /** Seconds. */
  beats: number[] | null;
  /** Seconds: the first beat of each bar. */
  downbeats: number[] | null;
  /** Onsets (notes, strokes) a second. */
  onsetRate: number | null;
  stability: Stability | null;
}

/** A key and how likely it is the right one, 0–1. */
interface LikelyKey {
  key: KeyName;
  mode: Mode;
  strength: number;
}

/** From `time` (s) on the music is in this key, until the next one. */
export interface KeyChange {
  time: number;
  key: KeyName;
  mode: Mode;
}

export interface TonalResult {
  /** Where keys change, the one that lasts longest. */
  key: KeyName | null;
  mode: Mode | null;
  /** 0–1: how likely this key is the right one. */
  strength: number | null;
  /** The next likely. */
  runnerUp: LikelyKey | null;
  /** "8A". */
  camelot: string | null;
  /** "1m". */
  openKey: string | null;
  /** Hz of A4, 427 to 453. */
  tuning: number | null;
  /** The twelve pitch classes, first is C; the strongest is 1. */
  chroma: number[] | null;
  /** Where keys change, all of them in order of time, the first from 0 on; empty when one key stays. */
  keyChanges: KeyChange[] | null;
}

/** Over all audible frames; `std` is the standard deviation. */
export interface MeanAndStd {
  mean: number;
  std: number;
}

export interface SpectralResult {
  /** Hz. */
  centroid: MeanAndStd | null;
  /** Hz. */
  bandwidth: MeanAndStd | null;
  /** Hz: up to it lies 85 % of the energy. */
  rolloff85: MeanAndStd | null;
  /** 0–1: geometric over arithmetic mean of the power spectrum. */
  flatness: MeanAndStd | null;
  /** 0–1: rise from frame to frame of spectra of length 1. */
  flux: MeanAndStd | null;
  /** dB, by octave: up to 200 Hz, to 400, 800, 1600, 3200, 6400, above; as many as the sample rate has. */
  contrast: MeanAndStd[] | null;
  /** 1/s. */
  zeroCrossingRate: MeanAndStd | null;
}

export interface TimbreResult {
  /** 13 mel-frequency cepstral coefficients, as Essentia scales them. */
  mfccMean: number[] | null;
  mfccStd: number[] | null;
}

/** essentia.js' own values, by its own definitions; combined over windows where a file is longer than 3 minutes. */
export interface EssentiaResult {
  /** BPM. */
  tempo: number | null;
  /** 0–5.32: to 1 very low, to 1.5 low, to 3.5 good, above excellent. */
  confidence: number | null;
  key: KeyName | null;
  mode: Mode | null;
  /** At most 1. */
  keyStrength: number | null;
  /** About 0–3. */
  danceability: number | null;
  /** dB. */
  dynamicComplexity: number | null;
  /** LUFS. */
  loudness: number | null;
  /** LU. */
  loudnessRange: number | null;
  /** Hz. */
  centroid: number | null;
  /** Hz. */
  rolloff: number | null;
  /** 0–1, of the Bark bands. */
  flatness: number | null;
  /** Crossings a sample. */
  zeroCrossingRate: number | null;
  /** 13. */
  mfcc: number[] | null;
}

/** How the piece goes on, segment by segment; kept beside the waveform, not in the database. */
export interface SegmentsResult {
  /** Seconds: 1, or more in a file of more than an hour. */
  step: number;
  /** LUFS; null for silence. */
  loudness: (number | null)[];
  /** Hz; null for silence. */
  centroid: (number | null)[];
  /** Twelve pitch classes from C, the strongest has 1; null where there is no tone. */
  chroma: (number[] | null)[];
}

export interface Versions {
  /** The extension's version that made this result. */
  app: string;
  /** Version of this result's shape. */
  schema: number;
  measurements: Partial<Record<MeasurementId, number>>;
}

export interface Timing {
  /** ISO 8601, UTC. */
  analyzedAt: string;
  /** Null when no worker came back to say it. */
  decodeMs: number | null;
  analyzeMs: number | null;
  /** Thread number; 0 is the engine's own process, null is not known. */
  workerId: number | null;
}

/** How long decoding and measuring took together, or null when nobody came back to say it. */
export function tookMs({ decodeMs, analyzeMs }: Timing): number | null {
  return decodeMs === null || analyzeMs === null ? null : decodeMs + analyzeMs;
}

/** What a model says that it hears, and how sure it is, 0–1. */
export interface ModelTag {
  name: string;
  score: number;
}

/**
 * What came from a database of the earlier Playlista and fits nowhere else. What means the same here is in its own
 * group; all of it is replaced by the first analysis.
 */
export interface ImportedFacts {
  /** Which form of database. */
  origin: EarlierVariant;
  /** When it was analysed, as written there: mostly local time without a zone. */
  analyzedAt: string | null;
  /** Seconds. */
  duration: number | null;
  /** Hz, of the file. */
  sampleRate: number | null;
  channels: number | null;
  /** bit/s. */
  bitrate: number | null;
  /** What its model (MusiCNN) heard, 0–1, the surest first. */
  modelTags: ModelTag[];
  /** Values by definitions of their own, under the names that docs/import.md explains. */
  values: Record<string, number | number[]>;
}

/** What is measured, by group: the result of a whole analysis has them all. */
export interface MeasuredGroups {
  loudness: LoudnessResult;
  dynamics: DynamicsResult;
  stereo: StereoResult;
  rhythm: RhythmResult;
  tonal: TonalResult;
  spectral: SpectralResult;
  timbre: TimbreResult;
  essentia: EssentiaResult;
}
export type MeasuredGroup = keyof MeasuredGroups;

/** In the order shown. */
export const MEASURED_GROUPS = Object.keys({
  loudness: true,
  dynamics: true,
  stereo: true,
  rhythm: true,
  tonal: true,
  spectral: true,
  timbre: true,
  essentia: true,
} satisfies Record<MeasuredGroup, true>) as readonly MeasuredGroup[];

/** The groups of a file of which nothing could be measured. */
export function nothingMeasured(): Record<MeasuredGroup | "segments", null> {
  const groups = [...MEASURED_GROUPS, "segments"].map((group) => [group, null]);
  return Object.fromEntries(groups) as Record<MeasuredGroup | "segments", null>;
}

/** Groups are null when the file failed before they could be known, or when they were not asked for. */
export interface Analysis extends Nullable<MeasuredGroups> {
  path: string;
  state: TrackState;
  error?: AnalysisFailure;
  warnings: AnalysisWarning[];
  file: FileFacts | null;
  format: FormatFacts | null;
  tags: Tags | null;
  segments: SegmentsResult | null;
  /** Of results that were imported. */
  imported?: ImportedFacts;
  missing: Record<string, MissingReason>;
  versions: Versions;
  timing: Timing;
}

type Nullable<T> = { [K in keyof T]: T[K] | null };

/** Version of the shape of {@link Analysis}. */
export const RESULT_SCHEMA = 1;
