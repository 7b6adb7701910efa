import { describe, expect, it } from "vitest";
import { compareValues } from "../../../../src/library/verify/compareValues";

describe("the comparison", () => {
  it("finds the last bit of one number, a missing name, and a null for a zero", () => {
    const one = { tempo: 120, beats: [0.5, 1], key: "C", mode: null };
    const other = { tempo: 120, beats: [0.5, 1 + Number.EPSILON], mode: 0 };

    expect(compareValues(one, { ...one, beats: [...one.beats] })).toEqual({ values: 5, differing: [] });
    expect(compareValues(one, other).differing).toEqual(["beats.1", "key", "mode"]);
  });
});
