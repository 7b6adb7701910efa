/** Key, tuning and changes of key of sounds made from notes; and what has no key. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MonoMix } from "../../../../src/analysis/dsp/MonoMix";
import { TonalExtractor } from "../../../../src/analysis/tonal/TonalExtractor";
import { KEY_NAMES } from "../../../../src/shared/analysis";
import { clickTrack } from "../../../fixtures/sound/clicks";
import { pinkNoise, speechLikeNoise, whiteNoise } from "../../../fixtures/sound/noise";
import { seededRandom } from "../../../fixtures/sound/random";
import { cadence, chord, silence, sine } from "../../../fixtures/sound/tones";

const SAMPLE_RATE = 11025;
const MODES = ["major", "minor"] as const;

function measure(samples: Float32Array, sampleRate = SAMPLE_RATE, block = 4096) {
  const extractor = new TonalExtractor(sampleRate);
  for (let at = 0; at < samples.length; at += block) extractor.push(samples.subarray(at, at + block));
  return extractor.finish();
}

function joined(...parts: Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const cadences = new Map<string, Float32Array>();

/** A cadence, made once. */
function inKey(tonic: number, mode: "major" | "minor"): Float32Array {
  const name = `${tonic} ${mode}`;
  const samples = cadences.get(name) ?? cadence({ tonic, mode, sampleRate: SAMPLE_RATE });
  cadences.set(name, samples);
  return samples;
}

describe("a cadence", () => {
  it("has its key in all 24 keys", () => {
    for (const [tonic, key] of KEY_NAMES.entries()) {
      for (const mode of MODES) {
        const { values, missing } = measure(inKey(tonic, mode));
        expect(values).toMatchObject({ key, mode, keyChanges: [] });
        expect(missing).toEqual({});
      }
    }
  });

  it.each([432, 440, 443])("has its key and its tuning with A4 at %d Hz", (tuning) => {
    for (const tonic of [1, 6, 10]) {
      const { values } = measure(cadence({ tonic, mode: "minor", sampleRate: SAMPLE_RATE, tuning }));
      expect(values).toMatchObject({ key: KEY_NAMES[tonic], mode: "minor" });
      expect(Math.abs((values.tuning ?? 0) - tuning)).toBeLessThan(1);
    }
  });

  it("names the key in the two notations of DJs", () => {
    expect(measure(inKey(9, "minor")).values).toMatchObject({ camelot: "8A", openKey: "1m" });
  });

  it("has a runner-up that is less likely, and both are no more than certain", () => {
    const { strength, runnerUp } = measure(inKey(0, "major")).values;
    expect(strength).toBeGreaterThan(0.6);
    expect(runnerUp?.strength).toBeLessThan(strength ?? 0);
    expect((strength ?? 0) + (runnerUp?.strength ?? 0)).toBeLessThanOrEqual(1);
  });

  it.each([8000, 44100, 192000])("has its key at %d Hz", (sampleRate) => {
    const mix = new MonoMix({ sampleRate, channels: 1 });
    const extractor = new TonalExtractor(mix.sampleRate);
    const samples = cadence({ tonic: 3, mode: "minor", sampleRate });
    mix.push([samples], samples.length, (mono) => {
      extractor.push(mono);
    });
    expect(extractor.finish().values).toMatchObject({ key: "D#", mode: "minor" });
  });

  it("has the same values however it comes", () => {
    const samples = inKey(5, "minor");
    expect(measure(samples, SAMPLE_RATE, 777)).toEqual(measure(samples, SAMPLE_RATE, samples.length));
  });
});

describe("laws", () => {
  const keys = fc.record({ tonic: fc.nat({ max: 11 }), mode: fc.constantFrom(...MODES) });

  it("transposing turns the key round, and the pitch classes with it", () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 11 }), ({ tonic, mode }, interval) => {
        const before = measure(inKey(tonic, mode)).values;
        const after = measure(inKey((tonic + interval) % 12, mode)).values;
        const expected = (KEY_NAMES.indexOf(before.key ?? "C") + interval) % 12;
        expect(after).toMatchObject({ key: KEY_NAMES[expected], mode: before.mode });
      }),
      { numRuns: 5 },
    );
  });

  it("gain changes nothing", () => {
    const loud = inKey(7, "minor");
    const expected = measure(loud).values;
    fc.assert(
      fc.property(fc.double({ min: -50, max: 20, noNaN: true }), (decibels) => {
        const { values } = measure(loud.map((sample) => sample * 10 ** (decibels / 20)));
        expect(values).toMatchObject({ key: expected.key, mode: expected.mode, keyChanges: [] });
        expect(values.strength).toBeCloseTo(expected.strength ?? 0, 3);
        expect(values.tuning).toBeCloseTo(expected.tuning ?? 0, 3);
      }),
      { numRuns: 5 },
    );
  });

  it("drums over it change no key", () => {
    const drums = clickTrack({ tempo: 126, seconds: 9, sampleRate: SAMPLE_RATE, sound: "kick" });
    const samples = inKey(10, "major").map((sample, i) => sample + (drums[i] ?? 0));
    expect(measure(samples).values).toMatchObject({ key: "A#", mode: "major" });
  });
});

describe("a change of key", () => {
  it("is found where it is", () => {
    const before = joined(inKey(0, "major"), inKey(0, "major"), inKey(0, "major"));
    const { values } = measure(joined(before, inKey(6, "major"), inKey(6, "major")));
    const [first, change, ...others] = values.keyChanges ?? [];
    expect(values).toMatchObject({ key: "C", mode: "major" });
    expect(first).toEqual({ time: 0, key: "C", mode: "major" });
    expect(change).toMatchObject({ key: "F#", mode: "major" });
    expect(others).toEqual([]);
    expect(Math.abs((change?.time ?? 0) - 25.5)).toBeLessThanOrEqual(2);
  });

  it("a semitone up is found, and the longer part names the key", () => {
    const up = [inKey(3, "minor"), inKey(3, "minor"), inKey(3, "minor")];
    const { values } = measure(joined(inKey(2, "minor"), inKey(2, "minor"), ...up));
    const keyChanges = [
      { time: 0, key: "D", mode: "minor" },
      { key: "D#", mode: "minor" },
    ];
    expect(values).toMatchObject({ key: "D#", mode: "minor", keyChanges });
  });

  it("is none when a strange chord passes", () => {
    const strange = chord([54, 58, 61, 66], 1, SAMPLE_RATE);
    const { values } = measure(joined(inKey(0, "major"), strange, inKey(0, "major")));
    expect(values).toMatchObject({ key: "C", keyChanges: [] });
  });
});

/** Chords of three notes each, any notes. */
function atonal(seconds: number): Float32Array {
  const random = seededRandom(3);
  const note = () => 40 + Math.floor(36 * random());
  return joined(
    ...Array.from({ length: 2 * seconds }, () => chord([note(), note(), note()], 0.5, SAMPLE_RATE)),
  );
}

describe("what has no key", () => {
  const noise = { seconds: 10, sampleRate: SAMPLE_RATE, rms: 0.1 };
  const clicks = { tempo: 120, seconds: 10, sampleRate: SAMPLE_RATE };
  it.each([
    ["white noise", whiteNoise(noise), "notTonal"],
    ["pink noise", pinkNoise(noise), "notTonal"],
    ["speech-like noise", speechLikeNoise(noise), "notTonal"],
    ["clicks", clickTrack(clicks), "notTonal"],
    ["kicks", clickTrack({ ...clicks, sound: "kick" }), "notTonal"],
    ["atonal music", atonal(15), "notTonal"],
    ["one tone", sine({ ...noise, frequency: 440, amplitude: 0.5 }), "notTonal"],
    ["silence", silence(10, SAMPLE_RATE), "silence"],
    ["a fifth of a second", inKey(0, "major").subarray(0, SAMPLE_RATE / 5), "tooShort"],
    [
      "a second of music in silence",
      joined(silence(5, SAMPLE_RATE), inKey(0, "major").subarray(0, SAMPLE_RATE)),
      "tooShort",
    ],
    ["nothing", new Float32Array(0), "tooShort"],
  ])("%s: every value is null with the reason", (_, samples, reason) => {
    const { values, missing } = measure(samples);
    for (const [name, value] of Object.entries(values)) {
      expect(value, name).toBeNull();
      expect(missing).toHaveProperty(name, reason);
    }
  });

  it("two seconds of a chord are evidence, if weak", () => {
    const { key, mode, strength } = measure(chord([48, 60, 64, 67], 2, SAMPLE_RATE)).values;
    expect({ key, mode }).toEqual({ key: "C", mode: "major" });
    expect(strength).toBeLessThan(0.9);
  });
});

describe("pitch classes", () => {
  const ofChord = chord([50, 57, 62, 66], 4, SAMPLE_RATE);

  it("are strongest where the notes are", () => {
    const chroma = measure(ofChord).values.chroma ?? [];
    const strongest = [...chroma.entries()].sort((a, b) => b[1] - a[1]).map(([note]) => note);
    expect(chroma).toHaveLength(12);
    expect(Math.max(...chroma)).toBe(1);
    expect(new Set(strongest.slice(0, 3))).toEqual(new Set([2, 6, 9]));
  });

  it("come a second, zeros in silence", () => {
    const { curve } = measure(joined(silence(3, SAMPLE_RATE), ofChord));
    expect(curve.step).toBe(1);
    expect(curve.chroma.length).toBe(7 * 12);
    expect(Math.max(...curve.chroma.subarray(0, 24))).toBe(0);
    expect([2, 9]).toContain(curve.chroma.subarray(5 * 12, 6 * 12).indexOf(1));
  });
});
