import { expect, test } from "vitest";
import { clamped, contains, isWhole, showing, whole, zoomed } from "../../../../src/webview/lanes/timeWindow";

test("zooming keeps the moment under the pointer in its place", () => {
  const before = { start: 20, length: 40 };
  const after = zoomed(before, 2, 30);
  expect(after.length).toBe(20);
  expect((30 - after.start) / after.length).toBeCloseTo((30 - before.start) / before.length);
});

test("a window never leaves the file", () => {
  expect(clamped({ start: -5, length: 10 }, 100, 1)).toEqual({ start: 0, length: 10 });
  expect(clamped({ start: 95, length: 10 }, 100, 1)).toEqual({ start: 90, length: 10 });
  expect(clamped({ start: 50, length: 500 }, 100, 1)).toEqual(whole(100));
});

test("a window is never shorter than the shortest, and a shorter file is shown whole", () => {
  expect(clamped({ start: 10, length: 0.01 }, 100, 2).length).toBe(2);
  expect(clamped({ start: 0, length: 0.01 }, 0.3, 2)).toEqual(whole(0.3));
});

test("a moment in sight leaves the window where it is; one out of sight moves it there", () => {
  const window = { start: 10, length: 10 };
  expect(showing(window, 15)).toBe(window);
  expect(contains(showing(window, 42), 42)).toBe(true);
});

test("the whole file is told from a part of it", () => {
  expect(isWhole({ start: 0, length: 60 }, 60)).toBe(true);
  expect(isWhole({ start: 0, length: 59 }, 60)).toBe(false);
});
