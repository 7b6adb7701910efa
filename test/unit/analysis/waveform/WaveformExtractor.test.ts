/** The waveform keeps the extremes of every bin, at any length, in the same memory. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LevelPass } from "../../../../src/analysis/levels/LevelPass";
import { WaveformExtractor } from "../../../../src/analysis/waveform/WaveformExtractor";
import { seededRandom } from "../../../fixtures/sound/random";
import { sine } from "../../../fixtures/sound/tones";
import { readLevels } from "../levels/readLevels";

function measure(channels: readonly Float32Array[], blockLength: number) {
  const extractor = new WaveformExtractor({ sampleRate: 44100, channels: channels.length });
  readLevels(channels, extractor, blockLength);
  return extractor.finish();
}

/** A tone of 50 Hz and half of full scale. */
function measureTone(seconds: number) {
  const extractor = new WaveformExtractor({ sampleRate: 44100, channels: 1 });
  const pass = new LevelPass(1, [extractor]);
  const block = sine({ seconds: 10, sampleRate: 44100, frequency: 50, amplitude: 0.5 });
  for (let i = 0; i < seconds / 10; i++) pass.push([block], block.length);
  pass.finish();
  return extractor.finish();
}

describe("WaveformExtractor", () => {
  it("gives lowest, highest and RMS of each bin over all channels", () => {
    const left = new Float32Array(64).fill(0.5);
    const right = new Float32Array(64).fill(-1);
    const waveform = measure([left, right], 10);
    expect(waveform).toMatchObject({ sampleRate: 44100, samplesPerBin: 64, samples: 64 });
    expect([...waveform.max]).toEqual([16384]);
    expect([...waveform.min]).toEqual([-32767]);
    expect([...waveform.rms]).toEqual([Math.round(32767 * Math.sqrt((0.25 + 1) / 2))]);
  });

  it("counts only what is there in the last bin", () => {
    const { rms, samples } = measure([new Float32Array(70).fill(0.5)], 70);
    expect(samples).toBe(70);
    expect([...rms]).toEqual([16384, 16384]);
  });

  it("cuts what is beyond full scale", () => {
    const { min, max } = measure([Float32Array.of(-3, 3)], 2);
    expect([min[0], max[0]]).toEqual([-32767, 32767]);
  });

  it("merges bins so that a song of any length has no more than half a minute", () => {
    const { min, max, rms, samples, samplesPerBin } = measureTone(600);
    expect(samples).toBe(600 * 44100);
    expect(max.length).toBeLessThanOrEqual(32768);
    expect(samplesPerBin).toBe(1024);
    expect(max.length).toBe(Math.ceil(samples / samplesPerBin));
    expect(Math.max(...max) / 32767).toBeCloseTo(0.5, 3);
    expect(Math.min(...min) / 32767).toBeCloseTo(-0.5, 3);
    // A bin is no whole number of periods.
    expect((rms[100] ?? 0) / 32767).toBeCloseTo(0.5 * Math.SQRT1_2, 1);
  });

  it("keeps an hour fine enough to zoom in, and bounds what any length takes", () => {
    const hour = measureTone(3600);
    expect(hour.samplesPerBin).toBe(1024);
    expect(hour.max.length).toBe(Math.ceil(hour.samples / 1024));
    const threeHours = measureTone(3 * 3600);
    expect(threeHours.samplesPerBin).toBe(2048);
    expect(threeHours.max.length).toBeLessThanOrEqual(8 * 32768);
    expect((threeHours.rms[200_000] ?? 0) / 32767).toBeCloseTo(0.5 * Math.SQRT1_2, 1);
  });

  it("does not depend on how the signal is cut into blocks", () => {
    const random = seededRandom(5);
    const samples = Float32Array.from({ length: 3000 }, () => 2 * random() - 1);
    const whole = measure([samples], samples.length);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (blockLength) => {
        expect(measure([samples], blockLength)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it("is empty for nothing", () => {
    expect(measure([], 64)).toMatchObject({ samples: 0, min: new Int16Array(0) });
  });
});
