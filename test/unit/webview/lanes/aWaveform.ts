/** Waveforms for tests, from one peak and one RMS a bin, as shares of full scale. */
import type { Waveform } from "../../../../src/shared/view";

/** One bin a tenth of a second, unless told otherwise. */
export function aWaveform(peaks: readonly number[], rms: readonly number[] = peaks): Waveform {
  const scaled = (value: number): number => Math.round(value * 32_767);
  return {
    sampleRate: 1000,
    samplesPerBin: 100,
    samples: peaks.length * 100,
    min: Int16Array.from(peaks, (peak) => -scaled(peak)),
    max: Int16Array.from(peaks, scaled),
    rms: Uint16Array.from(rms, scaled),
  };
}
