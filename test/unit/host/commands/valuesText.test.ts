import { expect, test } from "vitest";
import { valuesText } from "../../../../src/host/commands/valuesText";
import type { Analysis } from "../../../../src/shared/analysis";
import { currentVersions, leavesOf, VALUES } from "../../../../src/shared/measurements";
import { someGroups } from "../../../fixtures/someGroups";

const analysis: Analysis = {
  path: "/m/a.wav",
  state: "analyzed",
  warnings: [],
  file: null,
  format: null,
  tags: null,
  ...someGroups,
  loudness: { ...someGroups.loudness, integrated: -9.312345, samplePeak: -0.5 },
  rhythm: { ...someGroups.rhythm, tempo: 123.98 },
  missing: {},
  versions: { app: "1", schema: 1, measurements: currentVersions() },
  timing: { analyzedAt: "2026-01-01T00:00:00Z", decodeMs: 1, analyzeMs: 1, workerId: 1 },
};

test("one file is its path, its headline and a line for each value with its unit", () => {
  const lines = valuesText([analysis]).split("\n");
  expect(lines.slice(0, 2)).toEqual(["/m/a.wav", "124.0 BPM · 8A · −9.3 LUFS"]);
  expect(lines).toContain("Loudness: Integrated\t-9.312345\tLUFS");
  expect(lines).toContain("Loudness: Sample peak\t-0.5\tdBFS");
  expect(lines).toContain("Tonal: Mode\tminor");
  expect(lines.filter((line) => line !== "")).toHaveLength(2 + VALUES.flatMap(leavesOf).length);
});

test("several files are a table with a row each, empty where nothing could be measured", () => {
  const silent: Analysis = { ...analysis, path: "/m/silence.wav", rhythm: null };
  const rows = valuesText([analysis, silent])
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  expect(rows.map((row) => row.length)).toEqual([1, 1, 1].map(() => 1 + VALUES.flatMap(leavesOf).length));
  const tempo = rows[0]?.indexOf("Rhythm: Tempo (BPM)") ?? -1;
  expect(rows.map((row) => row[tempo])).toEqual(["Rhythm: Tempo (BPM)", "123.98", ""]);
});

test("essentia's own values are copied only where they were measured", () => {
  expect(valuesText([{ ...analysis, essentia: null }])).not.toContain("Essentia");
  expect(valuesText([{ ...analysis, essentia: null }, analysis])).toContain("Essentia: Danceability");
});

test("a failed file says why in place of its headline", () => {
  const failed: Analysis = {
    ...analysis,
    state: "failed",
    error: { code: "empty", message: "The file has no bytes.", attempts: 1 },
  };
  expect(valuesText([failed]).split("\n")[1]).toBe("The file has no bytes.");
});
