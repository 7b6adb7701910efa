/** Tempo of signals whose tempo is known, and null where there is none. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RhythmExtractor } from "../../../../src/analysis/rhythm/RhythmExtractor";
import { addClick, clickTrack } from "../../../fixtures/sound/clicks";
import { pinkNoise, speechLikeNoise, whiteNoise } from "../../../fixtures/sound/noise";
import { seededRandom } from "../../../fixtures/sound/random";
import { chord, silence, sine } from "../../../fixtures/sound/tones";

const SAMPLE_RATE = 22050;

function measure(samples: Float32Array, sampleRate = SAMPLE_RATE) {
  const extractor = new RhythmExtractor(sampleRate);
  for (let from = 0; from < samples.length; from += 4096) extractor.push(samples.subarray(from, from + 4096));
  return extractor.finish();
}

const clicks = (tempo: number, seconds = 20) => clickTrack({ tempo, seconds, sampleRate: SAMPLE_RATE });

/** Beats whose distance wanders by up to `looseness` of itself. */
function rubato(looseness: number): Float32Array {
  const random = seededRandom(9);
  const samples = silence(30, SAMPLE_RATE);
  for (let at = 0.2; at < 29.5; at += 0.5 * (1 + looseness * (2 * random() - 1))) {
    addClick(samples, SAMPLE_RATE, { at, sound: "noise", amplitude: 0.5 });
  }
  return samples;
}

describe("RhythmExtractor", () => {
  it.each([60, 72.5, 90, 107.3, 120, 126.5, 140, 155, 174])("finds %d BPM to within 0.05", (tempo) => {
    const { values, missing } = measure(clicks(tempo));
    expect(Math.abs((values.tempo ?? 0) - tempo)).toBeLessThan(0.05);
    expect(missing).toEqual({ downbeats: "noBar" });
  });

  it.each([8000, 16000, 24000, 32000])("finds 120 BPM at %i Hz", (sampleRate) => {
    const { values } = measure(clickTrack({ tempo: 120, seconds: 12, sampleRate }), sampleRate);
    expect(values.tempo).toBeCloseTo(120, 1);
  });

  it("does not change with the gain", () => {
    const samples = clickTrack({ tempo: 110, seconds: 8, sampleRate: SAMPLE_RATE, sound: "kick" });
    const plain = measure(samples).values;
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1.5, noNaN: true }), (gain) => {
        const { tempo, confidence } = measure(samples.map((sample) => sample * gain)).values;
        expect(tempo).toBeCloseTo(plain.tempo ?? 0, 1);
        expect(confidence).toBeCloseTo(plain.confidence ?? 0, 1);
      }),
      { numRuns: 10 },
    );
  });

  it("is surer of a machine than of free time", () => {
    const machine = measure(clicks(120)).values.confidence ?? 0;
    const free = measure(rubato(0.3)).values.confidence ?? 0;
    expect(machine).toBeGreaterThan(0.9);
    expect(free).toBeLessThan(0.8);
  });

  it.each([
    ["white noise", whiteNoise({ seconds: 15, sampleRate: SAMPLE_RATE, rms: 0.1 })],
    ["pink noise", pinkNoise({ seconds: 15, sampleRate: SAMPLE_RATE, rms: 0.1 })],
    ["noise in the rhythm of speech", speechLikeNoise({ seconds: 30, sampleRate: SAMPLE_RATE, rms: 0.1 })],
    ["a sine", sine({ seconds: 10, sampleRate: SAMPLE_RATE, frequency: 440, amplitude: 0.5 })],
    ["a low sine", sine({ seconds: 10, sampleRate: SAMPLE_RATE, frequency: 30, amplitude: 0.5 })],
    ["a held chord", chord([48, 55, 60, 64], 20, SAMPLE_RATE)],
  ])("finds no beat in %s", (_, samples) => {
    expect(measure(samples)).toMatchObject({
      values: { tempo: null, confidence: null, candidates: null, beats: null, stability: null },
      missing: { tempo: "noBeat", confidence: "noBeat", candidates: "noBeat", beats: "noBeat" },
    });
  });

  it("says silence and tooShort", () => {
    expect(measure(silence(10, SAMPLE_RATE)).missing.tempo).toBe("silence");
    expect(measure(clicks(120).map((sample) => sample * 0.001)).missing.tempo).toBe("silence");
    expect(measure(clicks(120, 1)).missing.tempo).toBe("tooShort");
    expect(measure(new Float32Array(0)).missing.tempo).toBe("tooShort");
  });
});
