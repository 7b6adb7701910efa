/** Where tones and levels appear in the spectrogram, and how large it may become. */
import { describe, expect, it } from "vitest";
import { melOf } from "../../../../src/shared/mel";
import { SpectrumStream } from "../../../../src/analysis/dsp/SpectrumStream";
import { SpectrogramExtractor } from "../../../../src/analysis/spectrogram/SpectrogramExtractor";
import { levelOfByte, type Spectrogram } from "../../../../src/shared/view";
import { whiteNoise } from "../../../fixtures/sound/noise";
import { sine } from "../../../fixtures/sound/tones";

function spectrogramOf(samples: Float32Array, sampleRate: number, rounds = 1): Spectrogram | null {
  const stream = new SpectrumStream(sampleRate);
  const { hop, binHz, bins } = stream;
  const extractor = new SpectrogramExtractor({ sampleRate, hop, binHz, bins });
  for (let round = 0; round < rounds; round++) {
    stream.push(samples, (spectrum) => {
      extractor.push(spectrum);
    });
  }
  return extractor.finish();
}

/** Level (dB) of each band in a column. */
function column({ levels, bands }: Spectrogram, index: number): number[] {
  return Array.from(levels.subarray(index * bands, (index + 1) * bands), levelOfByte);
}

describe("SpectrogramExtractor", () => {
  it.each([8000, 11025, 22050, 44100, 96000])(
    "shows a tone in the band of its pitch at %i Hz",
    (sampleRate) => {
      for (const frequency of [100, 440, 3000]) {
        const tone = sine({ seconds: 0.5, sampleRate, frequency, amplitude: 1 });
        const spectrogram = spectrogramOf(tone, sampleRate);
        if (!spectrogram) throw new Error("no spectrogram");
        const { lowest, highest, bands } = spectrogram;
        const levels = column(spectrogram, 3);
        const strongest = levels.indexOf(Math.max(...levels));
        const expected =
          ((melOf(frequency) - melOf(lowest)) / (melOf(highest) - melOf(lowest))) * (bands + 1) - 1;
        expect(Math.abs(strongest - expected)).toBeLessThan(1.1);
      }
    },
  );

  it("has a level in every band for white noise, at any rate", () => {
    for (const sampleRate of [6000, 8000, 16000, 44100, 192000]) {
      const spectrogram = spectrogramOf(whiteNoise({ seconds: 1, sampleRate, rms: 0.1 }), sampleRate);
      if (!spectrogram) throw new Error("no spectrogram");
      for (const level of column(spectrogram, 5)) expect(level).toBeGreaterThan(-75);
    }
  });

  it("begins its columns where their frames have most of their weight", () => {
    const samples = new Float32Array(44100);
    samples.set(sine({ seconds: 0.05, sampleRate: 44100, frequency: 1000, amplitude: 1 }), 22050);
    const spectrogram = spectrogramOf(samples, 44100);
    if (!spectrogram) throw new Error("no spectrogram");
    const { start, step, bands, levels } = spectrogram;
    const loudness = Array.from({ length: levels.length / bands }, (_, i) =>
      Math.max(...column(spectrogram, i)),
    );
    const loudest = loudness.indexOf(Math.max(...loudness));
    expect(Math.abs(start + (loudest + 0.5) * step - 0.525)).toBeLessThan(0.025);
  });

  it("stays within 4096 columns by making them longer, and keeps levels", () => {
    const minute = whiteNoise({ seconds: 20, sampleRate: 8000, rms: 0.1 });
    const short = spectrogramOf(minute, 8000);
    const long = spectrogramOf(minute, 8000, 15);
    if (!short || !long) throw new Error("no spectrogram");
    expect(long.levels.length / long.bands).toBeLessThanOrEqual(4096);
    expect(long.step).toBe(4 * short.step);
    const mean = (levels: Uint8Array) => levels.reduce((sum, level) => sum + level, 0) / levels.length;
    // Means of powers vary less than powers, whose logarithms are lower on average.
    expect(Math.abs(mean(long.levels) - mean(short.levels))).toBeLessThan(6);
  });

  it("is nothing for less than a frame", () => {
    expect(spectrogramOf(new Float32Array(100), 44100)).toBeNull();
  });
});
