/**
 * The one pass: each block of samples goes through all measurements as it comes, and none of them keeps
 * the samples. What comes out is a function of what went in: no clock, no randomness, no files.
 */
import type { MeasuredGroups } from "../shared/analysis";
import type { MissingReason } from "../shared/codes";
import type { Waveform } from "../shared/waveformFile";
import { finiteBlock } from "./dsp/finiteBlock";
import { MonoMix } from "./dsp/MonoMix";
import type { Extracted } from "./Extracted";
import { KeyExtractor } from "./key/KeyExtractor";
import type { KeyDetector } from "./key/KeyExtractor";
import { LoudnessExtractor } from "./loudness/LoudnessExtractor";
import { TempoExtractor } from "./tempo/TempoExtractor";
import { WaveformExtractor } from "./waveform/WaveformExtractor";

export type { KeyDetector } from "./key/KeyExtractor";

export interface AnalysisOptions {
  /** Hz. */
  sampleRate: number;
  channels: number;
  detectKey: KeyDetector;
}

export interface PassResult extends MeasuredGroups {
  /** Path of each value that is null ("rhythm.tempo") → why. */
  missing: Record<string, MissingReason>;
  waveform: Waveform;
}

export class AnalysisPass {
  readonly #mono: MonoMix;
  readonly #loudness: LoudnessExtractor;
  readonly #waveform: WaveformExtractor;
  readonly #tempo: TempoExtractor;
  readonly #key: KeyExtractor;

  constructor({ sampleRate, channels, detectKey }: AnalysisOptions) {
    const source = { sampleRate, channels };
    this.#mono = new MonoMix(source);
    this.#loudness = new LoudnessExtractor(source);
    this.#waveform = new WaveformExtractor(source);
    this.#tempo = new TempoExtractor(this.#mono.sampleRate);
    this.#key = new KeyExtractor(this.#mono.sampleRate, detectKey);
  }

  /** Takes the next `length` frames, one array a channel; samples are 1 at full scale. */
  push(block: readonly Float32Array[], length: number): void {
    const finite = finiteBlock(block, length);
    this.#loudness.push(finite, length);
    this.#waveform.push(finite, length);
    this.#mono.push(finite, length, (mono) => {
      this.#tempo.push(mono);
      this.#key.push(mono);
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
    return {
      loudness: values("loudness", this.#loudness.finish()),
      rhythm: values("rhythm", this.#tempo.finish()),
      tonal: values("tonal", this.#key.finish()),
      missing,
      waveform: this.#waveform.finish(),
    };
  }
}
