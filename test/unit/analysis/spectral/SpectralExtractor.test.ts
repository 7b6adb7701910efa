/** Spectra with known shapes: tones, noise, silence; and what gain, rate and cutting must not change. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SpectrumStream } from "../../../../src/analysis/dsp/SpectrumStream";
import { SpectralExtractor } from "../../../../src/analysis/spectral/SpectralExtractor";
import { whiteNoise } from "../../../fixtures/sound/noise";
import { cadence, silence, sine } from "../../../fixtures/sound/tones";

function measure(samples: Float32Array, sampleRate: number, blockLength = samples.length) {
  const stream = new SpectrumStream(sampleRate);
  const extractor = new SpectralExtractor(stream);
  for (let from = 0; from < samples.length; from += blockLength) {
    stream.push(samples.subarray(from, from + blockLength), (spectrum) => {
      extractor.push(spectrum);
    });
  }
  return extractor.finish();
}

const RATES = [8000, 11025, 22050, 32000, 44100, 48000, 96000, 192000];

describe("SpectralExtractor", () => {
  it.each(RATES)("puts the centroid of a 1 kHz tone at 1 kHz at %i Hz", (sampleRate) => {
    const tone = sine({ seconds: 1, sampleRate, frequency: 1000, amplitude: 0.5 });
    const { values } = measure(tone, sampleRate);
    expect(values.centroid?.mean).toBeGreaterThan(990);
    expect(values.centroid?.mean).toBeLessThan(1040);
    expect(values.rolloff85?.mean).toBeCloseTo(1000, -1.6);
    expect(values.flatness?.mean).toBeLessThan(1e-4);
    expect(values.zeroCrossingRate?.mean).toBeCloseTo(2000, -1.6);
  });

  it.each(RATES)("finds the flatness of white noise to be e^−γ at %i Hz", (sampleRate) => {
    const noise = whiteNoise({ seconds: 2, sampleRate, rms: 0.1 });
    const { values } = measure(noise, sampleRate);
    expect(values.flatness?.mean).toBeCloseTo(0.561, 1);
    const highest = Math.min(24000, sampleRate / 2);
    expect((values.centroid?.mean ?? 0) / highest).toBeCloseTo(0.5, 1);
    expect((values.rolloff85?.mean ?? 0) / highest).toBeCloseTo(0.85, 1);
    // A flat band from 0 to f has the deviation f / √12.
    expect((values.bandwidth?.mean ?? 0) / highest).toBeCloseTo(1 / Math.sqrt(12), 1);
    expect((values.zeroCrossingRate?.mean ?? 0) / sampleRate).toBeCloseTo(0.5, 1);
  });

  it("has one contrast an octave, high for tones, lower for noise", () => {
    const tones = measure(cadence({ tonic: 0, mode: "major", sampleRate: 44100 }), 44100).values.contrast;
    const noise = measure(whiteNoise({ seconds: 1, sampleRate: 44100, rms: 0.1 }), 44100).values.contrast;
    expect(tones).toHaveLength(7);
    expect(noise).toHaveLength(7);
    for (const [octave, { mean }] of (noise ?? []).entries()) {
      if (octave > 1 && octave < 5) expect(tones?.[octave]?.mean).toBeGreaterThan(mean);
    }
    expect(
      measure(whiteNoise({ seconds: 1, sampleRate: 8000, rms: 0.1 }), 8000).values.contrast,
    ).toHaveLength(6);
  });

  it("gives a steady tone no flux and a jump from tone to tone the most there is", () => {
    const low = sine({ seconds: 0.5, sampleRate: 44100, frequency: 44100 / 64, amplitude: 0.5 });
    const high = sine({ seconds: 0.5, sampleRate: 44100, frequency: 44100 / 16, amplitude: 0.5 });
    expect(measure(low, 44100).values.flux?.mean).toBeLessThan(1e-3);
    const alternating = new Float32Array(44100).map((_, i) => (i % 4096 < 2048 ? low : high)[i % 16384] ?? 0);
    expect(measure(alternating, 44100).values.flux?.mean).toBeGreaterThan(0.5);
  });

  it("is the same at any gain that leaves it audible", () => {
    const hiss = whiteNoise({ seconds: 3, sampleRate: 22050, rms: 0.1 });
    const tones = cadence({ tonic: 4, mode: "minor", sampleRate: 22050 });
    const chords = hiss.map((sample, i) => sample + (tones[i] ?? 0));
    const { values } = measure(chords, 22050);
    fc.assert(
      fc.property(fc.integer({ min: -6, max: 6 }), (doublings) => {
        // Powers of two scale a float without rounding.
        const louder = measure(
          chords.map((sample) => sample * 2 ** doublings),
          22050,
        ).values;
        for (const name of ["centroid", "bandwidth", "rolloff85", "flatness", "zeroCrossingRate"] as const) {
          expect(louder[name]?.mean).toBeCloseTo(values[name]?.mean ?? NaN, 8);
        }
        expect(louder.flux?.mean).toBeCloseTo(values.flux?.mean ?? NaN, 10);
        expect(louder.contrast?.[3]?.mean).toBeCloseTo(values.contrast?.[3]?.mean ?? NaN, 8);
      }),
      { numRuns: 8 },
    );
  });

  it("is the same however the sound is cut into blocks", () => {
    const noise = whiteNoise({ seconds: 0.5, sampleRate: 44100, rms: 0.2 });
    const whole = measure(noise, 44100);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9000 }), (blockLength) => {
        expect(measure(noise, 44100, blockLength)).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  it("leaves silent stretches out", () => {
    const tone = sine({ seconds: 1, sampleRate: 44100, frequency: 1000, amplitude: 0.5 });
    const padded = new Float32Array(3 * 44100);
    padded.set(tone, 44100 - (44100 % 1024));
    const { values } = measure(padded, 44100);
    expect(values.centroid?.mean).toBeGreaterThan(950);
    expect(values.centroid?.mean).toBeLessThan(1300);
  });

  it.each([
    ["silence", silence(2, 44100), "silence"],
    ["noise below −60 dBFS", whiteNoise({ seconds: 1, sampleRate: 44100, rms: 0.0005 }), "silence"],
    ["less than a frame", whiteNoise({ seconds: 0.04, sampleRate: 44100, rms: 0.1 }), "tooShort"],
    ["nothing", new Float32Array(0), "tooShort"],
  ] as const)("measures nothing in %s and says why", (_, samples, reason) => {
    const { values, missing } = measure(samples, 44100);
    for (const name of Object.keys(values) as (keyof typeof values)[]) {
      expect(values[name]).toBeNull();
      expect(missing[name]).toBe(reason);
    }
  });

  it.each(RATES)("measures everything in 0.2 s at %i Hz", (sampleRate) => {
    expect(measure(whiteNoise({ seconds: 0.2, sampleRate, rms: 0.1 }), sampleRate).missing).toEqual({});
  });
});
