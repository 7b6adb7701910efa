/** Resampling: sines stay what they are, at any rate, in blocks of any size, and nothing is shifted. */
import { describe, expect, it } from "vitest";
import { Resampler } from "../../../../src/analysis/dsp/Resampler";

function sine(hz: number, sampleRate: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * hz * i) / sampleRate));
}

function resampled(samples: Float32Array, from: number, to: number, block = 1000): Float32Array {
  const resampler = new Resampler(from, to);
  const output: number[] = [];
  for (let at = 0; at < samples.length; at += block) {
    const part = samples.subarray(at, at + block);
    output.push(...resampler.push(part, part.length));
  }
  output.push(...resampler.finish());
  return Float32Array.from(output);
}

/** The largest difference away from the ends, where silence begins. */
function difference(a: Float32Array, b: Float32Array): number {
  const inner = a.subarray(200, -200);
  return Math.max(...inner.map((value, i) => Math.abs(value - (b[200 + i] ?? 0))));
}

describe("Resampler", () => {
  it.each([8000, 22050, 32000, 48000, 96000, 192000, 44056])("keeps a sine of %i Hz sound", (from) => {
    const output = resampled(sine(997, from, Math.floor(from / 5)), from, 44100);
    expect(output.length).toBe(Math.ceil((Math.floor(from / 5) * 44100) / from));
    expect(difference(output, sine(997, 44100, output.length))).toBeLessThan(2e-3);
  });

  it("takes away what the new rate can't hold", () => {
    const output = resampled(sine(30000, 96000, 19200), 96000, 44100);
    expect(Math.max(...output.subarray(200, -200).map(Math.abs))).toBeLessThan(1e-3);
  });

  it("gives the same whatever the size of the blocks", () => {
    const samples = sine(440, 48000, 9600);
    expect(resampled(samples, 48000, 44100, 37)).toEqual(resampled(samples, 48000, 44100, 9600));
  });

  it("hands samples of the wanted rate on untouched", () => {
    const samples = sine(440, 44100, 500);
    expect(resampled(samples, 44100, 44100)).toEqual(samples);
  });
});
