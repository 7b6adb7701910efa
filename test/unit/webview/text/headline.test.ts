import { expect, test } from "vitest";
import { headlineCells } from "../../../../src/webview/text/headline";
import { someGroups } from "../../../fixtures/someGroups";
import { anAnalysis } from "../anAnalysis";

test("six numbers stand at the top", () => {
  const cells = headlineCells(anAnalysis()).map(({ label, value, unit }) => [label, value, unit]);
  expect(cells).toEqual([
    ["Tempo", "124.0", "BPM"],
    ["Key", "A minor", "8A · 1m"],
    ["Integrated", "−9.3", "LUFS"],
    ["Range", "5.1", "LU"],
    ["True peak", "−0.8", "dBTP"],
    ["Duration", "3:47.203", ""],
  ]);
});

test("tempo and key carry how sure they are", () => {
  const shares = headlineCells(anAnalysis()).map((cell) => cell.share);
  expect(shares.slice(0, 2)).toEqual([
    { name: "Confidence", value: 0.91 },
    { name: "Strength", value: 0.78 },
  ]);
});

test("a null value is a dash with its reason, and has no bar", () => {
  const silent = anAnalysis({
    rhythm: { ...someGroups.rhythm, tempo: null, confidence: null },
    tonal: null,
    missing: { "rhythm.tempo": "silence", "tonal.key": "notTonal" },
  });
  const [tempo, key] = headlineCells(silent);
  expect(tempo).toMatchObject({ value: null, note: "silence", share: null });
  expect(key).toMatchObject({ value: null, note: "no clear key", share: null });
});

test.each([
  [0.41, "0.4", "clips"],
  [0, "0.0", null],
  [-0.04, "0.0", null],
])("a true peak of %f dBTP reads %s and is in order only up to full scale", (truePeak, value, note) => {
  const cells = headlineCells(anAnalysis({ loudness: { ...someGroups.loudness, truePeak } }));
  const peak = cells.find((cell) => cell.label === "True peak");
  expect(peak).toMatchObject({ value, isWrong: note !== null, note });
});
