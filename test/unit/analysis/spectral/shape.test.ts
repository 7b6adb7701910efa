/** The fast loops against their definitions, on spectra of any shape. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Spectrum } from "../../../../src/analysis/dsp/SpectrumStream";
import { OctaveContrast } from "../../../../src/analysis/spectral/OctaveContrast";
import { flatness, flux } from "../../../../src/analysis/spectral/shape";
import { seededRandom } from "../../../fixtures/sound/random";

const BIN_HZ = 44100 / 2048;

/** Magnitudes that fall or rise by up to 80 dB, with noise, and a band of nothing for some. */
function someMagnitudes(seed: number, bins: number): Float64Array {
  const random = seededRandom(seed);
  const slope = 160 * random() - 80;
  const hole = random() < 0.5 ? bins : Math.floor(random() * bins);
  return Float64Array.from({ length: bins }, (_, k) => {
    return k > hole && k < hole + 100 ? 0 : random() * 10 ** ((slope * k) / bins / 20);
  });
}

function spectrumOf(magnitude: Float64Array, earlierMagnitude: Float64Array): Spectrum {
  const powerOf = (magnitudes: Float64Array) => magnitudes.reduce((sum, m) => sum + m * m, 0);
  return {
    binHz: BIN_HZ,
    magnitude,
    power: magnitude.map((m) => m * m),
    sums: { power: powerOf(magnitude), magnitude: 0, firstMoment: 0, secondMoment: 0 },
    earlierMagnitude,
    earlierPowerSum: powerOf(earlierMagnitude),
    isAudible: true,
    followsAudible: true,
    zeroCrossingRate: 0,
  };
}

const anySpectrum = fc
  .tuple(fc.integer(), fc.integer(), fc.constantFrom(1025, 1024, 513, 257))
  .map(([a, b, bins]) => spectrumOf(someMagnitudes(a, bins), someMagnitudes(b, bins)));

describe("the shape of a spectrum", () => {
  it("has the contrast that sorting would find", () => {
    fc.assert(
      fc.property(anySpectrum, (spectrum) => {
        const bins = spectrum.power.length;
        const contrast = new OctaveContrast(BIN_HZ, bins);
        contrast.measure(spectrum);
        const least = Math.sqrt((1e-10 * spectrum.sums.power) / bins);
        const edges = [1, ...[200, 400, 800, 1600, 3200, 6400].map((hz) => Math.ceil(hz / BIN_HZ)), bins];
        for (const [i, value] of contrast.values.entries()) {
          const octave = [...spectrum.magnitude.subarray(edges[i], Math.min(bins, edges[i + 1] ?? 0))];
          octave.sort((a, b) => a - b);
          const count = Math.max(1, Math.round(0.02 * octave.length));
          const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / count + least;
          const expected = 20 * Math.log10(mean(octave.slice(-count)) / mean(octave.slice(0, count)));
          expect(value).toBeCloseTo(expected, 8);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("has the flux that its definition gives", () => {
    fc.assert(
      fc.property(anySpectrum, (spectrum) => {
        const unit = (magnitudes: Float64Array) => {
          const length = Math.hypot(...magnitudes);
          return magnitudes.map((m) => m / length);
        };
        const before = unit(spectrum.earlierMagnitude);
        const rises = unit(spectrum.magnitude).map((m, k) => Math.max(0, m - (before[k] ?? 0)));
        expect(flux(spectrum)).toBeCloseTo(Math.hypot(...rises), 10);
      }),
      { numRuns: 60 },
    );
  });

  it("has the flatness that its definition gives", () => {
    fc.assert(
      fc.property(anySpectrum, (spectrum) => {
        const mean = spectrum.sums.power / spectrum.power.length;
        const powers = spectrum.power.map((power) => power + 1e-10 * mean);
        const logs = powers.reduce((sum, power) => sum + Math.log(power), 0) / powers.length;
        const sum = powers.reduce((total, power) => total + power, 0) / powers.length;
        expect(flatness(spectrum)).toBeCloseTo(Math.exp(logs) / sum, 10);
      }),
      { numRuns: 60 },
    );
  });
});
