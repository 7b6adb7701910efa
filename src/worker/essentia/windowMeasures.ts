/**
 * essentia.js' own values of one window of sound, each by the algorithm and the options that its documentation
 * and the data sets made with it (AcousticBrainz among them) go by. Nothing is corrected here: what looks odd is
 * essentia's answer.
 */
import type { SpectralMeans, WindowKey, WindowLoudness, WindowRhythm } from "../../analysis/essentia/windows";
import type { MissingReason } from "../../shared/codes";
import { tonicName } from "../tonicName";
import type { EssentiaScope } from "./EssentiaRunner";
import type { FloatRows, FloatVector } from "./essentiaModule";

/** Hz: the only rate that RhythmExtractor2013 takes, and the default of all others. */
export const ESSENTIA_RATE = 44100;

/** Frames of the low-level values. */
const FRAME = [2048, 1024, ESSENTIA_RATE] as const;
const MFCC_COUNT = 13;

/** RhythmExtractor2013, method "multifeature", 40 to 208 BPM. */
export function rhythmOf(
  { algorithms, vector, hold }: EssentiaScope,
  mono: Float32Array,
): WindowRhythm | MissingReason {
  const { bpm, confidence } = hold(algorithms.RhythmExtractor2013(vector(mono), 208, "multifeature", 40));
  return bpm > 0 && Number.isFinite(bpm) ? { tempo: bpm, confidence } : "noBeat";
}

/** KeyExtractor, all options at their defaults (profile "bgate"). */
export function keyOf({ algorithms, vector }: EssentiaScope, mono: Float32Array): WindowKey {
  const { key, scale, strength } = algorithms.KeyExtractor(
    ...([vector(mono), true, 4096, 4096, 12, 3500, 60, 25, 0.2] as const),
    ...(["bgate", ESSENTIA_RATE, 0.0001, 440, "cosine", "hann"] as const),
  );
  const tonic = tonicName(key);
  if (tonic === null || (scale !== "major" && scale !== "minor"))
    throw new Error(`unknown key "${key} ${scale}"`);
  return { key: tonic, mode: scale, strength };
}

/** Danceability by detrended fluctuation analysis over 310 to 8800 ms; about 0 to 3. */
export function danceabilityOf(
  { algorithms, vector, hold }: EssentiaScope,
  mono: Float32Array,
): number | MissingReason {
  const { danceability } = hold(algorithms.Danceability(vector(mono), 8800, 310, ESSENTIA_RATE, 1.1));
  return given(danceability);
}

/** DynamicComplexity over frames of 0.2 s, dB. */
export function dynamicComplexityOf(
  { algorithms, vector }: EssentiaScope,
  mono: Float32Array,
): number | MissingReason {
  return given(algorithms.DynamicComplexity(vector(mono), 0.2, ESSENTIA_RATE).dynamicComplexity);
}

/** LoudnessEBUR128. */
export function loudnessOf(
  { algorithms, vector, hold }: EssentiaScope,
  left: Float32Array,
  right: Float32Array,
): WindowLoudness | MissingReason {
  const output = hold(algorithms.LoudnessEBUR128(vector(left), vector(right), 0.1, ESSENTIA_RATE, false));
  // What passes no gate (a rumble, say) is silence to it.
  if (!Number.isFinite(output.integratedLoudness)) return "silence";
  return {
    integrated: output.integratedLoudness,
    range: output.loudnessRange,
    momentary: numbersIn(output.momentaryLoudness),
    shortTerm: numbersIn(output.shortTermLoudness),
  };
}

/** LowLevelSpectralExtractor: means over its frames. */
export function spectralMeansOf(
  { algorithms, vector, hold }: EssentiaScope,
  mono: Float32Array,
): SpectralMeans | MissingReason {
  const output = hold(algorithms.LowLevelSpectralExtractor(vector(mono), ...FRAME));
  const means = {
    rolloff: mean(numbersIn(output.spectral_rolloff)),
    flatness: mean(numbersIn(output.spectral_flatness_db)),
    zeroCrossingRate: mean(numbersIn(output.zerocrossingrate)),
    mfcc: meanRow(output.mfcc),
  };
  return Object.values(means).flat().every(Number.isFinite) ? means : "essentiaFailed";
}

/** Mean of LowLevelSpectralEqloudExtractor's centroid behind EqualLoudness, Hz. */
export function centroidOf(
  { algorithms, vector, hold }: EssentiaScope,
  mono: Float32Array,
): number | MissingReason {
  const { signal } = hold(algorithms.EqualLoudness(vector(mono), ESSENTIA_RATE));
  const output = hold(algorithms.LowLevelSpectralEqloudExtractor(signal, ...FRAME));
  return given(mean(numbersIn(output.spectral_centroid)));
}

/** NaN is no answer. */
function given(value: number): number | MissingReason {
  return Number.isFinite(value) ? value : "essentiaFailed";
}

function numbersIn(vector: FloatVector): Float32Array {
  return Float32Array.from({ length: vector.size() }, (_, i) => vector.get(i));
}

function meanRow(rows: FloatRows): number[] {
  const sums = new Array<number>(MFCC_COUNT).fill(0);
  const count = rows.size();
  for (let i = 0; i < count; i++) {
    const row = rows.get(i);
    for (let k = 0; k < MFCC_COUNT; k++) sums[k] = (sums[k] ?? 0) + row.get(k);
    row.delete();
  }
  return sums.map((sum) => sum / count);
}

function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
