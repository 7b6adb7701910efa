import { expect, test } from "vitest";
import type { MeasuredGroup } from "../../../src/shared/analysis";
import { formatValue } from "../../../src/shared/format";
import { VALUES } from "../../../src/shared/measurements";
import { analyzed } from "../library/fixtures/someAnalysis";
import { someGroups } from "../../fixtures/someGroups";

/** How a value reads when its group has these fields. */
function shown(path: string, fields: object): string | null {
  const declaration = VALUES.find((value) => value.path === path);
  if (!declaration) throw new Error(`nothing declares ${path}`);
  const group = path.slice(0, path.indexOf(".")) as MeasuredGroup;
  return formatValue(analyzed("a.wav", { [group]: { ...someGroups[group], ...fields } }), declaration);
}

test("a mean stands with its deviation", () => {
  expect(shown("spectral.centroid", { centroid: { mean: 1842.4, std: 310.6 } })).toBe("1842 ± 311");
});

test("likely tempos and keys stand with how likely they are", () => {
  const candidates = [
    { tempo: 98.96, weight: 0.9 },
    { tempo: 197.92, weight: 0.064 },
  ];
  expect(shown("rhythm.candidates", { candidates })).toBe("99.0 (0.90) · 197.9 (0.06)");
  expect(shown("tonal.runnerUp", { runnerUp: { key: "C", mode: "major", strength: 0.118 } })).toBe(
    "C major (0.12)",
  );
});

test("a change of key stands with its time", () => {
  const keyChanges = [
    { time: 0, key: "A", mode: "minor" },
    { time: 45.3, key: "C", mode: "major" },
  ];
  expect(shown("tonal.keyChanges", { keyChanges })).toBe("0:00 A minor · 0:45 C major");
  expect(shown("tonal.keyChanges", { keyChanges: [] })).toBe("none");
});

test("beats are counted, coefficients listed, truths answered", () => {
  expect(shown("rhythm.beats", { beats: [0.5, 1, 1.5] })).toBe("3");
  expect(shown("timbre.mfccMean", { mfccMean: [-651.25, 120] })).toBe("−651.3  120.0");
  expect(shown("stereo.dualMono", { dualMono: true })).toBe("yes");
});

test("pitch classes stand with their names", () => {
  const chroma = [1, 0.08, 0.24, 0.13, 0.25, 0.95, 0.06, 0.46, 0.08, 0.69, 0.25, 0.11];
  expect(shown("tonal.chroma", { chroma })).toMatch(/^C 1\.00 {2}C# 0\.08 {2}D 0\.24 .* B 0\.11$/);
});

test("the flatness of music, which is small, is more than zeros", () => {
  expect(shown("spectral.flatness", { flatness: { mean: 0.0000274, std: 0.0000156 } })).toBe(
    "0.000027 ± 0.000016",
  );
});

test("silent channels are counted from 1, as people count them", () => {
  expect(shown("stereo.silentChannels", { silentChannels: [0, 5] })).toBe("1  6");
});

test("what is absent is null", () => {
  expect(shown("tonal.key", { key: null })).toBeNull();
});
