/** Segments: one a second, null in silence, longer in long files. */
import { describe, expect, it } from "vitest";
import { SegmentsExtractor } from "../../../../src/analysis/segments/SegmentsExtractor";
import { SILENT, type LoudnessCurve } from "../../../../src/shared/view";

const FORMAT = { sampleRate: 1000, hop: 50 };

function segments(
  seconds: number,
  part: { lufs?: number[]; centroid?: (number | null)[]; chroma?: number[] },
) {
  const extractor = new SegmentsExtractor(FORMAT);
  for (let frame = 0; frame < seconds * 20 - 1; frame++) {
    extractor.push(part.centroid?.[Math.floor((frame + 1) / 20)] ?? null);
  }
  const momentary = Int16Array.from(
    { length: seconds * 10 },
    (_, i) => part.lufs?.[Math.floor(i / 10)] ?? SILENT,
  );
  const loudness: LoudnessCurve = { step: 0.1, momentary, shortTerm: momentary };
  return extractor.finish({ duration: seconds, loudness, chroma: Float32Array.from(part.chroma ?? []) });
}

describe("SegmentsExtractor", () => {
  it("gives each second its own loudness, brightness and chroma", () => {
    const c = [1, 0, 0, 0, 0.5, 0, 0, 0, 0, 0, 0, 0];
    const result = segments(2, {
      lufs: [-2000, -1500],
      centroid: [1000, 3000],
      chroma: [...c, ...new Array<number>(12).fill(0)],
    });
    expect(result.step).toBe(1);
    expect(result.loudness).toEqual([expect.closeTo(-20), expect.closeTo(-15)]);
    expect(result.centroid).toEqual([1000, 3000]);
    expect(result.chroma).toEqual([c, null]);
  });

  it("says nothing of silent seconds", () => {
    const result = segments(3, { lufs: [-2000, SILENT, -2000], centroid: [500, null, 500] });
    expect(result.loudness[1]).toBeNull();
    expect(result.centroid).toEqual([500, null, 500]);
    expect(result.chroma).toEqual([null, null, null]);
  });

  it("has no more than 3600 segments, which are then longer", () => {
    const seconds = 8000;
    const centroid = Array.from({ length: seconds }, (_, i) => (i % 2 === 0 ? 100 : null));
    const result = segments(seconds, { lufs: new Array<number>(seconds).fill(-2300), centroid });
    expect(result.step).toBe(3);
    for (const list of [result.loudness, result.centroid, result.chroma]) expect(list).toHaveLength(2667);
    expect(result.loudness[100]).toBeCloseTo(-23);
    expect(result.centroid[100]).toBe(100);
  });

  it("is one segment for a splinter", () => {
    const extractor = new SegmentsExtractor(FORMAT);
    extractor.push(700);
    const none = new Int16Array(0);
    const sources = {
      duration: 0.2,
      loudness: { step: 0.1, momentary: none, shortTerm: none },
      chroma: new Float32Array(0),
    };
    expect(extractor.finish(sources)).toEqual({ step: 1, loudness: [null], centroid: [700], chroma: [null] });
  });
});
