/** Loudness against the values that the standards define, and the laws it must obey. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LoudnessExtractor } from "../../../../src/analysis/loudness/LoudnessExtractor";
import { SILENT } from "../../../../src/shared/view";
import { pinkNoise } from "../../../fixtures/sound/noise";
import { fromDecibels, silence, sine, steppedTone } from "../../../fixtures/sound/tones";

function measure(channels: readonly Float32Array[], sampleRate: number, blockLength = 4096) {
  const extractor = new LoudnessExtractor({ sampleRate, channels: channels.length });
  const length = channels[0]?.length ?? 0;
  for (let from = 0; from < length; from += blockLength) {
    const block = channels.map((samples) => samples.subarray(from, from + blockLength));
    extractor.push(block, Math.min(blockLength, length - from));
  }
  return extractor.finish();
}

const tone = (level: number, sampleRate = 48000) =>
  sine({ seconds: 3, sampleRate, frequency: 1000, amplitude: fromDecibels(level) });

describe("LoudnessExtractor", () => {
  it.each([8000, 11025, 22050, 44100, 48000, 96000, 192000])(
    "reads −23 LUFS for a stereo tone of −23 dBFS at %i Hz",
    (sampleRate) => {
      const samples = tone(-23, sampleRate);
      expect(measure([samples, samples], sampleRate).values.integrated).toBeCloseTo(-23, 1);
    },
  );

  it("reads −3.01 LUFS for a full-scale sine of 997 Hz in one channel", () => {
    const samples = sine({ seconds: 5, sampleRate: 48000, frequency: 997, amplitude: 1 });
    expect(measure([samples], 48000).values.integrated).toBeCloseTo(-3.01, 2);
    expect(measure([samples, silence(5, 48000)], 48000).values.integrated).toBeCloseTo(-3.01, 2);
  });

  it("counts surround channels 1.5 dB more and the LFE channel not at all", () => {
    const one = tone(-23);
    const none = silence(3, 48000);
    const front = measure([one, none, none, none, none, none], 48000).values.integrated ?? 0;
    const surround = measure([none, none, none, none, one, none], 48000).values.integrated ?? 0;
    expect(surround - front).toBeCloseTo(10 * Math.log10(1.41), 3);
    expect(measure([none, none, none, one, none, none], 48000).values.integrated).toBeNull();
  });

  it("leaves out quiet parts by the relative gate", () => {
    const samples = steppedTone(
      [
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ],
      8000,
    );
    expect(measure([samples, samples], 8000).values.integrated).toBeCloseTo(-23, 1);
  });

  it("does not depend on how the signal is cut into blocks", () => {
    const samples = pinkNoise({ seconds: 2, sampleRate: 11025, rms: 0.1 });
    const whole = measure([samples], 11025, samples.length);
    expect(measure([samples], 11025, 777)).toEqual(whole);
    expect(measure([samples], 11025, 1)).toEqual(whole);
  });

  it("moves by exactly the gain, and what is a difference does not move", () => {
    const samples = pinkNoise({ seconds: 5, sampleRate: 8000, rms: 0.1 });
    const plain = measure([samples], 8000).values;
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (gain) => {
        const { values } = measure([samples.map((sample) => sample * fromDecibels(gain))], 8000);
        for (const name of [
          "integrated",
          "momentaryMax",
          "shortTermMax",
          "truePeak",
          "samplePeak",
        ] as const) {
          expect(values[name]).toBeCloseTo((plain[name] ?? 0) + gain, 4);
        }
        expect(values.replayGain).toBeCloseTo((plain.replayGain ?? 0) - gain, 4);
        expect(values.replayPeak).toBeCloseTo((plain.replayPeak ?? 0) * fromDecibels(gain), 4);
        expect(values.range).toBeCloseTo(plain.range ?? 0, 4);
        expect(values.peakToLoudness).toBeCloseTo(plain.peakToLoudness ?? 0, 4);
      }),
      { numRuns: 20 },
    );
  });

  it("is the same with left and right exchanged", () => {
    const left = pinkNoise({ seconds: 4, sampleRate: 8000, rms: 0.1 });
    const right = pinkNoise({ seconds: 4, sampleRate: 8000, rms: 0.03, seed: 2 });
    expect(measure([right, left], 8000)).toEqual(measure([left, right], 8000));
  });

  it("keeps each value what the others make of it", () => {
    const { values } = measure([pinkNoise({ seconds: 5, sampleRate: 8000, rms: 0.1 })], 8000);
    const { integrated, truePeak, samplePeak, replayGain, replayPeak, peakToLoudness } = values;
    expect(replayGain).toBe(-18 - (integrated ?? 0));
    expect(20 * Math.log10(replayPeak ?? 0)).toBe(samplePeak);
    expect(peakToLoudness).toBe((truePeak ?? 0) - (integrated ?? 0));
    expect(values.momentaryMax).toBeGreaterThanOrEqual(values.shortTermMax ?? 0);
  });

  it("tells how loudness ranges from 3.1 s on: one window alone ranges over nothing", () => {
    const samples = pinkNoise({ seconds: 3.1, sampleRate: 8000, rms: 0.1 });
    expect(measure([samples], 8000).values.range).toBeGreaterThanOrEqual(0);
    const shorter = measure([samples.subarray(0, 3 * 8000)], 8000);
    expect(shorter.missing).toEqual({ range: "tooShort" });
    expect(shorter.values.shortTermMax).not.toBeNull();
  });

  it("draws both curves ten times a second, as a meter shows them that starts in silence", () => {
    const samples = steppedTone(
      [
        [-20, 4],
        [null, 4],
      ],
      48000,
    );
    const { curve } = measure([samples, samples], 48000);
    expect(curve.step).toBe(0.1);
    expect([curve.momentary.length, curve.shortTerm.length]).toEqual([80, 80]);
    expect((curve.momentary[0] ?? 0) / 100).toBeCloseTo(-26, 1);
    expect((curve.momentary[39] ?? 0) / 100).toBeCloseTo(-20, 1);
    expect((curve.shortTerm[39] ?? 0) / 100).toBeCloseTo(-20, 1);
    // Half of the 3 s is silence by then.
    expect((curve.shortTerm[54] ?? 0) / 100).toBeCloseTo(-23, 1);
    expect(curve.momentary[79]).toBe(SILENT);
  });

  it.each([1, 50, 700, 2000, 352800])(
    "gives finite numbers or none at the odd rate of %i Hz",
    (sampleRate) => {
      const samples = new Float32Array(Math.min(400_000, 5 * sampleRate)).map((_, i) => (i % 2 ? 0.5 : -0.4));
      const { values, missing } = measure([samples], sampleRate);
      for (const [name, value] of Object.entries(values)) {
        expect(value === null ? name in missing : Number.isFinite(value), name).toBe(true);
      }
    },
  );

  it("does not count silence before and after", () => {
    const noise = pinkNoise({ seconds: 60, sampleRate: 8000, rms: 0.1 });
    const padded = silence(80, 8000);
    padded.set(noise, 10 * 8000);
    const plain = measure([noise], 8000).values.integrated ?? 0;
    // Windows that hold both differ: three at each end, of six hundred.
    expect(Math.abs((measure([padded], 8000).values.integrated ?? 0) - plain)).toBeLessThan(0.1);
  });

  it("reads the sample peak of either sign, beyond full scale too", () => {
    expect(measure([Float32Array.of(0.1, -0.5, 0.2)], 48000).values.samplePeak).toBeCloseTo(-6.02, 2);
    expect(measure([Float32Array.of(2)], 48000).values.samplePeak).toBeCloseTo(6.02, 2);
  });

  it("says silence, not minus infinity", () => {
    const { values, missing } = measure([silence(4, 48000)], 48000);
    expect(new Set(Object.values(values))).toEqual(new Set([null]));
    expect(Object.keys(missing)).toEqual(Object.keys(values));
    expect(new Set(Object.values(missing))).toEqual(new Set(["silence"]));
    const whisper = measure([tone(-90)], 48000);
    expect(whisper.missing.integrated).toBe("silence");
    expect(whisper.values.momentaryMax).toBeCloseTo(-93, 1);
    expect(whisper.values.samplePeak).toBeCloseTo(-90, 1);
  });

  it("needs one whole window of 400 ms", () => {
    const samples = tone(-23).subarray(0, 19200);
    expect(measure([samples, samples], 48000).values.integrated).toBeCloseTo(-23, 0);
    const { values, missing } = measure([samples.subarray(1)], 48000);
    expect(missing).toEqual({
      integrated: "tooShort",
      range: "tooShort",
      momentaryMax: "tooShort",
      shortTermMax: "tooShort",
      replayGain: "tooShort",
      peakToLoudness: "tooShort",
    });
    expect(values.truePeak).toBeCloseTo(-23, 1);
    const nothing = measure([], 48000);
    expect(Object.keys(nothing.missing)).toEqual(Object.keys(nothing.values));
    expect(new Set(Object.values(nothing.missing))).toEqual(new Set(["tooShort"]));
  });
});
