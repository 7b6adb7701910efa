import { expect, test } from "vitest";
import { beatMarks } from "../../../../src/webview/lanes/beatMarks";

const BEATS = Array.from({ length: 400 }, (_, beat) => beat * 0.5);

test("all beats in the window are marked while there is room", () => {
  expect(beatMarks(BEATS, { start: 10.1, length: 2 }, 400, 4)).toEqual([10.5, 11, 11.5, 12]);
});

test("denser beats are thinned to every second, fourth …, none closer than the spacing", () => {
  const marks = beatMarks(BEATS, { start: 0, length: 200 }, 500, 4);
  expect(marks[1]).toBe(2);
  expect(marks).toHaveLength(100);
});

test("the same beats are marked while the window moves", () => {
  const [one, other] = [20, 20.5].map((start) => beatMarks(BEATS, { start, length: 100 }, 200, 4));
  expect(one?.slice(1)).toEqual(other?.slice(0, (one?.length ?? 0) - 1));
});

test("no beats make no marks", () => {
  expect(beatMarks([], { start: 0, length: 10 }, 500, 4)).toEqual([]);
});
