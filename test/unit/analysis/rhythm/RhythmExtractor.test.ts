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

function clicksAt(times: readonly number[], seconds: number): Float32Array {
  const samples = silence(seconds, SAMPLE_RATE);
  for (const at of times) addClick(samples, SAMPLE_RATE, { at, sound: "tick", amplitude: 0.6 });
  return samples;
}

/** Times of beats whose tempo (BPM) at each moment is given. */
function moving(tempoAt: (time: number) => number, until: number): number[] {
  const times: number[] = [];
  for (let at = 0.1; at < until; at += 60 / tempoAt(at)) times.push(at);
  return times;
}

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
  it.each([40, 50, 60, 72.5, 90, 107.3, 120, 126.5, 140, 155, 174, 190, 200, 220, 240])(
    "finds %d BPM to within 0.1 or names it among the candidates",
    (tempo) => {
      const { values, missing } = measure(clicks(tempo));
      const named = values.candidates?.map((candidate) => Math.abs(candidate.tempo - tempo)) ?? [];
      expect(Math.min(...named)).toBeLessThan(0.1);
      expect([0.5, 1, 2, 3].some((level) => Math.abs((values.tempo ?? 0) - level * tempo) < 0.1)).toBe(true);
      expect(missing).toEqual({ downbeats: "noBar" });
    },
  );

  it.each([60, 90, 107.3, 120, 140, 160])("sets beats on clicks at %d BPM", (tempo) => {
    const { values } = measure(clicks(tempo));
    const truth = Array.from({ length: Math.floor((19.8 * tempo) / 60) }, (_, i) => 0.1 + (i * 60) / tempo);
    const off = truth.map((at) => Math.min(...(values.beats ?? []).map((beat) => Math.abs(beat - at))));
    expect(values.tempo).toBeCloseTo(tempo, 0);
    expect(Math.max(...off)).toBeLessThan(0.03);
    expect(values.beats?.length).toBeLessThanOrEqual(truth.length + 2);
    expect(values.stability).toBe("steady");
    expect(values.onsetRate).toBeCloseTo(tempo / 60, 0);
  });

  it("gives candidates strongest first, the tempo at their head, and weights that sum to at most 1", () => {
    const { tempo, candidates } = measure(clicks(100)).values;
    const weights = candidates?.map(({ weight }) => weight) ?? [];
    expect(candidates?.[0]?.tempo).toBe(tempo);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(1 + 1e-9);
  });

  it.each([
    ["faster", (t: number) => 90 + t],
    ["slower", (t: number) => 140 - t],
  ])("follows a tempo that gets %s, and says that it drifts", (_, tempoAt) => {
    const times = moving(tempoAt, 58);
    const { beats, stability } = measure(clicksAt(times, 60)).values;
    const found = times.filter((at) => beats?.some((beat) => Math.abs(beat - at) < 0.05));
    expect(stability).toBe("drifting");
    expect(found.length / times.length).toBeGreaterThan(0.9);
  });

  it("hears the tempo of a drum loop of two seconds", () => {
    const loop = silence(2, SAMPLE_RATE);
    for (let step = 0; step < 8; step++) {
      addClick(loop, SAMPLE_RATE, { at: step * 0.25, sound: "noise", amplitude: 0.2 });
      if (step % 2 === 0) {
        const sound = step % 4 === 0 ? "kick" : "noise";
        addClick(loop, SAMPLE_RATE, { at: step * 0.25, sound, amplitude: 0.7 });
      }
    }
    const { tempo, beats, confidence } = measure(loop).values;
    expect(tempo).toBeCloseTo(120, 0);
    expect(beats?.every((beat) => beat >= 0 && beat < 2)).toBe(true);
    expect(confidence).toBeGreaterThan(0);
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
