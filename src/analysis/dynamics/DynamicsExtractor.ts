/**
 * How a signal fills its range, and its common faults: RMS, crest factor, DC offset, clipping, silence before and
 * after. RMS is 20·log10 of the root of the mean square over all channels: a full-scale sine has −3.01 dBFS.
 */
import type { DynamicsResult } from "../../shared/analysis";
import { nothingOf, type Extracted } from "../Extracted";
import { SILENCE_PEAK } from "../levels/audible";
import type { BinLevels } from "../levels/BinLevels";
import { decibels } from "../levels/decibels";
import type { LevelReader } from "../levels/LevelPass";
import { ClippedRuns } from "./ClippedRuns";
import { SoundEdges } from "./SoundEdges";

/** Finer steps make no difference: what clipped at 16 bits is stored in 24 by many. */
const FINEST_BITS = 16;

export interface DynamicsOptions {
  /** Hz. */
  sampleRate: number;
  channels: number;
  /** Bits a sample, which say where full scale lies; null or absent for lossy formats. */
  bitDepth?: number | null;
}

export class DynamicsExtractor implements LevelReader {
  readonly #sampleRate: number;
  readonly #fullScale: number;
  readonly #sums: Float64Array;
  readonly #clipped: readonly ClippedRuns[];
  readonly #edges = new SoundEdges();
  #energy = 0;
  #peak = 0;
  #frames = 0;
  /** Frames before those that are being looked at. */
  #position = 0;

  constructor({ sampleRate, channels, bitDepth = null }: DynamicsOptions) {
    this.#sampleRate = sampleRate;
    this.#fullScale = 1 - 2 ** (1 - Math.min(FINEST_BITS, bitDepth ?? FINEST_BITS));
    this.#sums = new Float64Array(channels);
    this.#clipped = Array.from({ length: channels }, () => new ClippedRuns(this.#fullScale));
  }

  takeFrames(block: readonly Float32Array[], from: number, to: number, bin: BinLevels): void {
    let peak = 0;
    for (let c = 0; c < this.#clipped.length; c++) {
      const channelPeak = bin.peak(c);
      if (channelPeak > peak) peak = channelPeak;
      const runs = this.#clipped[c] as ClippedRuns;
      const samples = block[c];
      if (samples && channelPeak >= this.#fullScale) runs.push(samples, from, to);
      else runs.skip();
    }
    if (peak > SILENCE_PEAK) this.#edges.look(block, from, to, this.#position);
    this.#position += to - from;
  }

  takeBin(bin: BinLevels): void {
    for (let c = 0; c < this.#sums.length; c++) {
      this.#sums[c] = (this.#sums[c] as number) + (bin.sum[c] as number);
      this.#energy += bin.energy[c] as number;
      this.#peak = Math.max(this.#peak, bin.peak(c));
    }
    this.#frames += bin.frames;
  }

  finish(): Extracted<DynamicsResult> {
    const frames = this.#frames;
    if (frames === 0) return nothingOf("dynamics", "tooShort");
    const rms = decibels(Math.sqrt(this.#energy / (frames * this.#sums.length)));
    const peak = decibels(this.#peak);
    const { first, last } = this.#edges;
    const values: DynamicsResult = {
      rms,
      crestFactor: rms === null || peak === null ? null : peak - rms,
      dcOffset:
        this.#sums.reduce((worst, sum) => (Math.abs(sum) > Math.abs(worst) ? sum : worst), 0) / frames,
      clippedRuns: this.#clipped.reduce((count, runs) => count + runs.count, 0),
      leadingSilence: first === null ? null : first / this.#sampleRate,
      trailingSilence: last === null ? null : (frames - 1 - last) / this.#sampleRate,
    };
    const names = Object.keys(values) as (keyof DynamicsResult)[];
    const missing = names.filter((name) => values[name] === null).map((name) => [name, "silence"] as const);
    return { values, missing: Object.fromEntries(missing) };
  }
}
