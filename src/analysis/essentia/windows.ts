/** What essentia.js says of one window of a file, three minutes at most. */
import type { KeyName, Mode } from "../../shared/analysis";
import type { MissingReason } from "../../shared/codes";

export interface WindowRhythm {
  /** BPM. */
  tempo: number;
  /** 0–5.32. */
  confidence: number;
}

export interface WindowKey {
  key: KeyName;
  mode: Mode;
  strength: number;
}

export interface WindowLoudness {
  /** LUFS. */
  integrated: number;
  /** LU. */
  range: number;
  /** LUFS of 400 ms, each 100 ms. */
  momentary: Float32Array;
  /** LUFS of 3 s, each 100 ms. */
  shortTerm: Float32Array;
}

/** Means over the frames of a window. */
export interface SpectralMeans {
  /** Hz. */
  rolloff: number;
  /** 0–1: of the Bark bands, as a share of −60 dB. */
  flatness: number;
  /** Crossings a sample. */
  zeroCrossingRate: number;
  /** 13. */
  mfcc: number[];
}

/** All that is asked of essentia.js for one window. */
export interface WindowValues {
  rhythm: WindowRhythm;
  key: WindowKey;
  danceability: number;
  dynamicComplexity: number;
  loudness: WindowLoudness;
  spectral: SpectralMeans;
  /** Hz. */
  centroid: number;
}

/** Each of them, or why there is none. */
export type Answers = { [K in keyof WindowValues]: WindowValues[K] | MissingReason };

export interface EssentiaWindow extends Answers {
  seconds: number;
}
