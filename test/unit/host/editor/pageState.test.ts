import { expect, test } from "vitest";
import { pageState } from "../../../../src/host/editor/pageState";
import type { PageFacts } from "../../../../src/host/editor/pageState";
import { nothingMeasured, type Analysis } from "../../../../src/shared/analysis";
import { currentVersions } from "../../../../src/shared/measurements";

const disk = { size: 1000, modified: 1_700_000_000_000.25 };
const analysis: Analysis = {
  path: "/m/a.wav",
  state: "analyzed",
  warnings: [],
  file: { ...disk, sha256: "00" },
  format: null,
  tags: null,
  ...nothingMeasured(),
  missing: {},
  versions: { app: "1", schema: 1, measurements: currentVersions() },
  timing: { analyzedAt: "2026-01-01T00:00:00Z", decodeMs: 1, analyzeMs: 1, workerId: 1 },
};
const failed: Analysis = {
  ...analysis,
  state: "failed",
  error: { code: "notAudio", message: "This is a text file.", attempts: 1 },
};
const quiet: PageFacts = {
  analysis: null,
  disk,
  isTrusted: true,
  asked: null,
  runningSince: null,
  requested: { essentia: false },
};

test("a file without a result can be analysed, in a trusted workspace", () => {
  expect(pageState(quiet)).toEqual({ kind: "notAnalyzed" });
  expect(pageState({ ...quiet, isTrusted: false })).toEqual({ kind: "restricted" });
});

test("Restricted Mode shows what is stored", () => {
  expect(pageState({ ...quiet, analysis, isTrusted: false })).toMatchObject({ kind: "analyzed" });
});

test("a result says whether its file is the same, changed or gone", () => {
  const state = (now: PageFacts["disk"]) => pageState({ ...quiet, analysis, disk: now });
  expect(state(disk)).toMatchObject({ kind: "analyzed", fileState: "same", outdated: false });
  expect(state({ ...disk, modified: 1_700_000_000_000 })).toMatchObject({ fileState: "same" });
  expect(state({ ...disk, size: 1001 })).toMatchObject({ fileState: "changed" });
  expect(state({ ...disk, modified: disk.modified + 1000 })).toMatchObject({ fileState: "changed" });
  expect(state(null)).toMatchObject({ fileState: "gone" });
});

test("a result of an older method is outdated", () => {
  const versions = { ...analysis.versions, measurements: { ...currentVersions(), tempo: 0 } };
  expect(pageState({ ...quiet, analysis: { ...analysis, versions } })).toMatchObject({ outdated: true });
});

test("a result lacks what is asked for and was not measured, and is not old for that", () => {
  const requested = { essentia: true };
  const state = (of: Analysis, asked: PageFacts["asked"] = null) =>
    pageState({ ...quiet, analysis: of, requested, asked });
  expect(state(analysis)).toMatchObject({ kind: "analyzed", outdated: false, lacking: ["essentia"] });
  expect(state(analysis, { force: false })).toEqual({ kind: "queued" });
  const versions = { ...analysis.versions, measurements: currentVersions(requested) };
  expect(state({ ...analysis, versions })).toMatchObject({ outdated: false, lacking: [] });
  expect(state({ ...analysis, versions }, { force: false })).toMatchObject({ kind: "analyzed" });
  expect(pageState({ ...quiet, analysis })).toMatchObject({ lacking: [] });
});

test("a failed file shows its code and reason", () => {
  expect(pageState({ ...quiet, analysis: failed })).toEqual({
    kind: "failed",
    code: "notAudio",
    message: "This is a text file.",
    analysis: failed,
  });
});

test("a file that is gone, and has no numbers to show, is gone", () => {
  expect(pageState({ ...quiet, disk: null })).toEqual({ kind: "gone" });
  expect(pageState({ ...quiet, disk: null, analysis: failed })).toEqual({ kind: "gone" });
});

test("a file that is being analysed is running, whatever is stored", () => {
  expect(pageState({ ...quiet, analysis, runningSince: 5 })).toEqual({ kind: "running", startedAt: 5 });
});

test("a file whose turn comes is queued unless the run will pass it over", () => {
  const asked = { force: false };
  expect(pageState({ ...quiet, asked })).toEqual({ kind: "queued" });
  expect(pageState({ ...quiet, asked, analysis: failed })).toEqual({ kind: "queued" });
  expect(pageState({ ...quiet, asked, analysis })).toMatchObject({ kind: "analyzed" });
  expect(pageState({ ...quiet, asked: { force: true }, analysis })).toEqual({ kind: "queued" });
});
