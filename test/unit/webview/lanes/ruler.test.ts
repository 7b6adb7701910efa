import fc from "fast-check";
import { expect, test } from "vitest";
import { ticks } from "../../../../src/webview/lanes/ruler";

function labels(start: number, length: number, width: number): string[] {
  return ticks({ start, length }, width).flatMap((tick) => tick.label ?? []);
}

test("four minutes on a wide lane are named every fifteen seconds", () => {
  expect(labels(0, 240, 1200).slice(0, 4)).toEqual(["0:00", "0:15", "0:30", "0:45"]);
});

test("half a second is named in tenths", () => {
  expect(labels(61, 0.5, 500)).toEqual(["1:01.0", "1:01.1", "1:01.2", "1:01.3", "1:01.4", "1:01.5"]);
});

test("hours are named in hours", () => {
  expect(labels(0, 36_000, 800)).toContain("2:00:00");
});

test("names never come closer than their room, and always lie in the window", () => {
  const window = fc.record({
    start: fc.double({ min: 0, max: 40_000, noNaN: true }),
    length: fc.double({ min: 0.5, max: 40_000, noNaN: true }),
    width: fc.integer({ min: 200, max: 3000 }),
  });
  fc.assert(
    fc.property(window, ({ start, length, width }) => {
      const named = ticks({ start, length }, width).filter((tick) => tick.label !== null);
      for (const [index, tick] of named.entries()) {
        expect(tick.time).toBeGreaterThanOrEqual(start - 1e-6);
        expect(tick.time).toBeLessThanOrEqual(start + length + 1e-6);
        const next = named[index + 1];
        if (next) expect(((next.time - tick.time) * width) / length).toBeGreaterThanOrEqual(71.9);
      }
    }),
  );
});

test("a length that no file has, as in a damaged database, gets few marks or none", () => {
  for (const length of [1e9, 1e15, 1e200, Number.MAX_VALUE, Infinity, NaN])
    expect(ticks({ start: 0, length }, 800).length).toBeLessThan(100);
});
