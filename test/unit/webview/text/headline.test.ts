import { expect, test } from "vitest";
import { headlineCells, peakWord } from "../../../../src/webview/text/headline";
import { someGroups } from "../../../fixtures/someGroups";
import { anAnalysis } from "../anAnalysis";

test("five numbers stand at the top", () => {
  const cells = headlineCells(anAnalysis()).map(({ label, value, unit }) => [label, value, unit]);
  expect(cells).toEqual([
    ["Tempo", "124.0", "BPM"],
    ["Key", "A minor", "8A · 1m"],
    ["Integrated", "−9.3", "LUFS"],
    ["Sample peak", "−0.8", "dBFS"],
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

test("a peak past full scale is wrong and said in a word", () => {
  const peak = headlineCells(
    anAnalysis({ loudness: { ...someGroups.loudness, integrated: -6, samplePeak: 0.41 } }),
  )[3];
  expect(peak).toMatchObject({ value: "0.4", isWrong: true, note: "clips" });
});

test("a 16-bit file that uses its last step is at full scale, one a little under it is in order", () => {
  expect(peakWord(20 * Math.log10(32_767 / 32_768))).toBe("at full scale");
  expect(peakWord(0)).toBe("at full scale");
  expect(peakWord(-0.04)).toBeNull();
});
