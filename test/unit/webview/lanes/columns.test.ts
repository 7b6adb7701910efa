import { expect, test } from "vitest";
import { columnsOf } from "../../../../src/webview/lanes/columns";
import { aWaveform } from "./aWaveform";

const SHARE = 32_767;

test("a column takes the highest peak and the mean power of its bins", () => {
  const waveform = aWaveform([0.1, 0.5, 0.2, 0.3], [0.1, 0.1, 0.3, 0.4]);
  const columns = columnsOf(waveform, { start: 0, length: 0.4 }, 2);
  expect([...columns.max].map((value) => value / SHARE)).toEqual([
    expect.closeTo(0.5, 3),
    expect.closeTo(0.3, 3),
  ]);
  expect([...columns.min].map((value) => value / SHARE)).toEqual([
    expect.closeTo(-0.5, 3),
    expect.closeTo(-0.3, 3),
  ]);
  expect((columns.rms[1] ?? 0) / SHARE).toBeCloseTo(Math.sqrt((0.09 + 0.16) / 2), 3);
});

test("no peak is lost, however few columns there are", () => {
  const peaks = Array.from({ length: 1000 }, (_, bin) => (bin === 617 ? 0.9 : 0.01));
  for (const width of [1, 3, 7, 100, 999]) {
    const columns = columnsOf(aWaveform(peaks), { start: 0, length: 100 }, width);
    expect(Math.max(...columns.max) / SHARE).toBeCloseTo(0.9, 3);
  }
});

test("a bin on the border of two columns is in both", () => {
  const columns = columnsOf(aWaveform([0.1, 0.9, 0.1, 0.1]), { start: 0, length: 0.4 }, 3);
  expect([...columns.max].map((value) => Math.round((value / SHARE) * 10))).toEqual([9, 9, 1]);
});

test("a bin fills all its columns when there are more columns than bins", () => {
  const columns = columnsOf(aWaveform([0.2, 0.8]), { start: 0, length: 0.2 }, 8);
  expect([...columns.max].map((value) => Math.round((value / SHARE) * 10))).toEqual([2, 2, 2, 2, 8, 8, 8, 8]);
});

test("a window further in shows the bins that lie there", () => {
  const columns = columnsOf(aWaveform([0.1, 0.2, 0.3, 0.4]), { start: 0.2, length: 0.2 }, 2);
  expect([...columns.max].map((value) => Math.round((value / SHARE) * 10))).toEqual([3, 4]);
});

test("after the end of the file there is silence", () => {
  const columns = columnsOf(aWaveform([0.5]), { start: 0, length: 0.4 }, 4);
  expect([...columns.max].map((value) => value > 0)).toEqual([true, false, false, false]);
  expect(columns.rms[3]).toBe(0);
});
