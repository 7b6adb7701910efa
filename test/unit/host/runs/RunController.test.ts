/** From what is picked to how it ended, with an engine that answers when the test says so. */
import { expect, test } from "vitest";
import type { EngineClient } from "../../../../src/host/engine/EngineClient";
import { EngineStoppedError } from "../../../../src/host/engine/EngineStoppedError";
import { RunController, type RunControllerOptions } from "../../../../src/host/runs/RunController";
import { DEFAULT_LIMITS } from "../../../../src/shared/limits";
import type {
  AnalyzeParams,
  EngineSettings,
  RunProgress,
  RunSummary,
} from "../../../../src/shared/engineProtocol";

const SETTINGS: EngineSettings = {
  executor: "threads",
  workers: 4,
  timeoutSeconds: 300,
  limits: DEFAULT_LIMITS,
  maxRetries: 3,
  essentia: false,
  exclude: [],
};

/** Notes what it is asked; a run goes on until it is ended here or cancelled. */
class FakeEngine {
  readonly asked: string[] = [];
  readonly runs: (AnalyzeParams & { end: (with_: Partial<RunSummary> | Error) => void })[] = [];

  readonly request = ((method: string, params: unknown) => {
    this.asked.push(method);
    if (method === "analyze") return this.#run(params as AnalyzeParams);
    const { runId } = params as { runId: string };
    if (method !== "cancel") return Promise.resolve(null);
    this.runs.find((run) => run.runId === runId)?.end({ cancelled: 1 });
    return Promise.resolve(null);
  }) as EngineClient["request"];

  /** Tells what the engine would tell of its runs. */
  tell: (progress: RunProgress) => void = () => undefined;
  readonly onNotification: EngineClient["onNotification"] = (_name, listener) => {
    this.tell = listener as (progress: RunProgress) => void;
    return { dispose: () => undefined };
  };

  #run(params: AnalyzeParams): Promise<RunSummary> {
    return new Promise((resolve, reject) => {
      const end = (with_: Partial<RunSummary> | Error): void => {
        if (with_ instanceof Error) reject(with_);
        else resolve(summary(with_));
      };
      this.runs.push({ ...params, end });
    });
  }
}

function summary(sums: Partial<RunSummary>): RunSummary {
  const { succeeded = 0, failed = 0, unchanged = 0, cancelled = 0 } = sums;
  const asked = succeeded + failed + unchanged + cancelled;
  const rest = { totalMs: 1, workers: 1, firstFailure: null, fellBack: false };
  return { asked, succeeded, failed, unchanged, cancelled, ...rest, ...sums };
}

/** Each top folder is a workspace folder with a store of its own. */
function makeController(
  settingsOf: (path: string) => EngineSettings = () => SETTINGS,
  fallBack: RunControllerOptions["fallBack"] = () => Promise.resolve(null),
) {
  const engine = new FakeEngine();
  const running: boolean[] = [];
  const paused: boolean[] = [];
  const remembered: string[][] = [];
  const controller = new RunController({
    engine,
    storeOf: (path) => {
      const root = `/${path.split("/")[1] ?? ""}`;
      return { database: `${root}/library.sqlite`, root };
    },
    fallBack,
    settingsOf,
    setRunning: (isRunning) => running.push(isRunning),
    setPaused: (isPaused) => paused.push(isPaused),
    remember: (left) => remembered.push(left.flatMap(({ paths }) => paths)),
    log: () => undefined,
  });
  return { engine, controller, running, paused, remembered };
}

const ONCE = { force: false };

test("files of two folders are asked of two stores, and end as one run with the sums of both", async () => {
  const { engine, controller, running } = makeController();
  const done = controller.analyze(["/a/1.mp3", "/b/1.mp3", "/a/2.mp3"], ONCE);
  expect(engine.runs.map(({ store, paths }) => [store.root, paths])).toEqual([
    ["/a", ["/a/1.mp3", "/a/2.mp3"]],
    ["/b", ["/b/1.mp3"]],
  ]);
  const firstFailure = { path: "/b/1.mp3", code: "corrupt", message: "It is damaged." } as const;
  engine.runs[0]?.end({ succeeded: 2, fellBack: true });
  engine.runs[1]?.end({ failed: 1, firstFailure });
  await done;
  expect(controller.current).toBeNull();
  expect(controller.last).toEqual({
    sums: {
      ...{ asked: 3, succeeded: 2, failed: 1, unchanged: 0, cancelled: 0, totalMs: 1, workers: 1 },
      ...{ firstFailure, fellBack: true },
    },
    isCancelled: false,
    isUnasked: false,
    interrupted: [],
    problem: null,
  });
  expect(running).toEqual([true, false]);
});

test("a cancel in the first moment reaches every part, whatever their settings", async () => {
  const { engine, controller } = makeController((path) => ({
    ...SETTINGS,
    workers: path.startsWith("/b") ? 1 : 4,
  }));
  const done = controller.analyze(["/a", "/b"], ONCE);
  await controller.cancel();
  await done;
  expect(engine.asked).toEqual(["analyze", "analyze", "cancel", "cancel"]);
  expect(controller.last).toMatchObject({ isCancelled: true, sums: { asked: 2, cancelled: 2 } });
});

test("each folder's part has its own settings, and a change holds for the next run", async () => {
  let workers = 1;
  const { engine, controller } = makeController((path) => ({ ...SETTINGS, workers, exclude: [path] }));
  const first = controller.analyze(["/a/x", "/b/y"], ONCE);
  workers = 2;
  const second = controller.analyze(["/a/x"], ONCE);
  expect(engine.runs.map(({ settings }) => [settings.workers, settings.exclude])).toEqual([
    [1, ["/a/x"]],
    [1, ["/b/y"]],
    [2, ["/a/x"]],
  ]);
  for (const run of engine.runs) run.end({ succeeded: 1 });
  await Promise.all([first, second]);
});

test("what is asked for while a run goes on joins it", async () => {
  const { engine, controller, running } = makeController();
  let ends = 0;
  controller.onDidEnd(() => ends++);
  const asks = [controller.analyze(["/a/1.mp3"], ONCE), controller.analyze(["/a/2.mp3"], ONCE)];
  for (const run of engine.runs) run.end({ succeeded: 1 });
  await Promise.all(asks);
  expect(ends).toBe(1);
  expect(controller.last?.sums.succeeded).toBe(2);
  expect(running.at(-1)).toBe(false);
});

test("a forced run that the engine's end interrupted is taken up where it was, not begun anew", async () => {
  const { engine, controller } = makeController();
  const done = controller.analyze(["/a"], { force: true });
  engine.runs[0]?.end(new EngineStoppedError());
  await done;
  const interrupted = controller.last?.interrupted ?? [];
  expect(interrupted).toHaveLength(1);
  const again = controller.resume(interrupted);
  const [first, second] = engine.runs;
  expect(second).toMatchObject({ paths: ["/a"], force: true, askedAt: first?.askedAt });
  expect(second?.runId).not.toBe(first?.runId);
  second?.end({ succeeded: 1 });
  await again;
  expect(controller.last?.interrupted).toEqual([]);
});

test("a problem with one store hides neither another's nor what the engine's end interrupted", async () => {
  const { engine, controller } = makeController();
  const done = controller.analyze(["/a", "/b", "/c", "/d"], ONCE);
  engine.runs[0]?.end(new Error("The disk of a is full."));
  engine.runs[1]?.end(new Error("The disk of b is full."));
  engine.runs[2]?.end(new EngineStoppedError());
  engine.runs[3]?.end({ succeeded: 5 });
  await done;
  expect(controller.last).toMatchObject({
    sums: { succeeded: 5 },
    problem: "The disk of a is full. The disk of b is full.",
    interrupted: [{ store: { root: "/c" } }],
  });
});

const readOnly = (): Error => Object.assign(new Error("Cannot write /a."), { data: { code: "readOnly" } });

test("a run whose folder can't be written goes on with the store that is named instead, as one run", async () => {
  const asked: string[] = [];
  const { engine, controller } = makeController(undefined, (store) => {
    asked.push(store.database);
    return Promise.resolve({ ...store, database: "/storage/library.sqlite" });
  });
  const done = controller.analyze(["/a/1.mp3"], { force: true });
  engine.runs[0]?.end(readOnly());
  await expect.poll(() => engine.runs.length).toBe(2);
  const { runId, askedAt } = engine.runs[0] ?? {};
  const store = { database: "/storage/library.sqlite", root: "/a" };
  expect(engine.runs[1]).toMatchObject({ runId, askedAt, store, paths: ["/a/1.mp3"], force: true });
  engine.runs[1]?.end({ succeeded: 1 });
  expect(await done).toMatchObject({ problem: null, summaries: [{ succeeded: 1 }] });
  expect(controller.last).toMatchObject({ sums: { asked: 1, succeeded: 1 }, problem: null });
  expect(asked).toEqual(["/a/library.sqlite"]);
});

test("without another store, or for another reason, a run that can't write ends with the reason", async () => {
  const { engine, controller } = makeController();
  const done = controller.analyze(["/a/1.mp3"], ONCE);
  engine.runs[0]?.end(readOnly());
  expect(await done).toMatchObject({ problem: "Cannot write /a.", summaries: [] });
  const never = makeController(undefined, () => Promise.reject(new Error("not to be asked")));
  const full = never.controller.analyze(["/a/1.mp3"], ONCE);
  never.engine.runs[0]?.end(Object.assign(new Error("Full."), { data: { code: "cannotWrite" } }));
  expect(await full).toMatchObject({ problem: "Full." });
});

test("a problem is of its run: the next one ends without it", async () => {
  const { engine, controller } = makeController();
  const first = controller.analyze(["/a"], ONCE);
  engine.runs[0]?.end(new Error("The disk is full."));
  await first;
  const second = controller.analyze(["/a"], ONCE);
  engine.runs[1]?.end({ succeeded: 1 });
  await second;
  expect(controller.last?.problem).toBeNull();
});

test("a run is paused and resumed in all its parts, and said to be so when the engine says it", async () => {
  const { engine, controller, paused } = makeController();
  const done = controller.analyze(["/a/1.mp3", "/b/1.mp3"], ONCE);
  await controller.pause();
  expect(engine.asked.filter((method) => method === "pause")).toHaveLength(2);
  expect(paused).toEqual([]);
  const going = { counted: true, total: 1, done: 0, failed: 0, active: [], waitingFor: null };
  const tell = (isPaused: boolean): void => {
    for (const { runId } of engine.runs) engine.tell({ runId, ...going, isPaused });
  };
  tell(true);
  await controller.goOn();
  tell(false);
  tell(true);
  await controller.cancelFile("/a/1.mp3");
  expect(engine.asked.slice(-4)).toEqual(["resume", "resume", "cancelFile", "cancelFile"]);
  for (const { end } of engine.runs) end({ cancelled: 1 });
  await done;
  expect(paused).toEqual([true, false, true, false]);
  await controller.pause();
  expect(engine.asked.at(-1)).toBe("cancelFile");
});

test("what is asked for is remembered until it is done, or cancelled", async () => {
  const { engine, controller, remembered } = makeController();
  const first = controller.analyze(["/a/1.mp3"], ONCE);
  const joined = controller.analyze(["/b/1.mp3"], ONCE);
  engine.runs[0]?.end({ succeeded: 1 });
  await first;
  engine.runs[1]?.end({ succeeded: 1 });
  await joined;
  const cancelled = controller.analyze(["/c/1.mp3"], ONCE);
  await controller.cancel();
  await cancelled;
  expect(remembered).toEqual([["/a/1.mp3"], ["/a/1.mp3", "/b/1.mp3"], [], ["/c/1.mp3"], []]);
});

test("what the end of the window interrupts stays remembered", async () => {
  const { engine, controller, remembered } = makeController();
  const run = controller.analyze(["/a/1.mp3", "/b/1.mp3"], ONCE);
  engine.runs[0]?.end({ succeeded: 1 });
  engine.runs[1]?.end(new EngineStoppedError());
  await run;
  expect(remembered.at(-1)).toEqual(["/b/1.mp3"]);
});

test("who asks is told how that ended, not the run that it joined", async () => {
  const { engine, controller } = makeController();
  const first = controller.analyze(["/a/1.mp3"], { force: false });
  const second = controller.analyze(["/a/2.mp3", "/b/3.mp3"], { force: false });
  engine.runs[1]?.end({ succeeded: 1 });
  engine.runs[2]?.end(new EngineStoppedError());
  expect(await second).toMatchObject({ summaries: [{ asked: 1 }], problem: null, isInterrupted: true });
  engine.runs[0]?.end(new Error("The disk is full."));
  expect(await first).toEqual({ summaries: [], problem: "The disk is full.", isInterrupted: false });
});

test("a signal cancels what was asked with it and nothing else", async () => {
  const { engine, controller } = makeController();
  const stop = new AbortController();
  const kept = controller.analyze(["/a/1.mp3"], { force: false });
  const cancelled = controller.analyze(["/a/2.mp3"], { force: false, signal: stop.signal });
  stop.abort();
  expect((await cancelled).summaries).toMatchObject([{ cancelled: 1 }]);
  engine.runs[0]?.end({ succeeded: 1 });
  expect((await kept).summaries).toMatchObject([{ succeeded: 1 }]);
  expect(controller.last).toMatchObject({
    isCancelled: false,
    sums: { asked: 2, succeeded: 1, cancelled: 1 },
  });
  const early = controller.analyze(["/a/3.mp3"], { force: false, signal: stop.signal });
  expect((await early).summaries).toMatchObject([{ cancelled: 1 }]);
});
