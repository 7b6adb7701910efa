/** The fast transform against the definition. */
import { describe, expect, it } from "vitest";
import { RealFft } from "../../../../src/analysis/dsp/RealFft";
import { seededRandom } from "../../../fixtures/sound/random";

describe("RealFft", () => {
  it.each([8, 16, 32, 64, 1024])("equals the definition for %i samples", (size) => {
    const random = seededRandom(size);
    const frame = Float64Array.from({ length: size }, () => 2 * random() - 1);
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
});
