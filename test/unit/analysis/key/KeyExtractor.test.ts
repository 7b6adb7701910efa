/** How windows vote, and when there is no key; what a window's key is comes from a detector made up here. */
import { describe, expect, it } from "vitest";
import { KeyExtractor } from "../../../../src/analysis/key/KeyExtractor";
import type { DetectedKey } from "../../../../src/analysis/key/KeyExtractor";
import { clickTrack } from "../../../fixtures/sound/clicks";
import { whiteNoise } from "../../../fixtures/sound/noise";
import { cadence, chord, silence, sine } from "../../../fixtures/sound/tones";

const SAMPLE_RATE = 11025;
const C_MAJOR: DetectedKey = { key: "C", mode: "major", strength: 0.8 };
const A_MINOR: DetectedKey = { key: "A", mode: "minor", strength: 0.6 };

/** Pushes `parts`; `answers` are what the detector says of each window, in turn. */
function measure(parts: readonly Float32Array[], answers: readonly DetectedKey[] = [C_MAJOR]) {
  const asked: number[] = [];
  const extractor = new KeyExtractor(SAMPLE_RATE, (mono) => {
    asked.push(mono.length / SAMPLE_RATE);
    return answers[asked.length - 1] ?? C_MAJOR;
  });
  for (const part of parts) extractor.push(part);
  return { ...extractor.finish(), asked };
}

const music = cadence({ tonic: 0, mode: "major", sampleRate: SAMPLE_RATE }).subarray(0, 8 * SAMPLE_RATE);
const minutes = (count: number) => Array.from({ length: count * 7.5 }, () => music);

describe("KeyExtractor", () => {
  it("asks for no more than a minute at a time, and once a minute", () => {
    expect(measure(minutes(2)).asked).toEqual([60, 60]);
    expect(measure([...minutes(2), music]).asked).toEqual([60, 60, 8]);
  });

  it("passes over a rest that is too short to say anything", () => {
    expect(measure([...minutes(2), music.subarray(0, 3 * SAMPLE_RATE)]).asked).toEqual([60, 60]);
  });

  it("lets windows vote by strength and length", () => {
    const { values, missing } = measure([...minutes(2), music], [A_MINOR, C_MAJOR, A_MINOR]);
    expect(values).toMatchObject({ key: "C", mode: "major", camelot: "8B", openKey: "1d" });
    expect(values.strength).toBeCloseTo((0.8 * 60) / 128, 6);
    expect(missing).toEqual({});
    expect(measure(minutes(6), [A_MINOR, C_MAJOR, A_MINOR]).values.key).toBe("C");
    expect(measure(minutes(4), [A_MINOR, A_MINOR, A_MINOR, C_MAJOR]).values.camelot).toBe("8A");
  });

  it.each([
    ["white noise", whiteNoise({ seconds: 10, sampleRate: SAMPLE_RATE, rms: 0.1 })],
    ["clicks", clickTrack({ tempo: 120, seconds: 10, sampleRate: SAMPLE_RATE })],
    ["drums", clickTrack({ tempo: 120, seconds: 10, sampleRate: SAMPLE_RATE, sound: "kick" })],
    ["one tone", sine({ seconds: 10, sampleRate: SAMPLE_RATE, frequency: 440, amplitude: 0.5 })],
  ])("has no key for %s, whatever the detector says", (_, samples) => {
    const { values, missing } = measure([samples]);
    expect(values).toEqual({ key: null, mode: null, strength: null, camelot: null, openKey: null });
    expect(new Set(Object.values(missing))).toEqual(new Set(["notTonal"]));
  });

  it("has no key where the detector hardly agrees with itself", () => {
    expect(measure([music], [{ ...C_MAJOR, strength: 0.2 }]).missing.key).toBe("notTonal");
  });

  it("hears a held chord", () => {
    expect(measure([chord([48, 60, 64, 67], 8, SAMPLE_RATE)]).values.key).toBe("C");
  });

  it("says silence and tooShort without asking", () => {
    expect(measure([silence(8, SAMPLE_RATE)])).toMatchObject({ missing: { key: "silence" }, asked: [] });
    expect(measure([music.subarray(0, 100)])).toMatchObject({ missing: { key: "tooShort" }, asked: [] });
    expect(measure([])).toMatchObject({ missing: { key: "tooShort" }, asked: [] });
  });
});
