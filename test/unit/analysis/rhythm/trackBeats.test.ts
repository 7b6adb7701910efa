/** The way of beats through a curve. */
import { describe, expect, it } from "vitest";
import { trackBeats } from "../../../../src/analysis/rhythm/trackBeats";

describe("trackBeats", () => {
  it("keeps to the period over a gap and takes the stronger of two rows of onsets", () => {
    const strength = new Float32Array(1000);
    for (let i = 20; i < 1000; i += 50) strength[i] = i > 400 && i < 600 ? 0 : 3;
    for (let i = 45; i < 1000; i += 50) strength[i] = 1;
    const beats = trackBeats(strength, () => 50, 300);
    expect(beats[0]).toBe(20);
    expect(beats.at(-1)).toBe(970);
    expect(beats).toHaveLength(20);
  });

  it("finds nothing where there is nothing", () => {
    expect(trackBeats(new Float32Array(0), () => 50, 300)).toEqual([]);
  });
});
