/**
 * The one pass: each block of samples goes through all measurements as it comes, and none of them keeps
 * the samples. What comes out is a function of what went in: no clock, no randomness, no files.
 */
import type { MeasuredGroups } from "../shared/analysis";
import type { MissingReason } from "../shared/codes";
import type { Waveform } from "../shared/waveformFile";
import { finiteBlock } from "./dsp/finiteBlock";
import { MonoMix } from "./dsp/MonoMix";
import { SpectrumStream } from "./dsp/SpectrumStream";
import { DynamicsExtractor } from "./dynamics/DynamicsExtractor";
import type { Extracted } from "./Extracted";
import { KeyExtractor } from "./key/KeyExtractor";
import type { KeyDetector } from "./key/KeyExtractor";
import { LevelPass } from "./levels/LevelPass";
import type { LoudnessCurve } from "./loudness/LoudnessCurve";
import { LoudnessExtractor } from "./loudness/LoudnessExtractor";
import { SpectralExtractor } from "./spectral/SpectralExtractor";
import { StereoExtractor } from "./stereo/StereoExtractor";
import { TempoExtractor } from "./tempo/TempoExtractor";
import { TimbreExtractor } from "./timbre/TimbreExtractor";
import { WaveformExtractor } from "./waveform/WaveformExtractor";

export type { KeyDetector } from "./key/KeyExtractor";

export interface AnalysisOptions {
  /** Hz. */
  sampleRate: number;
  channels: number;
  /** Bits a sample, which say where full scale lies; null or absent for lossy formats. */
  bitDepth?: number | null;
  /** Where the channels stand, as bits of WAV's channel mask; null or absent: as usual for their count. */
  channelMask?: number | null;
  detectKey: KeyDetector;
}

export interface PassResult extends MeasuredGroups {
  /** Path of each value that is null ("rhythm.tempo") → why. */
  missing: Record<string, MissingReason>;
  waveform: Waveform;
  loudnessCurve: LoudnessCurve;
}

export class AnalysisPass {
  readonly #mono: MonoMix;
  readonly #loudness: LoudnessExtractor;
  readonly #levels: LevelPass;
  readonly #dynamics: DynamicsExtractor;
  readonly #stereo: StereoExtractor;
  readonly #waveform: WaveformExtractor;
  readonly #tempo: TempoExtractor;
  readonly #key: KeyExtractor;
  readonly #spectra: SpectrumStream;
  readonly #spectral: SpectralExtractor;
  readonly #timbre: TimbreExtractor;

  constructor({ detectKey, ...source }: AnalysisOptions) {
    const { sampleRate } = source;
    this.#mono = new MonoMix(source);
    this.#loudness = new LoudnessExtractor(source);
    this.#dynamics = new DynamicsExtractor(source);
    this.#stereo = new StereoExtractor(source);
    this.#waveform = new WaveformExtractor(source);
    this.#levels = new LevelPass(source.channels, [this.#dynamics, this.#stereo, this.#waveform]);
    this.#tempo = new TempoExtractor(this.#mono.sampleRate);
    this.#key = new KeyExtractor(this.#mono.sampleRate, detectKey);
    this.#spectra = new SpectrumStream(sampleRate);
    this.#spectral = new SpectralExtractor(this.#spectra);
    this.#timbre = new TimbreExtractor(this.#spectra);
  }

  /** Takes the next `length` frames, one array a channel; samples are 1 at full scale. */
  push(block: readonly Float32Array[], length: number): void {
    const finite = finiteBlock(block, length);
    this.#loudness.push(finite, length);
    this.#levels.push(finite, length);
    this.#mono.push(finite, length, (mono, fullRate) => {
      this.#tempo.push(mono);
      this.#key.push(mono);
      this.#spectra.push(fullRate, (spectrum) => {
        this.#spectral.push(spectrum);
        this.#timbre.push(spectrum);
      });
    });
  }

  /** The measurements of all that was pushed; to be called once. */
  finish(): PassResult {
    const missing: Record<string, MissingReason> = {};
    const values = <T>(group: string, extracted: Extracted<T>): T => {
      for (const [name, reason] of Object.entries(extracted.missing as Record<string, MissingReason>)) {
        missing[`${group}.${name}`] = reason;
      }
      return extracted.values;
    };
    this.#levels.finish();
    const loudness = this.#loudness.finish();
    return {
      loudness: values("loudness", loudness),
      dynamics: values("dynamics", this.#dynamics.finish()),
      stereo: values("stereo", this.#stereo.finish()),
      rhythm: values("rhythm", this.#tempo.finish()),
      tonal: values("tonal", this.#key.finish()),
      spectral: values("spectral", this.#spectral.finish()),
      timbre: values("timbre", this.#timbre.finish()),
      missing,
      waveform: this.#waveform.finish(),
      loudnessCurve: loudness.curve,
    };
  }
}
