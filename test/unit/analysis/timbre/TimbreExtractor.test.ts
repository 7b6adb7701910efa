/** What gain and colour do to the cepstral coefficients, and where there are none. */
import { describe, expect, it } from "vitest";
import { SpectrumStream } from "../../../../src/analysis/dsp/SpectrumStream";
import { TimbreExtractor } from "../../../../src/analysis/timbre/TimbreExtractor";
import { pinkNoise, whiteNoise } from "../../../fixtures/sound/noise";
import { silence } from "../../../fixtures/sound/tones";

function measure(samples: Float32Array, sampleRate: number) {
  const stream = new SpectrumStream(sampleRate);
  const extractor = new TimbreExtractor(stream);
  stream.push(samples, (spectrum) => {
    extractor.push(spectrum);
  });
  return extractor.finish();
}

describe("TimbreExtractor", () => {
  it.each([8000, 22050, 44100, 96000, 192000])("has 13 coefficients at %i Hz", (sampleRate) => {
    const { values, missing } = measure(whiteNoise({ seconds: 0.5, sampleRate, rms: 0.1 }), sampleRate);
    expect(missing).toEqual({});
    expect(values.mfccMean).toHaveLength(13);
    expect(values.mfccStd?.every((std) => std > 0)).toBe(true);
  });

  it("takes gain as a step of the first coefficient alone", () => {
    const noise = whiteNoise({ seconds: 1, sampleRate: 44100, rms: 0.1 });
    const [first = NaN, ...others] = measure(noise, 44100).values.mfccMean ?? [];
    const half = measure(
      noise.map((sample) => sample / 2),
      44100,
    );
    const [halfFirst = NaN, ...halfOthers] = half.values.mfccMean ?? [];
    // 20 log of a quarter of the power in 40 bands, through a row of the DCT that is 1/√40 throughout.
    expect(first - halfFirst).toBeCloseTo(20 * Math.log10(4) * Math.sqrt(40), 6);
    for (const [i, value] of others.entries()) expect(halfOthers[i]).toBeCloseTo(value, 6);
  });

  it("has a higher second coefficient the darker the sound", () => {
    const options = { seconds: 1, sampleRate: 44100, rms: 0.1 };
    const white = measure(whiteNoise(options), 44100).values.mfccMean?.[1] ?? NaN;
    const pink = measure(pinkNoise(options), 44100).values.mfccMean?.[1] ?? NaN;
    expect(pink).toBeGreaterThan(white + 20);
  });

  it("measures nothing in silence and in splinters", () => {
    expect(measure(silence(1, 44100), 44100)).toEqual({
      values: { mfccMean: null, mfccStd: null },
      missing: { mfccMean: "silence", mfccStd: "silence" },
    });
    expect(measure(silence(0.01, 44100), 44100).missing).toEqual({
      mfccMean: "tooShort",
      mfccStd: "tooShort",
    });
  });
});
