/**
 * The one pass: each block of samples goes through all measurements as it comes, and none of them keeps
 * the samples. What comes out is a function of what went in: no clock, no randomness, no files.
 */
import type { MeasuredGroups } from "../shared/analysis";
import type { MissingReason } from "../shared/codes";
import type { View } from "../shared/view";
import { finiteBlock } from "./dsp/finiteBlock";
import { MonoMix } from "./dsp/MonoMix";
import { SpectrumStream } from "./dsp/SpectrumStream";
import { DynamicsExtractor } from "./dynamics/DynamicsExtractor";
import type { Extracted } from "./Extracted";
import { SILENCE_PEAK } from "./levels/audible";
import { LevelPass } from "./levels/LevelPass";
import { LoudnessExtractor } from "./loudness/LoudnessExtractor";
import { RhythmExtractor } from "./rhythm/RhythmExtractor";
import { SegmentsExtractor } from "./segments/SegmentsExtractor";
import { SpectralExtractor } from "./spectral/SpectralExtractor";
import { SpectrogramExtractor } from "./spectrogram/SpectrogramExtractor";
import { StereoExtractor } from "./stereo/StereoExtractor";
import { TimbreExtractor } from "./timbre/TimbreExtractor";
import { TonalExtractor } from "./tonal/TonalExtractor";
import { WaveformExtractor } from "./waveform/WaveformExtractor";

export interface AnalysisOptions {
  /** Hz. */
  sampleRate: number;
  channels: number;
  /** Bits a sample, which say where full scale lies; null or absent for lossy formats. */
  bitDepth?: number | null;
  /** Where the channels stand, as bits of WAV's channel mask; null or absent: as usual for their count. */
  channelMask?: number | null;
}

/** All groups but the one that is not measured in the pass. */
export interface PassResult extends Omit<MeasuredGroups, "essentia"> {
  /** Path of each value that is null ("rhythm.tempo") → why. */
  missing: Record<string, MissingReason>;
  /** What is drawn over time. */
  view: View;
}

export class AnalysisPass {
  readonly #mono: MonoMix;
  readonly #loudness: LoudnessExtractor;
  readonly #levels: LevelPass;
  readonly #dynamics: DynamicsExtractor;
  readonly #stereo: StereoExtractor;
  readonly #waveform: WaveformExtractor;
  readonly #rhythm: RhythmExtractor;
  readonly #tonal: TonalExtractor;
  readonly #spectra: SpectrumStream;
  readonly #spectral: SpectralExtractor;
  readonly #timbre: TimbreExtractor;
  readonly #spectrogram: SpectrogramExtractor;
  readonly #segments: SegmentsExtractor;

  constructor(source: AnalysisOptions) {
    const { sampleRate } = source;
    this.#mono = new MonoMix(source);
    this.#loudness = new LoudnessExtractor(source);
    this.#dynamics = new DynamicsExtractor(source);
    this.#stereo = new StereoExtractor(source);
    this.#waveform = new WaveformExtractor(source);
    this.#levels = new LevelPass(source.channels, [this.#dynamics, this.#stereo, this.#waveform]);
    this.#rhythm = new RhythmExtractor(this.#mono.sampleRate);
    this.#tonal = new TonalExtractor(this.#mono.sampleRate);
    this.#spectra = new SpectrumStream(sampleRate);
    this.#spectral = new SpectralExtractor(this.#spectra);
    this.#timbre = new TimbreExtractor(this.#spectra);
    this.#spectrogram = new SpectrogramExtractor(this.#spectra);
    this.#segments = new SegmentsExtractor(this.#spectra);
  }

  /** Takes the next `length` frames, one array a channel; samples are 1 at full scale. */
  push(block: readonly Float32Array[], length: number): void {
    const finite = finiteBlock(block, length);
    this.#loudness.push(finite, length);
    this.#levels.push(finite, length);
    this.#mono.push(finite, length, (mono, fullRate) => {
      this.#rhythm.push(mono);
      this.#tonal.push(mono);
      this.#spectra.push(fullRate, (spectrum) => {
        this.#spectral.push(spectrum);
        this.#timbre.push(spectrum);
        this.#spectrogram.push(spectrum);
        this.#segments.push(this.#spectral.centroid);
      });
    });
  }

  /** The measurements of all that was pushed; to be called once. */
  finish(): PassResult {
    this.#levels.finish();
    const loudness = this.#loudness.finish();
    const isSilent = (loudness.values.replayPeak ?? 0) <= SILENCE_PEAK;
    const missing: Record<string, MissingReason> = {};
    /** Who hears a part of the band calls silence what sounds beside it: then `quiet` is the reason. */
    const values = <T>(group: string, extracted: Extracted<T>, quiet: MissingReason = "silence"): T => {
      for (const [name, reason] of Object.entries(extracted.missing as Record<string, MissingReason>)) {
        missing[`${group}.${name}`] = reason === "silence" && !isSilent ? quiet : reason;
      }
      return extracted.values;
    };
    const tonal = this.#tonal.finish();
    const waveform = this.#waveform.finish();
    return {
      loudness: values("loudness", loudness),
      dynamics: values("dynamics", this.#dynamics.finish()),
      stereo: values("stereo", this.#stereo.finish()),
      rhythm: values("rhythm", this.#rhythm.finish(), "noBeat"),
      tonal: values("tonal", tonal, "notTonal"),
      spectral: values("spectral", this.#spectral.finish(), "inaudible"),
      timbre: values("timbre", this.#timbre.finish(), "inaudible"),
      missing,
      view: {
        waveform,
        loudness: loudness.curve,
        spectrogram: this.#spectrogram.finish(),
        segments: this.#segments.finish({
          duration: waveform.samples / waveform.sampleRate,
          loudness: loudness.curve,
          chroma: tonal.curve.chroma,
        }),
      },
    };
  }
}
