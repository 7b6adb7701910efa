import { expect, test } from "vitest";
import type { KeyChange, TonalResult } from "../../../../src/shared/analysis";
import { keySpans, keyWords, spansIn } from "../../../../src/webview/lanes/keySpans";
import { someGroups } from "../../../fixtures/someGroups";

const toC: KeyChange = { time: 72, key: "C", mode: "major" };
const toA: KeyChange = { time: 100, key: "A", mode: "minor" };

const fromC: KeyChange = { ...toC, time: 0 };

/** In A minor for the most part. */
function tonal(keyChanges: KeyChange[]): TonalResult {
  return { ...someGroups.tonal, key: "A", mode: "minor", keyChanges };
}

test("music that changes no key is in its key from the start", () => {
  expect(keySpans(tonal([]))).toEqual([{ time: 0, name: "A minor" }]);
});

test("music that changes its key begins in the first of them, whichever lasts longest", () => {
  expect(keySpans(tonal([fromC, toA]))[0]).toEqual({ time: 0, name: "C major" });
  expect(keyWords(keySpans(tonal([fromC, toA])))).toBe("C major, A minor from 1:40");
});

test("a window shows the key it begins in and the changes in it", () => {
  const spans = keySpans(tonal([{ ...toA, time: 0 }, toC, toA]));
  expect(spansIn(spans, { start: 80, length: 10 })).toEqual([{ time: 72, name: "C major" }]);
  expect(spansIn(spans, { start: 60, length: 100 }).map(({ time }) => time)).toEqual([0, 72, 100]);
});

test("of many changes three are said", () => {
  const changes = Array.from({ length: 6 }, (_, index) => ({ ...toC, time: 10 * index }));
  expect(keyWords(keySpans(tonal(changes)))).toMatch(/0:30, and 2 more changes of key$/);
});

test("music without a key has none to show", () => {
  expect(keySpans({ ...tonal([]), key: null })).toEqual([]);
});
