/** How channels relate, for signals whose relation is known. */
import { describe, expect, it } from "vitest";
import { StereoExtractor } from "../../../../src/analysis/stereo/StereoExtractor";
import { pinkNoise, whiteNoise } from "../../../fixtures/sound/noise";
import { silence, sine } from "../../../fixtures/sound/tones";
import { readLevels } from "../levels/readLevels";

function measure(...channels: readonly Float32Array[]) {
  const extractor = new StereoExtractor({ channels: channels.length });
  readLevels(channels, extractor);
  return extractor.finish();
}

const RATE = 44100;
const noise = (seed: number) => whiteNoise({ seconds: 2, sampleRate: RATE, rms: 0.1, seed });
const none = silence(2, RATE);

describe("correlation", () => {
  it("is 1 for one signal at two levels, −1 with one of them turned over", () => {
    const signal = noise(1);
    expect(measure(signal, signal.map((x) => x / 2)).values.correlation).toBeCloseTo(1, 6); // prettier-ignore
    expect(measure(signal, signal.map((x) => -x / 2)).values.correlation).toBeCloseTo(-1, 6); // prettier-ignore
  });

  it("is 0 for signals that have nothing to do with each other", () => {
    expect(measure(noise(1), noise(2)).values.correlation).toBeCloseTo(0, 1);
    const options = { seconds: 1, sampleRate: RATE, amplitude: 0.5 };
    const low = sine({ ...options, frequency: 200 });
    expect(measure(low, sine({ ...options, frequency: 300 })).values.correlation).toBeCloseTo(0, 6);
  });

  it("is the share of power that both have", () => {
    const [left, right, both] = [noise(1), noise(2), noise(3)];
    const mixed = [left, right].map((own) => own.map((x, i) => x + (both[i] ?? 0))) as [
      Float32Array,
      Float32Array,
    ];
    expect(measure(...mixed).values.correlation).toBeCloseTo(0.5, 1);
  });

  it("does not change when left and right change places", () => {
    const [left, right] = [noise(1), pinkNoise({ seconds: 2, sampleRate: RATE, rms: 0.05 })];
    expect(measure(right, left).values).toEqual(measure(left, right).values);
  });
});

describe("dual mono", () => {
  it("is one signal twice, to −60 dB", () => {
    const signal = noise(1);
    const nearly = signal.map((x, i) => x + (i % 2 ? 1e-4 : -1e-4));
    expect(measure(signal, signal.slice()).values.dualMono).toBe(true);
    expect(measure(signal, nearly).values.dualMono).toBe(true);
    expect(measure(signal, signal.map((x) => x * 0.99)).values.dualMono).toBe(false); // prettier-ignore
    expect(measure(signal, noise(2)).values.dualMono).toBe(false);
    expect(measure(signal, signal.map((x) => -x)).values.dualMono).toBe(false); // prettier-ignore
  });

  it("is not where another channel sounds", () => {
    const signal = noise(1);
    expect(measure(signal, signal, none, none).values.dualMono).toBe(true);
    expect(measure(signal, signal, noise(2), none).values.dualMono).toBe(false);
  });
});

describe("StereoExtractor", () => {
  it("has no relation to tell of one channel", () => {
    expect(measure(noise(1))).toEqual({
      values: { correlation: null, dualMono: null, silentChannels: [] },
      missing: { correlation: "mono", dualMono: "mono" },
    });
  });

  it("names the channels that are silent, hiss below −60 dBFS included", () => {
    const hiss = none.map((_, i) => (i % 2 ? 0.0009 : -0.0009));
    const six = measure(noise(1), noise(2), none, hiss, noise(3), none);
    expect(six.values.silentChannels).toEqual([2, 3, 5]);
    expect(six.missing).toEqual({});
    expect(measure(noise(1), hiss)).toEqual({
      values: { correlation: null, dualMono: false, silentChannels: [1] },
      missing: { correlation: "silence" },
    });
  });

  it("says silence of silence, and too short of nothing", () => {
    expect(measure(none, none)).toEqual({
      values: { correlation: null, dualMono: null, silentChannels: [0, 1] },
      missing: { correlation: "silence", dualMono: "silence" },
    });
    const nothing = new Float32Array(0);
    expect(measure(nothing, nothing)).toEqual({
      values: { correlation: null, dualMono: null, silentChannels: null },
      missing: { correlation: "tooShort", dualMono: "tooShort", silentChannels: "tooShort" },
    });
  });
});
