/** Short files heard as loops. */
import { describe, expect, it } from "vitest";
import { asLoop } from "../../../../src/analysis/rhythm/loop";

describe("asLoop", () => {
  it("repeats a curve at its own length, even where that is between frames", () => {
    const full = Float32Array.from({ length: 150 }, (_, i) => (i === 0 ? 1 : 0));
    const { full: repeated, bass } = asLoop({ full, bass: full, treble: full }, 149.5);
    const starts = [...repeated.keys()].filter((i) => repeated[i] === 1);
    expect(starts.slice(0, 4)).toEqual([0, 150, 299, 449]);
    expect(repeated.length).toBeGreaterThanOrEqual(1200);
    expect(bass).toEqual(repeated);
  });
});
