/** Lower rates keep what fits into them and drop what does not. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimator } from "../../../../src/analysis/dsp/Decimator";
import { sine } from "../../../fixtures/sound/tones";

function decimate(samples: Float32Array, factor: number, blockLength = samples.length): Float32Array {
  const decimator = new Decimator(factor);
  const parts: number[] = [];
  for (let from = 0; from < samples.length; from += blockLength) {
    const block = samples.subarray(from, from + blockLength);
    parts.push(...decimator.push(block, block.length));
  }
  return Float32Array.from(parts);
}

const peak = (samples: Float32Array) => samples.subarray(100).reduce((a, b) => Math.max(a, Math.abs(b)), 0);

describe("Decimator", () => {
  it.each([2, 3, 4, 9])("keeps a low tone in place and drops one above the new band, by %i", (factor) => {
    const sampleRate = 8000 * factor;
    const low = sine({ seconds: 0.2, sampleRate, frequency: 500, amplitude: 0.5 });
    const expected = sine({ seconds: 0.2, sampleRate: 8000, frequency: 500, amplitude: 0.5 });
    const lowered = decimate(low, factor);
    const error = lowered.map((sample, i) => sample - (expected[i] ?? 0));
    expect(peak(error)).toBeLessThan(0.001);
    const high = sine({ seconds: 0.2, sampleRate, frequency: 5500, amplitude: 0.5 });
    expect(peak(decimate(high, factor))).toBeLessThan(0.001);
  });

  it("does not depend on how the signal is cut into blocks", () => {
    const samples = sine({ seconds: 0.02, sampleRate: 48000, frequency: 700, amplitude: 0.5 });
    const whole = decimate(samples, 4);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: samples.length }), (blockLength) => {
        expect(decimate(samples, 4, blockLength)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it("passes samples through when there is nothing to lower", () => {
    expect([...decimate(Float32Array.of(1, 2, 3), 1)]).toEqual([1, 2, 3]);
  });
});
