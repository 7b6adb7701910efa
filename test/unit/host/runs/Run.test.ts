import { expect, test } from "vitest";
import { Run } from "../../../../src/host/runs/Run";
import { DEFAULT_LIMITS } from "../../../../src/shared/limits";
import type { AnalyzeParams, RunProgress, RunSummary } from "../../../../src/shared/engineProtocol";

const params = (runId: string, paths: string[], force = false): AnalyzeParams => ({
  runId,
  store: { database: `/${runId}.sqlite`, root: "/" },
  paths,
  force,
  askedAt: "2026-01-01T00:00:00.000Z",
  settings: {
    executor: "threads",
    workers: 0,
    timeoutSeconds: 300,
    limits: DEFAULT_LIMITS,
    maxRetries: 3,
    essentia: false,
    exclude: [],
  },
});
const progress = (runId: string, more: Partial<RunProgress> = {}): RunProgress => ({
  runId,
  counted: true,
  total: 10,
  done: 0,
  failed: 0,
  active: [],
  waitingFor: null,
  isPaused: false,
  ...more,
});
const summary = (more: Partial<RunSummary>): RunSummary => ({
  asked: 0,
  succeeded: 0,
  failed: 0,
  unchanged: 0,
  cancelled: 0,
  totalMs: 1,
  workers: 1,
  firstFailure: null,
  fellBack: false,
  ...more,
});

function runOf(...parts: AnalyzeParams[]): Run {
  const run = new Run();
  for (const part of parts) run.add(part);
  return run;
}

test("runs over two stores are one run with the sums of both", () => {
  const run = runOf(params("a", ["/a"]), params("b", ["/b"]));
  run.progress(progress("a", { total: 10, done: 4, failed: 1, active: ["/a/1.mp3"] }), 0);
  run.progress(progress("b", { total: 5, done: 2, active: ["/b/1.mp3"] }), 0);
  expect(run.totals()).toEqual({
    counted: true,
    total: 15,
    done: 6,
    failed: 1,
    active: ["/a/1.mp3", "/b/1.mp3"],
    waitingFor: null,
    isPaused: false,
  });
});

test("a store that is done stays in the count while the other goes on", () => {
  const run = runOf(params("a", ["/a"]), params("b", ["/b"]));
  run.finish("a", summary({ asked: 10, succeeded: 9, failed: 1 }));
  run.progress(progress("b", { total: 5, done: 2 }), 0);
  expect(run.totals()).toMatchObject({ total: 15, done: 12, failed: 1 });
  expect(run.isOver).toBe(false);
  run.finish("b", summary({ asked: 5, succeeded: 2, unchanged: 3 }));
  expect(run.isOver).toBe(true);
  expect(run.sums()).toMatchObject({ asked: 15, succeeded: 11, failed: 1, unchanged: 3 });
});

test("it is counting until every part that has begun has counted", () => {
  const run = runOf(params("a", ["/a"]), params("b", ["/b"]));
  expect(run.totals().counted).toBe(false);
  run.progress(progress("a"), 0);
  expect(run.totals().counted).toBe(true);
  run.progress(progress("b", { counted: false }), 0);
  expect(run.totals().counted).toBe(false);
});

test("it waits only when no part can go on", () => {
  const run = runOf(params("a", ["/a"]), params("b", ["/b"]));
  run.progress(progress("a", { waitingFor: "playlista (process 12)" }), 0);
  run.progress(progress("b"), 0);
  expect(run.totals().waitingFor).toBeNull();
  run.finish("b", summary({}));
  expect(run.totals().waitingFor).toBe("playlista (process 12)");
});

test("progress of another window's run is not taken", () => {
  expect(runOf(params("a", ["/a"])).progress(progress("z"), 0)).toBe(false);
});

test("what the engine's end interrupted can be asked for again", () => {
  const run = runOf(params("a", ["/a"]), params("b", ["/b"]));
  run.finish("a", summary({ asked: 1, succeeded: 1 }));
  run.finish("b", null);
  expect(run.unfinished.map(({ runId }) => runId)).toEqual(["b"]);
  expect(run.openRunIds).toEqual([]);
});

test("the time left is not said before five files are done", () => {
  const run = runOf(params("a", ["/a"]));
  run.progress(progress("a", { total: 100, done: 0 }), 0);
  run.progress(progress("a", { total: 100, done: 4 }), 4000);
  expect(run.secondsLeft()).toBeNull();
  run.progress(progress("a", { total: 100, done: 5 }), 5000);
  expect(run.secondsLeft()).toBe(95);
});

test("the time left follows the pace of now: unchanged files at the start say nothing", () => {
  const run = runOf(params("a", ["/a"]));
  run.progress(progress("a", { total: 1000, done: 900 }), 1000);
  for (let file = 1; file <= 20; file++) {
    run.progress(progress("a", { total: 1000, done: 900 + file }), 1000 + file * 2000);
  }
  expect(run.secondsLeft()).toBe(80 * 2);
});

test("a file is asked for when it, or a folder above it, was picked", () => {
  const run = runOf(params("a", ["/music/a"]), params("b", ["/music/b/x.mp3"], true));
  expect(run.asks("/music/a/deep/y.mp3")).toEqual({ force: false });
  expect(run.asks("/music/b/x.mp3")).toEqual({ force: true });
  expect(run.asks("/music/ab/y.mp3")).toBeNull();
  run.finish("a", summary({}));
  expect(run.asks("/music/a/deep/y.mp3")).toBeNull();
});

test("a run is paused when all that goes on of it is", () => {
  const run = runOf(params("a", ["/a"]), params("b", ["/b"]));
  expect(run.totals().isPaused).toBe(false);
  run.progress(progress("a", { isPaused: true }), 0);
  run.progress(progress("b"), 0);
  expect(run.totals().isPaused).toBe(false);
  run.finish("b", summary({ asked: 1, succeeded: 1 }));
  expect(run.totals().isPaused).toBe(true);
});
