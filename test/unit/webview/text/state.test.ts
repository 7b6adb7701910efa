import { expect, test } from "vitest";
import { FAILURE_CODES } from "../../../../src/shared/codes";
import { currentVersions } from "../../../../src/shared/measurements";
import type { FileState, PageState } from "../../../../src/shared/pageProtocol";
import { announcement } from "../../../../src/webview/text/announcement";
import { panelOf } from "../../../../src/webview/text/panel";
import { statusOf } from "../../../../src/webview/text/status";
import { anAnalysis } from "../anAnalysis";

const locale = { language: "en-GB", timeZone: "UTC" };

function analyzed(fileState: FileState, outdated = false, analysis = anAnalysis()): PageState {
  return { kind: "analyzed", analysis, fileState, outdated, lacking: [] };
}

test("what is asked for since, and only that, can be measured now", () => {
  const state: PageState = {
    kind: "analyzed",
    analysis: anAnalysis(),
    fileState: "same",
    outdated: false,
    lacking: ["essentia"],
  };
  expect(statusOf(state, anAnalysis(), locale)).toMatchObject({
    tone: "info",
    text: "Not measured yet, but asked for in the settings: Essentia.",
    action: { label: "Analyze", message: { type: "analyze", force: false } },
  });
});

test("in the good case the row says where the numbers come from", () => {
  expect(statusOf(analyzed("same"), anAnalysis(), locale)).toMatchObject({
    tone: "ok",
    text: "Measured 24 Nov 2026, 14:03 in 1.6 s, unchanged since · versions: loudness 1, tempo 1, key 1",
    action: null,
  });
});

test("a changed file can be measured again", () => {
  expect(statusOf(analyzed("changed"), anAnalysis(), locale)).toMatchObject({
    tone: "warning",
    text: "The file has changed since it was measured.",
    action: { label: "Re-analyze", message: { type: "analyze", force: true } },
  });
});

test("the numbers of a file that is gone stay, and cannot be measured again", () => {
  expect(statusOf(analyzed("gone"), anAnalysis(), locale)).toMatchObject({ tone: "error", action: null });
});

test("numbers of which nobody knows how long they took are not said to have taken no time", () => {
  const timing = { ...anAnalysis().timing, decodeMs: null, analyzeMs: null, workerId: null };
  const unknown = anAnalysis({ timing });
  expect(statusOf(analyzed("same", false, unknown), unknown, locale)?.text).toMatch(
    /14:03, unchanged since · versions: loudness 1/,
  );
});

test("an outdated result names what is newer by now", () => {
  const versions = { app: "0.0.9", schema: 1, measurements: { ...currentVersions(), tempo: 0 } };
  const old = anAnalysis({ versions });
  expect(statusOf(analyzed("same", true, old), old, locale)?.text).toBe(
    `Measured by an older method (tempo 0, now ${currentVersions().tempo}).`,
  );
});

test("a newer program's result is not called older", () => {
  const versions = { app: "9.0.0", schema: 1, measurements: { ...currentVersions(), tempo: 0, key: 99 } };
  const mixed = anAnalysis({ versions });
  expect(statusOf(analyzed("same", true, mixed), mixed, locale)?.text).toBe(
    `Measured by an older method (tempo 0, now ${currentVersions().tempo}).`,
  );
});

test("earlier numbers stay while they are measured again, with a way to stop", () => {
  expect(statusOf({ kind: "running", startedAt: 5 }, anAnalysis(), locale)).toMatchObject({
    tone: "busy",
    since: 5,
    action: { message: { type: "cancel" } },
  });
});

test("a file never analysed has one sentence and one button", () => {
  const panel = panelOf({ kind: "notAnalyzed" });
  expect(panel?.title).toBe("");
  expect(panel?.actions).toEqual([{ label: "Analyze Audio", message: { type: "analyze", force: false } }]);
});

test.each(FAILURE_CODES)("a failure by %s says what, why and what can be done", (code) => {
  const analysis = anAnalysis({ state: "failed", error: { code, message: "", attempts: 3 } });
  const panel = panelOf({ kind: "failed", code, message: "Get a fresh copy.", analysis });
  expect(panel?.title).toMatch(/^The |^This /);
  expect(panel?.text).toBe("Get a fresh copy.");
  expect(panel?.detail).toBe(`${code}, tried 3 times`);
  expect(panel?.actions.map((action) => action.label)).toEqual(["Retry", "Show Log"]);
});

test("what a screen reader is told is short and names the state", () => {
  expect(announcement({ kind: "loading" })).toBe("");
  expect(announcement({ kind: "running", startedAt: 0 })).toBe("Analyzing");
  expect(announcement(analyzed("same"))).toBe("Analyzed. 124.0 BPM · 8A · −9.3 LUFS");
  expect(announcement(analyzed("changed"))).toBe("The file has changed since it was measured.");
});

test("a time that no clock shows, as in a database that others edited, stops no page", () => {
  const analysis = anAnalysis();
  analysis.timing = { ...analysis.timing, analyzedAt: "" };
  expect(statusOf(analyzed("same", false, analysis), analysis, locale)?.text).toContain("at an unknown time");
});

test("imported numbers say so, with the time as it was written, and ask for an analysis", () => {
  const facts = {
    duration: null,
    sampleRate: null,
    channels: null,
    bitrate: null,
    modelTags: [],
    values: {},
  };
  const imported = { origin: "B" as const, analyzedAt: "2025-08-02T20:15:30.1", ...facts };
  const analysis = { ...anAnalysis(), state: "imported" as const, imported };
  expect(statusOf(analyzed("same", true, analysis), analysis, locale)).toMatchObject({
    tone: "info",
    text: expect.stringMatching(/^Not measured by this version/) as string,
    detail: "Imported from an earlier Playlista (form B), measured there 2025-08-02T20:15:30.1",
    action: { label: "Analyze", message: { type: "analyze", force: false } },
  });
});
