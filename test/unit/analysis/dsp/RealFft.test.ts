/** The fast transform against the definition, and transforms beside each other. */
import { describe, expect, it } from "vitest";
import { RealFft } from "../../../../src/analysis/dsp/RealFft";
import { seededRandom } from "../../../fixtures/sound/random";

function someFrame(size: number, seed = size): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: size }, () => 2 * random() - 1);
}

describe("RealFft", () => {
  it.each([8, 16, 32, 64, 128, 1024])("equals the definition for %i samples", (size) => {
    const frame = someFrame(size);
    const fft = new RealFft(size);
    fft.transform(frame);
    let worst = 0;
    for (let k = 0; k <= size / 2; k++) {
      let re = 0;
      let im = 0;
      for (const [i, sample] of frame.entries()) {
        re += sample * Math.cos((2 * Math.PI * k * i) / size);
        im -= sample * Math.sin((2 * Math.PI * k * i) / size);
      }
      worst = Math.max(worst, Math.abs(re - (fft.re[k] ?? 0)), Math.abs(im - (fft.im[k] ?? 0)));
    }
    expect(worst).toBeLessThan(1e-10);
  });

  it.each([2 ** 15, 2 ** 18])("keeps the energy of %i samples", (size) => {
    const frame = someFrame(size);
    const fft = new RealFft(size);
    fft.transform(frame);
    const power = fft.re.map(
      (re, k) => (re ** 2 + (fft.im[k] ?? 0) ** 2) * (k === 0 || k === size / 2 ? 1 : 2),
    );
    const energy = frame.reduce((sum, sample) => sum + sample * sample, 0);
    expect(power.reduce((sum, value) => sum + value, 0) / size / energy).toBeCloseTo(1, 10);
  });

  it.each([0, 4, 12, 1000])("is not made for %i samples", (size) => {
    expect(() => new RealFft(size)).toThrow(RangeError);
  });

  it("keeps its spectrum while others of any size are made and used", () => {
    const fft = new RealFft(256);
    fft.transform(someFrame(256));
    const before = [...fft.re];
    for (const size of [256, 512, 2 ** 16]) new RealFft(size).transform(someFrame(size, 7));
    expect([...fft.re]).toEqual(before);
    fft.transform(someFrame(256));
    expect([...fft.re]).toEqual(before);
  });
});
