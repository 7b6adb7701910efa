/**
 * How the channels relate: correlation of the first two (left and right in every usual order), whether they carry
 * one signal twice, and which channels are silent all along.
 */
import type { StereoResult } from "../../shared/analysis";
import type { MissingReason } from "../../shared/codes";
import { nothingOf, type Extracted } from "../Extracted";
import { SILENCE_PEAK } from "../levels/audible";
import type { BinLevels } from "../levels/BinLevels";
import type { LevelReader } from "../levels/LevelPass";

/** Difference against sum of left and right, as energies, below which nobody hears two signals: −60 dB. */
const DUAL_MONO_SHARE = 1e-6;

export class StereoExtractor implements LevelReader {
  readonly #peaks: Float64Array;
  readonly #energies = new Float64Array(2);
  #cross = 0;
  #frames = 0;

  constructor({ channels }: { channels: number }) {
    this.#peaks = new Float64Array(channels);
  }

  takeBin(bin: BinLevels): void {
    const peaks = this.#peaks;
    for (let c = 0; c < peaks.length; c++) peaks[c] = Math.max(peaks[c] as number, bin.peak(c));
    if (peaks.length > 1) {
      this.#energies[0] = (this.#energies[0] as number) + (bin.energy[0] as number);
      this.#energies[1] = (this.#energies[1] as number) + (bin.energy[1] as number);
      this.#cross += bin.cross;
    }
    this.#frames += bin.frames;
  }

  finish(): Extracted<StereoResult> {
    if (this.#frames === 0) return nothingOf("stereo", "tooShort");
    const silentChannels = [...this.#peaks.keys()].filter((c) => (this.#peaks[c] as number) <= SILENCE_PEAK);
    const missing: Partial<Record<keyof StereoResult, MissingReason>> = {};
    if (this.#peaks.length === 1) missing.correlation = missing.dualMono = "mono";
    else if (silentChannels.length === this.#peaks.length) missing.correlation = missing.dualMono = "silence";
    else if (silentChannels.includes(0) || silentChannels.includes(1)) missing.correlation = "silence";
    const correlation = missing.correlation ? null : this.#correlation();
    const dualMono = missing.dualMono ? null : this.#isDualMono(silentChannels);
    return { values: { correlation, dualMono, silentChannels }, missing };
  }

  #correlation(): number {
    const [left, right] = this.#energies as unknown as [number, number];
    return Math.max(-1, Math.min(1, this.#cross / Math.sqrt(left * right)));
  }

  #isDualMono(silentChannels: readonly number[]): boolean {
    const [left, right] = this.#energies as unknown as [number, number];
    const difference = left + right - 2 * this.#cross;
    const sum = left + right + 2 * this.#cross;
    const othersAreSilent = silentChannels.filter((c) => c > 1).length === this.#peaks.length - 2;
    return othersAreSilent && sum > 0 && difference <= DUAL_MONO_SHARE * sum;
  }
}
