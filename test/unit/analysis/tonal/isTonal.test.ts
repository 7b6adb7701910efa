/** What has a key to be named, by the numbers that say so. */
import { describe, expect, it } from "vitest";
import { isTonal } from "../../../../src/analysis/tonal/isTonal";

/** A C major scale with a strong triad. */
const SCALE = Float64Array.of(1, 0, 0.4, 0, 0.7, 0.4, 0, 0.8, 0, 0.4, 0, 0.3);
const music = { whole: SCALE, toneShare: 0.3, fit: 0.85, seconds: 20 };

describe("isTonal", () => {
  it("is music in a key, dense music too", () => {
    expect(isTonal(music)).toBe(true);
    expect(isTonal({ ...music, toneShare: 0.05 })).toBe(true);
  });

  it.each([
    ["noise", { ...music, toneShare: 0.002 }],
    ["drums that fit by chance", { ...music, toneShare: 0.05, fit: 0.5 }],
    ["a moment that fits by chance", { ...music, fit: 0.58, seconds: 2 }],
    ["notes that stay in no key", { ...music, fit: 0.4 }],
    ["all notes alike", { ...music, whole: SCALE.map((value) => 1 + value / 10), fit: 0.7 }],
    ["an interval", { ...music, whole: Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0.8, 0, 0, 0, 0) }],
    ["nothing", { whole: new Float64Array(12), toneShare: 0, fit: 0, seconds: 20 }],
  ])("is not %s", (_, evidence) => {
    expect(isTonal(evidence)).toBe(false);
  });
});
