import { expect, test } from "vitest";
import { fullScalePlaces, levels } from "../../../../src/webview/lanes/levels";
import { aWaveform } from "./aWaveform";

test("levels are in dBFS: half of full scale is 6 dB down", () => {
  const [first, second] = levels(aWaveform([0.5, 0.5, 1, 1], [0.25, 0.25, 0.5, 0.5]), 2);
  expect(first).toMatchObject({ start: 0, end: 0.2 });
  expect(first?.peak).toBeCloseTo(-6.02, 2);
  expect(first?.rms).toBeCloseTo(-12.04, 2);
  expect(second?.peak).toBe(0);
});

test("silence has no level", () => {
  expect(levels(aWaveform([0, 0]), 1)).toEqual([{ start: 0, end: 0.2, peak: null, rms: null }]);
});

test("all bins are told of once, and the last stretch ends with the file", () => {
  const rows = levels({ ...aWaveform(Array<number>(47).fill(0.5)), samples: 4650 }, 20);
  expect(rows).toHaveLength(20);
  expect(rows[19]?.end).toBeCloseTo(4.65);
  for (const [index, row] of rows.entries()) expect(row.start).toBe(index === 0 ? 0 : rows[index - 1]?.end);
});

test("a file of three bins has three stretches", () => {
  expect(levels(aWaveform([0.1, 0.2, 0.3]), 20)).toHaveLength(3);
});

test("bins at full scale close together are one place, apart they are two", () => {
  const peaks = Array.from({ length: 60 }, (_, bin) => ([10, 12, 15, 40].includes(bin) ? 1 : 0.4));
  expect(fullScalePlaces(aWaveform(peaks))).toEqual([expect.closeTo(1), expect.closeTo(4)]);
});

test("the highest sample of 16 bits counts as full scale", () => {
  expect(fullScalePlaces(aWaveform([0.2, 32_767 / 32_768]))).toEqual([expect.closeTo(0.1)]);
});

test("a peak under full scale is no place", () => {
  expect(fullScalePlaces(aWaveform([0.999, 0.5]))).toEqual([]);
});
