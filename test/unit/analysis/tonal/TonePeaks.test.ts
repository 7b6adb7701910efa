/** Tones are found where they are; noise has none that stand. */
import { describe, expect, it } from "vitest";
import { TonePeaks } from "../../../../src/analysis/tonal/TonePeaks";
import { whiteNoise } from "../../../fixtures/sound/noise";
import { sine } from "../../../fixtures/sound/tones";

const SAMPLE_RATE = 11025;

interface Seen {
  time: number;
  tones: { hz: number; magnitude: number; steady: boolean }[];
  steadyShare: number;
}

function framesOf(samples: Float32Array): Seen[] {
  const frames: Seen[] = [];
  new TonePeaks(SAMPLE_RATE).push(samples, ({ time, count, frequency, magnitude, steady, steadyShare }) => {
    const tones = Array.from({ length: count }, (_, i) => ({
      hz: frequency[i] ?? 0,
      magnitude: magnitude[i] ?? 0,
      steady: steady[i] === 1,
    }));
    frames.push({ time, tones, steadyShare });
  });
  return frames;
}

describe("TonePeaks", () => {
  it.each([55, 110.3, 441, 1234.5])("finds a sine of %d Hz to a cent, and its level", (frequency) => {
    const frames = framesOf(sine({ seconds: 2, sampleRate: SAMPLE_RATE, frequency, amplitude: 0.25 }));
    const loudest = frames.at(-1)?.tones.sort((a, b) => b.magnitude - a.magnitude)[0];
    expect(Math.abs(1200 * Math.log2((loudest?.hz ?? 1) / frequency))).toBeLessThan(1);
    expect(Math.abs(20 * Math.log10((loudest?.magnitude ?? 1) / 0.25))).toBeLessThan(0.3);
    expect(loudest?.steady).toBe(true);
  });

  it("gives a frame each 186 ms, at its middle", () => {
    const frames = framesOf(sine({ seconds: 2, sampleRate: SAMPLE_RATE, frequency: 440, amplitude: 0.5 }));
    expect(frames.map(({ time }) => time).slice(0, 3)).toEqual(
      [1, 2, 3].map((n) => (n * 2048) / SAMPLE_RATE),
    );
  });

  it("hears that a sine is all tone, and white noise hardly", () => {
    const tone = framesOf(sine({ seconds: 2, sampleRate: SAMPLE_RATE, frequency: 440, amplitude: 0.5 }));
    const noise = framesOf(whiteNoise({ seconds: 10, sampleRate: SAMPLE_RATE, rms: 0.1 }));
    expect(tone.at(-1)?.steadyShare).toBeGreaterThan(0.8);
    expect(noise.reduce((sum, { steadyShare }) => sum + steadyShare, 0) / noise.length).toBeLessThan(0.01);
  });
});
