/** As much of essentia.js' WebAssembly face as is used here; the package has no types for it. */

/** A std::vector in the module's own memory: must be deleted, nothing else frees it. */
export interface EssentiaVector {
  delete(): void;
}

export interface EssentiaAlgorithms {
  /** Options must all be given, in this order. */
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
}

export interface EssentiaModule {
  EssentiaJS: new (isDebug: boolean) => EssentiaAlgorithms;
  arrayToVector(samples: Float32Array): EssentiaVector;
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
