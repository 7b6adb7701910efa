import { expect, test } from "vitest";
import { SILENT } from "../../../../src/shared/view";
import { curvePoints, loudnessScale, scaleLines } from "../../../../src/webview/lanes/loudnessCurve";

/** From LUFS; null for silence. */
function curve(values: readonly (number | null)[]): Int16Array {
  return Int16Array.from(values, (value) => (value === null ? SILENT : value * 100));
}

test("a value stands where it ends, and silence is a gap", () => {
  const points = curvePoints(curve([-20, null, -18]), 0.1, { start: 0, length: 0.4 }, 100);
  expect(points).toEqual([
    { x: expect.closeTo(0.25) as number, lufs: -20 },
    { x: expect.closeTo(0.5) as number, lufs: null },
    { x: expect.closeTo(0.75) as number, lufs: -18 },
  ]);
});

test("however few pixels there are, no peak is lost", () => {
  const values = Array.from({ length: 1000 }, (_, index) => (index === 617 ? -3 : -30));
  for (const width of [3, 10, 77, 500]) {
    const points = curvePoints(curve(values), 0.1, { start: 0, length: 100 }, width);
    expect(Math.max(...points.map(({ lufs }) => lufs ?? -100))).toBe(-3);
    expect(points.length).toBeLessThanOrEqual(2 * width + 2);
  }
});

test("a part further in begins left of its edge and ends right of it, so that the line runs through", () => {
  const points = curvePoints(curve(Array<number>(1000).fill(-20)), 0.1, { start: 50, length: 10 }, 500);
  expect(points[0]?.x).toBeLessThan(0);
  expect(points.at(-1)?.x).toBeGreaterThan(1);
});

test("the scale holds the loudest place, in steps that people count in", () => {
  const scale = (momentary: Int16Array) => loudnessScale({ step: 0.1, momentary, shortTerm: momentary });
  expect(scale(curve([-30, -9.5]))).toEqual({ top: -6, bottom: -36 });
  expect(scale(curve([null]))).toEqual({ top: -42, bottom: -72 });
});

test("lines are named every 12 LU, none at the edges", () => {
  expect(scaleLines({ top: -6, bottom: -36 })).toEqual([-12, -24]);
  expect(scaleLines({ top: -12, bottom: -42 })).toEqual([-24, -36]);
});
