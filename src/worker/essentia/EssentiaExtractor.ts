/**
 * essentia.js' own values of a file, for people who must compare with data sets made by it. It needs whole
 * stretches of sound at 44.1 kHz, so these are collected here: three minutes at a time, which most songs are no
 * longer than, and which its memory has room for.
 */
import { finiteBlock } from "../../analysis/dsp/finiteBlock";
import { Resampler } from "../../analysis/dsp/Resampler";
import { combineWindows } from "../../analysis/essentia/combineWindows";
import type { Answers, EssentiaWindow } from "../../analysis/essentia/windows";
import type { Extracted } from "../../analysis/Extracted";
import type { EssentiaResult } from "../../shared/analysis";
import type { MissingReason } from "../../shared/codes";
import { EssentiaRunner, type EssentiaScope } from "./EssentiaRunner";
import * as measure from "./windowMeasures";

const WINDOW_SECONDS = 180;
/** Of less, alone or left over at the end, essentia.js makes values up. */
const SHORTEST_SECONDS = 5;
/** −60 dBFS: of silence essentia.js makes values up, too. */
const SILENCE_RMS = 1e-3;
const FIRST_CAPACITY = 30 * measure.ESSENTIA_RATE;

export interface EssentiaOptions {
  /** Hz. */
  sampleRate: number;
  channels: number;
  /** Gives essentia.js' essentia-wasm.web.wasm, compiled. */
  compile: () => Promise<WebAssembly.Module>;
  /** Called between two algorithms, which take seconds each; what it throws ends the analysis. */
  pause: () => Promise<void>;
  /** The longest stretch that is heard at once. */
  windowSeconds?: number;
}

export class EssentiaExtractor {
  readonly #runner: EssentiaRunner;
  readonly #pause: () => Promise<void>;
  readonly #channels: number;
  /** Mono, or left and right, or the mix of more. */
  readonly #resamplers: readonly Resampler[];
  readonly #buffers: Float32Array[];
  /** Samples. */
  readonly #windowLength: number;
  #filled = 0;
  readonly #windows: EssentiaWindow[] = [];

  constructor(options: EssentiaOptions) {
    const { sampleRate, channels, compile, pause, windowSeconds = WINDOW_SECONDS } = options;
    this.#runner = new EssentiaRunner(compile);
    this.#pause = pause;
    this.#channels = channels;
    const signals = channels === 2 ? 2 : 1;
    this.#resamplers = Array.from(
      { length: signals },
      () => new Resampler(sampleRate, measure.ESSENTIA_RATE),
    );
    this.#windowLength = windowSeconds * measure.ESSENTIA_RATE;
    const capacity = Math.min(FIRST_CAPACITY, this.#windowLength);
    this.#buffers = this.#resamplers.map(() => new Float32Array(capacity));
  }

  /** Takes the next `length` frames, one array a channel. */
  async push(block: readonly Float32Array[], length: number): Promise<void> {
    const finite = finiteBlock(block, length);
    const signals = this.#channels > 2 ? [mixOf(finite, length)] : finite;
    await this.#collect(
      this.#resamplers.map((one, c) => one.push(signals[c] ?? new Float32Array(length), length)),
    );
  }

  /** The values of all that was pushed; to be called once. */
  async finish(): Promise<Extracted<EssentiaResult>> {
    await this.#collect(this.#resamplers.map((one) => one.finish()));
    if (this.#filled >= SHORTEST_SECONDS * measure.ESSENTIA_RATE) await this.#closeWindow();
    return combineWindows(this.#windows);
  }

  async #collect(signals: readonly Float32Array[]): Promise<void> {
    const length = signals[0]?.length ?? 0;
    const whole = this.#windowLength;
    let from = 0;
    while (from < length) {
      // Only when more comes: a file of just three minutes is one window, with nothing left over.
      if (this.#filled === whole) await this.#closeWindow();
      const to = Math.min(length, from + whole - this.#filled);
      this.#append(signals, from, to);
      from = to;
    }
  }

  #append(signals: readonly Float32Array[], from: number, to: number): void {
    const needed = this.#filled + to - from;
    for (const [c, signal] of signals.entries()) {
      let buffer = this.#buffers[c] as Float32Array;
      if (needed > buffer.length) {
        const grown = new Float32Array(Math.min(Math.max(needed, 2 * buffer.length), this.#windowLength));
        grown.set(buffer.subarray(0, this.#filled));
        this.#buffers[c] = buffer = grown;
      }
      buffer.set(signal.subarray(from, to), this.#filled);
    }
    this.#filled = needed;
  }

  async #closeWindow(): Promise<void> {
    const signals = this.#buffers.map((buffer) => buffer.subarray(0, this.#filled));
    const seconds = this.#filled / measure.ESSENTIA_RATE;
    this.#filled = 0;
    this.#windows.push({ seconds, loudness: await this.#loudness(signals), ...(await this.#mono(signals)) });
  }

  async #loudness(signals: readonly Float32Array[]): Promise<Answers["loudness"]> {
    if (this.#channels > 2) return "tooManyChannels";
    if (signals.every(isSilent)) return "silence";
    const [left = new Float32Array(0), right = new Float32Array(left.length)] = signals;
    return this.#ask((scope) => measure.loudnessOf(scope, left, right));
  }

  async #mono(signals: readonly Float32Array[]): Promise<Omit<Answers, "loudness">> {
    const [first = new Float32Array(0)] = signals;
    const mono = signals.length === 1 ? first : mixOf(signals, first.length);
    const isQuiet = isSilent(mono);
    const ask = async <T>(
      work: (scope: EssentiaScope, mono: Float32Array) => T | MissingReason,
    ): Promise<T | MissingReason> => (isQuiet ? "silence" : this.#ask((scope) => work(scope, mono)));
    return {
      rhythm: await ask(measure.rhythmOf),
      key: await ask(measure.keyOf),
      danceability: await ask(measure.danceabilityOf),
      dynamicComplexity: await ask(measure.dynamicComplexityOf),
      spectral: await ask(measure.spectralMeansOf),
      centroid: await ask(measure.centroidOf),
    };
  }

  async #ask<T>(work: (scope: EssentiaScope) => T | MissingReason): Promise<T | MissingReason> {
    await this.#pause();
    return (await this.#runner.run(work)) ?? "essentiaFailed";
  }
}

/** essentia.js' own convention: the mean of the channels. */
function mixOf(signals: readonly Float32Array[], length: number): Float32Array {
  const mixed = new Float32Array(length);
  for (const signal of signals) {
    for (let i = 0; i < length; i++) mixed[i] = (mixed[i] as number) + (signal[i] as number) / signals.length;
  }
  return mixed;
}

function isSilent(samples: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += (samples[i] as number) * (samples[i] as number);
  return sum < SILENCE_RMS * SILENCE_RMS * samples.length;
}
