/** As much of essentia.js' WebAssembly face as is used here; the package has no types for it. */

/** A std::vector in the module's own memory: must be deleted, nothing else frees it. */
export interface EssentiaVector {
  delete(): void;
}

/** A std::vector<float>. */
export interface FloatVector extends EssentiaVector {
  size(): number;
  get(index: number): number;
}

/** A std::vector<std::vector<float>>; what `get` answers is a copy with a life of its own. */
export interface FloatRows extends EssentiaVector {
  size(): number;
  get(index: number): FloatVector;
}

/** Numbers, words and vectors by name. Every vector must be deleted, also those that nobody reads. */
type Output = Record<string, number | string | EssentiaVector>;

interface RhythmOutput extends Output {
  /** BPM. */
  bpm: number;
  /** 0–5.32. */
  confidence: number;
}

interface LoudnessOutput extends Output {
  /** LUFS. */
  integratedLoudness: number;
  /** LU. */
  loudnessRange: number;
  /** LUFS of 400 ms, each 100 ms. */
  momentaryLoudness: FloatVector;
  /** LUFS of 3 s, each 100 ms. */
  shortTermLoudness: FloatVector;
}

/** One number or one row a frame. */
interface LowLevelOutput extends Output {
  mfcc: FloatRows;
  spectral_flatness_db: FloatVector;
  spectral_rolloff: FloatVector;
  zerocrossingrate: FloatVector;
}

/** Options must all be given, in this order. */
export interface EssentiaAlgorithms {
  KeyExtractor(
    audio: EssentiaVector,
    averageDetuningCorrection: boolean,
    frameSize: number,
    hopSize: number,
    hpcpSize: number,
    maxFrequency: number,
    maximumSpectralPeaks: number,
    minFrequency: number,
    pcpThreshold: number,
    profileType: string,
    sampleRate: number,
    spectralPeaksThreshold: number,
    tuningFrequency: number,
    weightType: string,
    windowType: string,
  ): { key: string; scale: string; strength: number };
  RhythmExtractor2013(
    audio: EssentiaVector,
    maxTempo: number,
    method: "multifeature" | "degara",
    minTempo: number,
  ): RhythmOutput;
  Danceability(
    audio: EssentiaVector,
    maxTau: number,
    minTau: number,
    sampleRate: number,
    tauMultiplier: number,
  ): Output & { danceability: number };
  DynamicComplexity(
    audio: EssentiaVector,
    frameSize: number,
    sampleRate: number,
  ): Output & { dynamicComplexity: number };
  LoudnessEBUR128(
    left: EssentiaVector,
    right: EssentiaVector,
    hopSize: number,
    sampleRate: number,
    startAtZero: boolean,
  ): LoudnessOutput;
  EqualLoudness(audio: EssentiaVector, sampleRate: number): { signal: EssentiaVector };
  LowLevelSpectralExtractor(
    audio: EssentiaVector,
    frameSize: number,
    hopSize: number,
    sampleRate: number,
  ): LowLevelOutput;
  LowLevelSpectralEqloudExtractor(
    audio: EssentiaVector,
    frameSize: number,
    hopSize: number,
    sampleRate: number,
  ): Output & { spectral_centroid: FloatVector };
}

export interface EssentiaModule {
  EssentiaJS: new (isDebug: boolean) => EssentiaAlgorithms;
  arrayToVector(samples: Float32Array): EssentiaVector;
  /** The module's whole memory: another array each time that it has grown. */
  HEAPU8: Uint8Array;
}

/** Module name → function or memory by name. */
export type WasmImports = Record<string, Record<string, unknown>>;

interface EssentiaOptions {
  /** Answers the instance's exports. */
  instantiateWasm(
    imports: WasmImports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
  print(text: string): void;
  printErr(text: string): void;
}

export type CreateEssentia = (options: EssentiaOptions) => Promise<EssentiaModule>;
