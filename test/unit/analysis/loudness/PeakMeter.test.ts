/** True peaks of signals whose highest value is known, and proof that looking at fewer places misses none. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interpolation, REACH, type Taps } from "../../../../src/analysis/loudness/interpolation";
import { PeakMeter } from "../../../../src/analysis/loudness/PeakMeter";
import { pinkNoise, whiteNoise } from "../../../fixtures/sound/noise";
import { silence, sine } from "../../../fixtures/sound/tones";

function measure(channels: readonly Float32Array[], sampleRate: number, blockLength = 1152) {
  const meter = new PeakMeter(sampleRate, channels.length);
  const length = channels[0]?.length ?? 0;
  for (let from = 0; from < length; from += blockLength) {
    const block = channels.map((samples) => samples.subarray(from, from + blockLength));
    meter.push(block, Math.min(blockLength, length - from));
  }
  return meter.finish();
}

/** A sine that never has a sample at its crest: they lie `phase` degrees beside it. Fades in and out. */
function besideCrest(sampleRate: number, period: number, phase: number): Float32Array {
  const length = sampleRate / 4;
  return new Float32Array(length).map((_, i) => {
    const fade = Math.min(1, i / 500, (length - i) / 500);
    return fade * Math.sin(2 * Math.PI * (i / period + phase / 360));
  });
}

/** All values at eight times the rate, made one by one. */
function highestOfAll(samples: Float32Array): number {
  const { half, quarter, eighths } = interpolation(44100);
  const places = [half, quarter, ...eighths].flatMap(({ before, after }) => [
    { before, after },
    { before: after, after: before },
  ]);
  const margin = 2 * REACH;
  const padded = new Float32Array(samples.length + 2 * margin);
  padded.set(samples, margin);
  const at = (i: number, { before, after }: Taps): number =>
    before.reduce(
      (sum, tap, k) => sum + tap * (padded[i - k] ?? 0) + (after[k] ?? 0) * (padded[i + 1 + k] ?? 0),
      0,
    );
  let peak = 0;
  for (let i = REACH; i < padded.length - REACH; i++) {
    const values = [padded[i] ?? 0, ...places.map((taps) => at(i, taps))];
    peak = Math.max(peak, ...values.map(Math.abs));
  }
  return peak;
}

describe("PeakMeter", () => {
  it.each([
    [44100, 4, 45],
    [48000, 4, 45],
    [44100, 6, 60],
    [44100, 8, 67.5],
    [8000, 5, 72],
    [96000, 8, 67.5],
    [192000, 8, 67.5],
  ])("finds the crest between samples at %i Hz, period %i", (sampleRate, period, phase) => {
    const { samplePeak, truePeak } = measure([besideCrest(sampleRate, period, phase)], sampleRate);
    expect(samplePeak).toBeLessThan(0.96);
    expect(20 * Math.log10(truePeak)).toBeGreaterThan(-0.4);
    expect(20 * Math.log10(truePeak)).toBeLessThan(0.2);
  });

  it("takes the samples alone where there are enough of them", () => {
    const samples = besideCrest(384000, 16, 10);
    const { samplePeak, truePeak } = measure([samples], 384000);
    expect(truePeak).toBe(samplePeak);
  });

  it("is never below the sample peak, which is the highest sample of either sign in any channel", () => {
    const channels = [Float32Array.of(0.1, -0.5, 0.2), Float32Array.of(0, 0.3, 0.4)];
    const { samplePeak, truePeak } = measure(channels, 48000);
    expect(samplePeak).toBe(0.5);
    expect(truePeak).toBeGreaterThanOrEqual(0.5);
    expect(measure([silence(1, 48000)], 48000)).toEqual({ samplePeak: 0, truePeak: 0 });
  });

  it("gives what making all values between samples gives, for any signal and any blocks", () => {
    const options = { seconds: 0.02, sampleRate: 44100 };
    const signal = fc.oneof(
      fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 300 }),
      fc.array(fc.constantFrom(-1, 1), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 20, max: 22000 }).map((frequency) => sine({ ...options, frequency, amplitude: 0.9 })),
      fc.integer({ min: 1, max: 1e6 }).map((seed) => whiteNoise({ ...options, rms: 0.2, seed })),
      fc.integer({ min: 1, max: 1e6 }).map((seed) => pinkNoise({ ...options, rms: 0.2, seed })),
    );
    fc.assert(
      fc.property(signal, fc.integer({ min: 1, max: 400 }), (values, blockLength) => {
        const samples = Float32Array.from(values);
        expect(measure([samples], 44100, blockLength).truePeak).toBeCloseTo(highestOfAll(samples), 12);
      }),
      { numRuns: 60 },
    );
  });

  it("gives the same however channels are ordered and cut", () => {
    const left = whiteNoise({ seconds: 0.5, sampleRate: 44100, rms: 0.2 });
    const right = pinkNoise({ seconds: 0.5, sampleRate: 44100, rms: 0.2 });
    const whole = measure([left, right], 44100, left.length);
    expect(measure([right, left], 44100, 64)).toEqual(whole);
    expect(measure([left, right], 44100, 1)).toEqual(whole);
  });
});
