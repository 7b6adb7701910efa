/** Levels and faults of signals whose values can be worked out on paper. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DynamicsExtractor, type DynamicsOptions } from "../../../../src/analysis/dynamics/DynamicsExtractor";
import { pinkNoise } from "../../../fixtures/sound/noise";
import { fromDecibels, silence, sine } from "../../../fixtures/sound/tones";
import { readLevels } from "../levels/readLevels";

function measure(
  channels: readonly Float32Array[],
  options: Partial<DynamicsOptions> & { blockLength?: number } = {},
) {
  const extractor = new DynamicsExtractor({ sampleRate: 44100, channels: channels.length, ...options });
  readLevels(channels, extractor, options.blockLength);
  return extractor.finish();
}

const tone = (amplitude: number, seconds = 1) =>
  sine({ seconds, sampleRate: 44100, frequency: 441, amplitude });

function joined(...parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

/** As a converter of 16 bits does it: −32768 to 32767. */
function clippedTo16Bits(samples: Float32Array): Float32Array {
  return samples.map((x) => Math.max(-32768, Math.min(32767, Math.round(x * 32768))) / 32768);
}

describe("RMS and crest factor", () => {
  it("are −3.01 dBFS and 3.01 dB for a full-scale sine", () => {
    const { rms, crestFactor } = measure([tone(1)]).values;
    expect(rms).toBeCloseTo(-3.0103, 3);
    expect(crestFactor).toBeCloseTo(3.0103, 3);
  });

  it("are the level itself and 0 dB for a square wave", () => {
    const square = tone(1).map((x) => (x >= 0 ? 0.5 : -0.5));
    const { rms, crestFactor } = measure([square, square]).values;
    expect(rms).toBeCloseTo(-6.0206, 3);
    expect(crestFactor).toBeCloseTo(0, 6);
  });

  it("take the mean power of all channels", () => {
    expect(measure([tone(1), silence(1, 44100)]).values.rms).toBeCloseTo(-6.0206, 3);
    const eight = Array.from({ length: 8 }, () => tone(0.5));
    expect(measure(eight).values.rms).toBeCloseTo(-9.031, 3);
  });

  it("move by exactly the gain, and not at all", () => {
    const noise = pinkNoise({ seconds: 1, sampleRate: 44100, rms: 0.05 });
    const plain = measure([noise]).values;
    fc.assert(
      fc.property(fc.double({ min: -30, max: 20, noNaN: true }), (gain) => {
        const { rms, crestFactor } = measure([noise.map((x) => x * fromDecibels(gain))]).values;
        expect(rms).toBeCloseTo((plain.rms ?? 0) + gain, 4);
        expect(crestFactor).toBeCloseTo(plain.crestFactor ?? 0, 4);
      }),
      { numRuns: 20 },
    );
  });
});

describe("DC offset", () => {
  it("is that of the channel furthest off, with its sign", () => {
    const up = tone(0.25).map((x) => x + 0.1);
    const down = tone(0.25).map((x) => x - 0.2);
    expect(measure([tone(0.25)]).values.dcOffset).toBeCloseTo(0, 6);
    expect(measure([up, down]).values.dcOffset).toBeCloseTo(-0.2, 5);
  });
});

describe("clipped runs", () => {
  it("are two a period of a sine that is cut at full scale", () => {
    const clipped = clippedTo16Bits(tone(2));
    expect(measure([clipped], { bitDepth: 16 }).values.clippedRuns).toBe(2 * 441);
    expect(measure([clipped, clipped], { bitDepth: 24 }).values.clippedRuns).toBe(4 * 441);
    expect(measure([tone(2)]).values.clippedRuns).toBe(2 * 441);
  });

  it("are none where a signal only touches full scale, or stays below it", () => {
    expect(measure([clippedTo16Bits(tone(1))], { bitDepth: 16 }).values.clippedRuns).toBe(0);
    const flat = tone(2).map((x) => Math.max(-0.9, Math.min(0.9, x)));
    expect(measure([flat]).values.clippedRuns).toBe(0);
    expect(measure([Float32Array.of(1, 1, 0, 1, 1, -1, -1, 0)]).values.clippedRuns).toBe(0);
  });

  it("know where full scale lies at 8 bits", () => {
    const samples = Float32Array.of(0, 127 / 128, 127 / 128, 127 / 128, 0);
    expect(measure([samples], { bitDepth: 8 }).values.clippedRuns).toBe(1);
    expect(measure([samples], { bitDepth: 16 }).values.clippedRuns).toBe(0);
  });

  it("go on from block to block", () => {
    const samples = joined(silence(0.001, 44100), new Float32Array(200).fill(1), silence(0.001, 44100));
    for (const blockLength of [1, 2, 63, 64, 65, 1000]) {
      expect(measure([samples], { blockLength }).values.clippedRuns).toBe(1);
    }
  });
});

describe("silence before and after", () => {
  it("is measured to the sample, at −60 dBFS, over all channels", () => {
    const hiss = new Float32Array(1000).fill(0.00099);
    const early = joined(hiss, tone(0.5, 0.1), new Float32Array(3000));
    const late = joined(new Float32Array(1200), tone(0.5, 0.1), new Float32Array(2800));
    const { leadingSilence, trailingSilence } = measure([early, late]).values;
    // The tone starts with a zero.
    expect(leadingSilence).toBeCloseTo(1001 / 44100, 9);
    expect(trailingSilence).toBeCloseTo(2800 / 44100, 9);
  });

  it("is none where sound is from the first to the last sample", () => {
    const { leadingSilence, trailingSilence } = measure([new Float32Array(100).fill(0.5)]).values;
    expect([leadingSilence, trailingSilence]).toEqual([0, 0]);
  });
});

describe("DynamicsExtractor", () => {
  it("does not depend on how the signal is cut into blocks", () => {
    const samples = joined(silence(0.01, 44100), clippedTo16Bits(tone(1.5, 0.05)), silence(0.013, 44100));
    const whole = measure([samples, samples.map((x) => -x)], { blockLength: samples.length });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: samples.length }), (blockLength) => {
        expect(measure([samples, samples.map((x) => -x)], { blockLength })).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it("says silence, not minus infinity", () => {
    expect(measure([silence(1, 44100), silence(1, 44100)])).toEqual({
      values: {
        rms: null,
        crestFactor: null,
        dcOffset: 0,
        clippedRuns: 0,
        leadingSilence: null,
        trailingSilence: null,
      },
      missing: {
        rms: "silence",
        crestFactor: "silence",
        leadingSilence: "silence",
        trailingSilence: "silence",
      },
    });
  });

  it("says too short of nothing at all", () => {
    const { values, missing } = measure([new Float32Array(0)]);
    expect(new Set(Object.values(values))).toEqual(new Set([null]));
    expect(Object.keys(missing)).toEqual(Object.keys(values));
    expect(new Set(Object.values(missing))).toEqual(new Set(["tooShort"]));
  });
});
