import { expect, test } from "vitest";
import { MEASUREMENTS, VALUES } from "../../../../src/shared/measurements";
import { measuredGroups } from "../../../../src/webview/text/groups";
import { someGroups } from "../../../fixtures/someGroups";
import { anAnalysis } from "../anAnalysis";

test("every declared value has its row, under its measurement, in the declared order", () => {
  const groups = measuredGroups(anAnalysis());
  expect(groups.map((group) => group.label)).toEqual(Object.values(MEASUREMENTS).map((each) => each.label));
  const labels = groups.flatMap((group) => group.rows.map((row) => row.label));
  expect(labels).toEqual(VALUES.map((value) => value.label));
});

test("essentia's own values have a group, with ours beside them, only where they were asked for", () => {
  const essentia = (analysis = anAnalysis()) =>
    measuredGroups(analysis).find((group) => group.label === "Essentia");
  expect(essentia(anAnalysis({ essentia: null }))).toBeUndefined();
  const [tempo, confidence] = essentia()?.rows ?? [];
  expect(tempo).toMatchObject({
    label: "Tempo",
    beside: { text: expect.stringContaining("124.0") as string },
  });
  expect(confidence?.beside).toBeNull();
});

test("numbers have the declared decimals and unit, names have neither", () => {
  const groups = measuredGroups(anAnalysis());
  const [loudness, tonal] = ["Loudness", "Tonal"].map((label) =>
    groups.find((group) => group.label === label),
  );
  expect(loudness?.rows[0]).toMatchObject({ value: "−9.3", unit: "LUFS", decimals: 1 });
  expect(tonal?.rows[0]).toMatchObject({ value: "A", unit: "", decimals: null });
});

test("a missing value says why, one beside it for the same reason", () => {
  const analysis = anAnalysis({
    rhythm: { ...someGroups.rhythm, tempo: null, confidence: null },
    missing: { "rhythm.tempo": "tooShort" },
  });
  const rhythm = measuredGroups(analysis).find((group) => group.label === "Rhythm");
  const rows = rhythm?.rows.slice(0, 2) ?? [];
  expect(rows.map((row) => row.reason)).toEqual(["too short to measure", "too short to measure"]);
  expect(rows.map((row) => row.value)).toEqual([null, null]);
});

test("how it is measured names method, the version of this very result, and source", () => {
  const analysis = anAnalysis({
    versions: { app: "0.1.0", schema: 1, measurements: { loudness: 7 } },
  });
  const how = measuredGroups(analysis)[0]?.how ?? "";
  expect(how).toContain(MEASUREMENTS.loudness.method);
  expect(how).toContain("Version 7");
  expect(how).toContain("BS.1770");
});

test("a long list has lines of its own; a short one and a count stay beside their name", () => {
  const { timbre, stereo, rhythm } = anAnalysis();
  const groups = measuredGroups(
    anAnalysis({
      timbre: timbre && { ...timbre, mfccMean: Array<number>(13).fill(-12.5) },
      stereo: stereo && { ...stereo, silentChannels: [0, 1] },
      rhythm: rhythm && { ...rhythm, beats: Array<number>(468).fill(0.5) },
    }),
  );
  const long = groups.flatMap(({ rows }) => rows.filter((row) => row.isLong === true));
  expect(long.map((row) => row.label)).toEqual(["MFCC (mean)"]);
});
