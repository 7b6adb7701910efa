/** essentia.js' low-level algorithms on the frames of a signal, cut and windowed as ours are. */
import { compileEssentia } from "../../../accuracy/listen";
import type { EssentiaVector } from "../../../../src/worker/essentia/essentiaModule";
import { loadEssentia } from "../../../../src/worker/essentia/loadEssentia";

interface Algorithms {
  Windowing(
    frame: EssentiaVector,
    normalized: boolean,
    size: number,
    type: string,
    zeroPadding: number,
    zeroPhase: boolean,
  ): { frame: EssentiaVector };
  Spectrum(frame: EssentiaVector, size: number): { spectrum: EssentiaVector };
  MFCC(
    spectrum: EssentiaVector,
    dctType: number,
    highFrequencyBound: number,
    inputSize: number,
    liftering: number,
    logType: string,
    lowFrequencyBound: number,
    normalize: string,
    numberBands: number,
    numberCoefficients: number,
    sampleRate: number,
    silenceThreshold: number,
    type: string,
    warpingFormula: string,
    weighting: string,
  ): { mfcc: EssentiaVector; bands: EssentiaVector };
  Centroid(array: EssentiaVector, range: number): { centroid: number };
  RollOff(spectrum: EssentiaVector, cutoff: number, sampleRate: number): { rollOff: number };
  Flatness(array: EssentiaVector): { flatness: number };
  Flux(spectrum: EssentiaVector, halfRectify: boolean, norm: string): { flux: number };
  ZeroCrossingRate(signal: EssentiaVector, threshold: number): { zeroCrossingRate: number };
}

interface Module {
  arrayToVector(samples: Float32Array): EssentiaVector;
  vectorToArray(vector: EssentiaVector): Float32Array;
}

export interface EssentiaFrame {
  mfcc: readonly number[];
  /** Hz. */
  centroid: number;
  /** Hz. */
  rolloff: number;
  flatness: number;
  flux: number;
  /** 1/s. */
  zeroCrossingRate: number;
}

const SIZE = 2048;

/** Frames of 2048 samples with a hop of 1024, at 44.1 kHz. */
export async function essentiaFrames(samples: Float32Array): Promise<EssentiaFrame[]> {
  const essentia = await loadEssentia(await compileEssentia());
  const module = essentia as unknown as Module;
  const algorithms = new essentia.EssentiaJS(false) as unknown as Algorithms;
  const frames: EssentiaFrame[] = [];
  for (let at = 0; at + SIZE <= samples.length; at += SIZE / 2) {
    frames.push(measure(module, algorithms, samples.slice(at, at + SIZE)));
  }
  return frames;
}

function measure(module: Module, algorithms: Algorithms, samples: Float32Array): EssentiaFrame {
  const frame = module.arrayToVector(samples);
  const windowed = algorithms.Windowing(frame, true, SIZE, "hann", 0, true).frame;
  const { spectrum } = algorithms.Spectrum(windowed, SIZE);
  const { mfcc, bands } = algorithms.MFCC(
    ...([spectrum, 2, 11000, SIZE / 2 + 1, 0, "dbamp", 0, "unit_sum", 40, 13, 44100] as const),
    ...([1e-10, "power", "htkMel", "warping"] as const),
  );
  const magnitudes = module.vectorToArray(spectrum);
  const power = module.arrayToVector(magnitudes.map((magnitude) => magnitude * magnitude));
  const length = Math.hypot(...magnitudes);
  const unit = module.arrayToVector(magnitudes.map((magnitude) => magnitude / length));
  const result = {
    mfcc: [...module.vectorToArray(mfcc)],
    centroid: algorithms.Centroid(spectrum, 22050).centroid,
    rolloff: algorithms.RollOff(spectrum, 0.85, 44100).rollOff,
    flatness: algorithms.Flatness(power).flatness,
    flux: algorithms.Flux(unit, true, "L2").flux,
    zeroCrossingRate: algorithms.ZeroCrossingRate(frame, 0).zeroCrossingRate * 44100,
  };
  for (const vector of [frame, windowed, spectrum, mfcc, bands, power, unit]) vector.delete();
  return result;
}
