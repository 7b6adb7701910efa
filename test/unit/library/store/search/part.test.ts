import fc from "fast-check";
import { expect, test } from "vitest";
import { part } from "../../../../../src/library/store/search/part";

test("the item of a place comes there, with smaller ones before it and larger ones behind it", () => {
  const some = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(some, fc.nat(), (given, any) => {
      const items = Int32Array.from(given);
      const wanted = any % items.length;
      part(items, 0, items.length - 1, wanted, (a, b) => a - b);
      const sorted = Int32Array.from(given).sort();
      expect(items[wanted]).toBe(sorted[wanted]);
      expect(items.slice(0, wanted).sort()).toEqual(sorted.slice(0, wanted));
      expect(items.slice(wanted).sort()).toEqual(sorted.slice(wanted));
    }),
  );
});

const COUNT = 20_000;

test.each<[string, (at: number) => number]>([
  ["rises", (at) => at],
  ["falls", (at) => -at],
  ["rises and falls", (at) => Math.min(at, COUNT - at)],
  ["falls and rises", (at) => Math.max(at, COUNT - at)],
  ["rises again and again", (at) => at % 300],
  ["is the same", () => 1],
])("where the order %s, each item is looked at a few times", (_, valueAt) => {
  for (const wanted of [0, 50, COUNT / 2, COUNT - 1]) {
    let looks = 0;
    const items = Int32Array.from({ length: COUNT }, (__, at) => valueAt(at));
    part(items, 0, COUNT - 1, wanted, (a, b) => {
      looks++;
      return a - b;
    });
    expect(looks).toBeLessThan(15 * COUNT);
  }
});
