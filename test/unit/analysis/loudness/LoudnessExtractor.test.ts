/** Loudness against the values that the standards define, and the laws it must obey. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LoudnessExtractor } from "../../../../src/analysis/loudness/LoudnessExtractor";
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

  it("moves by exactly the gain", () => {
    const samples = pinkNoise({ seconds: 2, sampleRate: 8000, rms: 0.1 });
    const plain = measure([samples], 8000).values;
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (gain) => {
        const louder = samples.map((sample) => sample * fromDecibels(gain));
        const { integrated, samplePeak } = measure([louder], 8000).values;
        expect(integrated).toBeCloseTo((plain.integrated ?? 0) + gain, 4);
        expect(samplePeak).toBeCloseTo((plain.samplePeak ?? 0) + gain, 4);
      }),
      { numRuns: 20 },
    );
  });

  it("is the same with left and right exchanged", () => {
    const left = pinkNoise({ seconds: 2, sampleRate: 8000, rms: 0.1 });
    const right = pinkNoise({ seconds: 2, sampleRate: 8000, rms: 0.03, seed: 2 });
    const plain = measure([left, right], 8000).values.integrated ?? 0;
    expect(measure([right, left], 8000).values.integrated).toBeCloseTo(plain, 6);
  });

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
