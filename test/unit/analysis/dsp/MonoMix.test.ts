/** The mono mix: a plain mean where channels go together, and no silence where they are opposite. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MonoMix } from "../../../../src/analysis/dsp/MonoMix";
import { whiteNoise } from "../../../fixtures/sound/noise";

const SAMPLE_RATE = 8000;

/** At the file's own rate, pushed `blockLength` frames at a time. */
function mix(channels: readonly Float32Array[], blockLength = 4096): Float32Array {
  const mono = new MonoMix({ sampleRate: SAMPLE_RATE, channels: channels.length });
  const mixed: number[] = [];
  const length = channels[0]?.length ?? 0;
  for (let from = 0; from < length; from += blockLength) {
    const block = channels.map((samples) => samples.subarray(from, from + blockLength));
    mono.push(block, Math.min(blockLength, length - from), (_, fullRate) => mixed.push(...fullRate));
  }
  return Float32Array.from(mixed);
}

const noise = (seed: number) => whiteNoise({ seconds: 1, sampleRate: SAMPLE_RATE, rms: 0.1, seed });
const opposite = (samples: Float32Array) => samples.map((sample) => -sample);
const rms = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

describe("MonoMix", () => {
  it("is the mean of channels that go together or have nothing to do with each other", () => {
    const left = noise(1);
    const right = noise(2).map((sample, i) => sample - 0.5 * (left[i] ?? 0));
    const mixed = mix([left, right]);
    for (const [i, sample] of mixed.entries()) {
      expect(sample).toBeCloseTo(((left[i] ?? 0) + (right[i] ?? 0)) / 2, 6);
    }
  });

  it("keeps the level of channels that are each other's opposite", () => {
    const left = noise(1);
    const mixed = mix([left, opposite(left)]);
    expect(rms(mixed.subarray(0.02 * SAMPLE_RATE))).toBeCloseTo(0.1, 2);
  });

  it("follows when the polarity changes on the way, without a click", () => {
    const left = new Float32Array(3 * SAMPLE_RATE).map(
      (_, i) => 0.5 * Math.sin((2 * Math.PI * 50 * i) / SAMPLE_RATE),
    );
    const right = left.map((sample, i) => (i > SAMPLE_RATE && i < 2 * SAMPLE_RATE ? -sample : sample));
    const mixed = mix([left, right]);
    expect(rms(mixed.subarray(1.6 * SAMPLE_RATE, 2 * SAMPLE_RATE))).toBeCloseTo(0.5 / Math.sqrt(2), 2);
    expect(rms(mixed.subarray(2.6 * SAMPLE_RATE))).toBeCloseTo(0.5 / Math.sqrt(2), 2);
    const steps = mixed.subarray(1).map((sample, i) => Math.abs(sample - (mixed[i] ?? 0)));
    // A 50 Hz tone itself moves by 0.02 a sample.
    expect(Math.max(...steps)).toBeLessThan(0.05);
  });

  it("finds the sound of eight channels of which two are opposite and the rest is silent", () => {
    const sound = noise(3);
    const none = new Float32Array(sound.length);
    const mixed = mix([none, none, none, none, sound, opposite(sound), none, none]);
    expect(rms(mixed.subarray(0.02 * SAMPLE_RATE))).toBeCloseTo((2 * 0.1) / 8, 3);
  });

  it("has the same level with left and right the other way round", () => {
    const left = noise(1);
    const right = left.map((sample, i) => (i < 4000 ? -0.9 : 0.7) * sample);
    const swapped = mix([right, left]);
    for (const [i, sample] of mix([left, right]).entries()) {
      if (i > 200 && (i < 4000 || i > 6000))
        expect(Math.abs(swapped[i] ?? 0)).toBeCloseTo(Math.abs(sample), 6);
    }
  });

  it("is the same however the file is cut into blocks", () => {
    const left = noise(1);
    const right = left.map((sample, i) => (i < 3000 ? -sample : sample));
    const whole = mix([left, right], left.length);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (blockLength) => {
        expect(mix([left, right], blockLength)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });
});
