/** Whatever the files do, each is answered for exactly once, in real threads, real processes and this process. */
import { appendFile, unlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ParallelAnalyzer, type AnalyzerOptions } from "../../../../src/library/queue/ParallelAnalyzer";
import { RunControl } from "../../../../src/library/queue/RunControl";
import type { Analysis } from "../../../../src/shared/analysis";
import type { RunSummary } from "../../../../src/shared/engineProtocol";
import type { AnalysisAnswer } from "../../../../src/shared/job";
import type { LogLine } from "../../../../src/shared/log";
import { bundleChild } from "../fixtures/bundle";
import { analyzed } from "../fixtures/someAnalysis";
import { makeFiles, makeFolder, makeSharedFolder, startedIn } from "../fixtures/someFiles";

const FIXTURES = join(import.meta.dirname, "..", "fixtures");
const lines: LogLine[] = [];
let childFile = "";

beforeAll(async () => {
  childFile = await bundleChild(await makeSharedFolder());
});

function makeAnalyzer(options: AnalyzerOptions = {}): ParallelAnalyzer {
  lines.length = 0;
  const analyzer = new ParallelAnalyzer({
    workerFile: join(FIXTURES, "worker.cjs"),
    childFile,
    setup: { essentiaFile: "", appVersion: "9.9.9" },
    workers: 2,
    log: (level, scope, message) => lines.push({ level, scope, message }),
    ...options,
  });
  onTestFinished(() => analyzer.close());
  return analyzer;
}

/** Keeps results as the store does, in memory. */
class Results {
  readonly kept = new Map<string, Analysis>();
  get(path: string): Promise<Analysis | null> {
    return Promise.resolve(this.kept.get(path) ?? null);
  }
  put({ analysis }: AnalysisAnswer): Promise<Analysis> {
    const attempts = (this.kept.get(analysis.path)?.error?.attempts ?? 0) + 1;
    const counted = analysis.error ? { ...analysis, error: { ...analysis.error, attempts } } : analysis;
    this.kept.set(analysis.path, counted);
    return Promise.resolve(counted);
  }
}

describe.each(["threads", "processes", "sequential"] as const)("by %s", (executor) => {
  test("good and bad files are each answered once, and the sums add up", async () => {
    const folder = await makeFolder();
    const files = await makeFiles(folder, {
      "1.wav": "ok",
      "2.wav": "fail",
      "3.wav": "throw",
      "4.wav": "ok",
    });
    const results: Analysis[] = [];
    const summary = await makeAnalyzer({ executor }).processFiles([...files, join(folder, "gone.wav")], {
      onResult: (analysis) => results.push(analysis),
    });
    expect(summary).toMatchObject({
      asked: 5,
      succeeded: 2,
      failed: 3,
      unchanged: 0,
      cancelled: 0,
      fellBack: false,
    });
    expect(summary.workers).toBe(executor === "sequential" ? 1 : 2);
    const codes = Object.fromEntries(results.map(({ path, error }) => [path.slice(-5), error?.code]));
    expect(codes).toEqual({
      "1.wav": undefined,
      "2.wav": "corrupt",
      "3.wav": "crashedAnalyzer",
      "4.wav": undefined,
      "e.wav": "notFound",
    });
    expect(results.find(({ path }) => path === summary.firstFailure?.path)?.error?.code).toBe(
      summary.firstFailure?.code,
    );
  });

  test("a file that takes too long is stopped, and the next ones are analysed", async () => {
    const folder = await makeFolder();
    const files = await makeFiles(folder, { "1.wav": "hang", "2.wav": "ok", "3.wav": "ok" });
    const results = new Results();
    const summary = await makeAnalyzer({ executor, workers: 1, timeoutSeconds: 0.4 }).processFiles(files, {
      store: results,
    });
    expect(summary).toMatchObject({ succeeded: 2, failed: 1 });
    expect(results.kept.get(files[0] ?? "")?.error?.code).toBe("timeout");
    expect(await startedIn(folder)).toEqual(["1.wav", "2.wav", "3.wav"]);
  });

  test("a cancel stops what runs, keeps what is done and counts the rest", async () => {
    const folder = await makeFolder();
    const files = await makeFiles(folder, { "1.wav": "ok", "2.wav": "hang", "3.wav": "ok", "4.wav": "ok" });
    const cancel = new AbortController();
    const summary = await makeAnalyzer({ executor, workers: 1 }).processFiles(files, {
      onStart: (path) => {
        if (path === files[1])
          setTimeout(() => {
            cancel.abort();
          }, 50);
      },
      signal: cancel.signal,
    });
    expect(summary).toMatchObject({ asked: 4, succeeded: 1, failed: 0, cancelled: 3 });
    expect(await startedIn(folder)).toEqual(["1.wav", "2.wav"]);
  });
});

describe.each(["threads", "processes"] as const)("by %s", (executor) => {
  test("each worker says when it is ready, and each file has one line", async () => {
    const files = await makeFiles(await makeFolder(), { "1.wav": "ok", "2.wav": "fail" });
    await makeAnalyzer({ executor, workers: 1 }).processFiles(files);
    expect(lines.filter(({ level }) => level === "debug").map(({ message }) => message)).toEqual([
      expect.stringMatching(/^worker \d+ ready in \d+ ms, no model$/),
    ]);
    expect(lines.filter(({ message }) => files.some((file) => message.includes(file)))).toHaveLength(2);
  });

  test("the log says of a run how it began and how it ended", async () => {
    const files = await makeFiles(await makeFolder(), { "1.wav": "ok", "2.wav": "fail", "3.wav": "ok" });
    await makeAnalyzer({ executor }).processFiles(files);
    const infos = lines.filter(({ level }) => level === "info").map(({ message }) => message);
    expect(infos[0]).toBe(`run started: 3 files, 2 workers, ${executor}`);
    expect(infos.at(-1)).toMatch(/^run ended: 2 analyzed, 1 failed, 0 unchanged, 0 cancelled in \d+\.\d s$/);
  });

  test("a single file is analysed beside a large run, not after it", async () => {
    const files = await makeFiles(await makeFolder(), {
      "1.wav": "hang",
      "2.wav": "hang",
      ...Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`slow ${i}.wav`, "slow"])),
    });
    const [one = ""] = await makeFiles(await makeFolder(), { "one.wav": "slow" });
    const analyzer = makeAnalyzer({ executor, workers: 3 });
    const cancel = new AbortController();
    let single: Promise<RunSummary> | undefined;
    const large = analyzer.processFiles(files, {
      onResult: () => {
        // Ends while the two that hang go on.
        single ??= analyzer.processFiles([one]).finally(() => {
          cancel.abort();
        });
      },
      signal: cancel.signal,
    });
    expect((await large).cancelled).toBeGreaterThanOrEqual(2);
    expect(await single).toMatchObject({ succeeded: 1 });
  });

  test("a file that kills its worker once is analysed at the second try", async () => {
    const folder = await makeFolder();
    const files = await makeFiles(folder, { "1.wav": "exitOnce", "2.wav": "ok", "3.wav": "ok" });
    const summary = await makeAnalyzer({ executor }).processFiles(files);
    expect(summary).toMatchObject({ succeeded: 3, failed: 0, fellBack: false });
    expect((await startedIn(folder)).sort()).toEqual(["1.wav", "1.wav", "2.wav", "3.wav"]);
  });

  test("files that kill their worker twice fail, and take no other file with them", async () => {
    const folder = await makeFolder();
    const files = await makeFiles(folder, {
      "1.wav": "exit",
      "2.wav": "exit",
      "3.wav": "exit",
      "4.wav": "ok",
      "5.wav": "ok",
    });
    const codes: unknown[] = [];
    const summary = await makeAnalyzer({ executor }).processFiles(files, {
      onResult: ({ error }) => codes.push(error?.code),
    });
    expect(summary).toMatchObject({ succeeded: 2, failed: 3, fellBack: false });
    expect(codes.filter((code) => code === "crashedAnalyzer")).toHaveLength(3);
    const starts = await startedIn(folder);
    expect(starts.filter((name) => name === "1.wav")).toHaveLength(2);
    expect(starts.filter((name) => name === "4.wav")).toHaveLength(1);
  });

  test("a file that never lets go of its worker is stopped by its time limit, and its worker replaced", async () => {
    const files = await makeFiles(await makeFolder(), { "1.wav": "spin", "2.wav": "ok" });
    const summary = await makeAnalyzer({ executor, workers: 1, timeoutSeconds: 2 }).processFiles(files);
    expect(summary).toMatchObject({ succeeded: 1, failed: 1, firstFailure: { code: "timeout" } });
  });

  test("the start of a worker does not count as the file's time", async () => {
    const files = await makeFiles(await makeFolder(), { "1.wav": "ok", "2.wav": "hang" });
    const analyzer = makeAnalyzer({
      ...{ executor, workers: 1, timeoutSeconds: 1 },
      workerFile: join(FIXTURES, "slowStart.cjs"),
    });
    const summary = await analyzer.processFiles(files);
    expect(summary).toMatchObject({ succeeded: 1, failed: 1, firstFailure: { code: "timeout" } });
  });

  test("a file that needs more memory than a worker has fails as such", async () => {
    const files = await makeFiles(await makeFolder(), { "1.wav": "fill", "2.wav": "ok" });
    const summary = await makeAnalyzer({ workerHeapMB: 32 }).processFiles(files);
    expect(summary).toMatchObject({ succeeded: 1, failed: 1 });
    expect(summary.firstFailure?.code).toBe("outOfMemory");
  });

  test("no more files run at once than workers were asked for, and never more workers than files", async () => {
    const files = await makeFiles(
      await makeFolder(),
      Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`${i}.wav`, "slow"])),
    );
    let [running, most] = [0, 0];
    const options = {
      onStart: () => {
        most = Math.max(most, ++running);
      },
      onResult: () => {
        running--;
      },
    };
    const analyzer = makeAnalyzer({ executor });
    expect((await analyzer.processFiles(files, { maxWorkers: 3, ...options })).workers).toBe(3);
    expect(most).toBe(3);
    expect((await analyzer.processFiles(files.slice(0, 2), { maxWorkers: 3 })).workers).toBe(2);
  });
});

describe.each(["threads", "processes", "sequential"] as const)("by %s", (executor) => {
  test("a paused run lets what is under way end, begins nothing, and goes on when it is resumed", async () => {
    const folder = await makeFolder();
    const files = await makeFiles(folder, { "1.wav": "slow", "2.wav": "ok", "3.wav": "ok" });
    const control = new RunControl();
    const ended: string[] = [];
    const run = makeAnalyzer({ executor, workers: 1 }).processFiles(files, {
      control,
      onStart: (path) => {
        if (path === files[0]) control.pause();
      },
      onResult: ({ path }) => ended.push(path),
    });
    while (ended.length < 1) await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await startedIn(folder)).toEqual(["1.wav"]);
    control.resume();
    expect(await run).toMatchObject({ succeeded: 3, cancelled: 0 });
  });

  test("one file is cancelled under way, another before its turn, and all others are analysed", async () => {
    const folder = await makeFolder();
    const names = { "1.wav": "hang", "2.wav": "ok", "3.wav": "ok", "4.wav": "ok" };
    const [hanging = "", second = "", third = "", fourth = ""] = await makeFiles(folder, names);
    const control = new RunControl();
    const [told, cancelled]: [string[], string[]] = [[], []];
    const summary = await makeAnalyzer({ executor, workers: 1 }).processFiles(
      [hanging, second, third, fourth],
      {
        control,
        onStart: (path) => {
          if (path !== hanging) return;
          control.cancelFile(third);
          setTimeout(() => {
            control.cancelFile(hanging);
          }, 50);
        },
        onResult: ({ path }) => told.push(path),
        onCancelled: (path) => cancelled.push(path),
      },
    );
    expect(summary).toMatchObject({ asked: 4, succeeded: 2, failed: 0, cancelled: 2 });
    expect([told, cancelled]).toEqual([
      [second, fourth],
      [hanging, third],
    ]);
    expect(await startedIn(folder)).not.toContain("3.wav");
  });
});

test("a paused run can be cancelled", async () => {
  const files = await makeFiles(await makeFolder(), { "1.wav": "ok", "2.wav": "ok" });
  const [control, cancel] = [new RunControl(), new AbortController()];
  control.pause();
  const run = makeAnalyzer().processFiles(files, { control, signal: cancel.signal });
  setTimeout(() => {
    cancel.abort();
  }, 50);
  expect(await run).toMatchObject({ asked: 2, cancelled: 2 });
});

test("what the user asked for last is analysed before the rest of a run that is going on", async () => {
  const names = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`${i}.wav`, "slow"]));
  const files = await makeFiles(await makeFolder(), names);
  const [clicked = ""] = await makeFiles(await makeFolder(), { "clicked.wav": "ok" });
  const analyzer = makeAnalyzer({ workers: 1 });
  const ended: string[] = [];
  const onResult = ({ path }: Analysis): void => {
    ended.push(path);
  };
  let click: Promise<unknown> | undefined;
  await analyzer.processFiles(files, {
    onStart: () => {
      click ??= analyzer.processFiles([clicked], { onResult });
    },
    onResult,
  });
  await click;
  // The one that was under way, then the click.
  expect(ended.indexOf(clicked)).toBe(1);
});

test.each(["noThreads", "exitingThreads"])(
  "where threads do not start (%s) every file is analysed once in this process, and it is said once",
  async (worker) => {
    const folder = await makeFolder();
    const files = await makeFiles(
      folder,
      Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`${i}.wav`, i === 3 ? "fail" : "ok"])),
    );
    const analyzer = makeAnalyzer({ workerFile: join(FIXTURES, `${worker}.cjs`), workers: 3 });
    const summary = await analyzer.processFiles(files);
    expect(summary).toMatchObject({ asked: 7, succeeded: 6, failed: 1, fellBack: true });
    expect((await startedIn(folder)).sort()).toEqual(files.map((file) => file.slice(-5)));
    expect(lines.filter(({ level }) => level === "warn")).toHaveLength(1);
  },
);

test("useThreading chooses threads or processes against the setting", async () => {
  const files = await makeFiles(await makeFolder(), { "1.wav": "ok" });
  const started = () => lines.find(({ message }) => message.startsWith("run started"))?.message;
  await makeAnalyzer({ executor: "threads" }).processFiles(files, { useThreading: false });
  expect(started()).toMatch(/processes$/);
  await makeAnalyzer({ executor: "sequential" }).processFiles(files, { useThreading: true });
  expect(started()).toMatch(/threads$/);
  await makeAnalyzer({ executor: "threads" }).processFiles(files, { executor: "sequential" });
  expect(started()).toMatch(/sequential$/);
});

test("where processes do not start every file is analysed once in this process, and it is said once", async () => {
  const folder = await makeFolder();
  const files = await makeFiles(folder, { "1.wav": "ok", "2.wav": "throw", "3.wav": "ok" });
  const analyzer = makeAnalyzer({ executor: "processes", childFile: join(folder, "none.js"), workers: 3 });
  const summary = await analyzer.processFiles(files);
  expect(summary).toMatchObject({ asked: 3, succeeded: 2, failed: 1, fellBack: true });
  expect((await startedIn(folder)).sort()).toEqual(["1.wav", "2.wav", "2.wav", "3.wav"]);
  const fallbacks = lines.filter(({ message }) => message.includes("one by one"));
  expect(fallbacks.map(({ level, message }) => [level, message])).toEqual([
    ["warn", "processes could not be started (its process ended with code 1); files are analysed one by one"],
  ]);
});

test("a sequential run goes on beside one in threads, not after it", async () => {
  const files = await makeFiles(
    await makeFolder(),
    Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`${i}.wav`, "slow"])),
  );
  const others = await makeFiles(await makeFolder(), { "a.wav": "slow", "b.wav": "slow" });
  const analyzer = makeAnalyzer();
  const ended: string[] = [];
  await Promise.all([
    analyzer.processFiles(files, { useThreading: true }).then(() => ended.push("threads")),
    analyzer.processFiles(others, { executor: "sequential" }).then(() => ended.push("sequential")),
  ]);
  expect(ended).toEqual(["sequential", "threads"]);
});

test("no files give the same summary with nothing in it", async () => {
  const summary = await makeAnalyzer().processFiles([]);
  expect(summary).toEqual({
    asked: 0,
    succeeded: 0,
    failed: 0,
    unchanged: 0,
    cancelled: 0,
    workers: 0,
    totalMs: expect.any(Number) as number,
    firstFailure: null,
    fellBack: false,
  });
});

test("a path that is named twice counts once", async () => {
  const folder = await makeFolder();
  const [file = ""] = await makeFiles(folder, { "1.wav": "ok" });
  const summary = await makeAnalyzer().processFiles([file, `${folder}/./1.wav`]);
  expect(summary).toMatchObject({ asked: 1, succeeded: 1 });
});

describe("with a store", () => {
  test("an unchanged file comes back with its stored values, a changed or outdated one is analysed", async () => {
    const folder = await makeFolder();
    const files = await makeFiles(folder, {
      "same.wav": "ok",
      "grown.wav": "ok",
      "touched.wav": "ok",
      "old.wav": "ok",
    });
    const [same = "", grown = "", touched = "", old = ""] = files;
    const [analyzer, store] = [makeAnalyzer(), new Results()];
    await analyzer.processFiles(files, { store });
    await appendFile(grown, " ");
    await utimes(touched, 1, 1);
    const before = store.kept.get(old) ?? analyzed(old);
    store.kept.set(old, {
      ...before,
      versions: { ...before.versions, measurements: { loudness: 1, tempo: 1 } },
    });
    const results: Analysis[] = [];
    const summary = await analyzer.processFiles(files, {
      store,
      onResult: (analysis) => results.push(analysis),
    });
    expect(summary).toMatchObject({ succeeded: 3, unchanged: 1 });
    const kept = store.kept.get(same) ?? analyzed(same);
    expect(results.find(({ path }) => path === same)).toEqual({ ...kept, state: "unchanged" });
    expect(await analyzer.processFiles(files, { store, forceReextract: true })).toMatchObject({
      succeeded: 4,
    });
  });

  test("an unchanged failure is tried three times more, then reported until it is forced or changed", async () => {
    const folder = await makeFolder();
    const files = await makeFiles(folder, { "1.wav": "fail" });
    const [analyzer, store] = [makeAnalyzer(), new Results()];
    for (let run = 1; run <= 6; run++) {
      expect((await analyzer.processFiles(files, { store })).failed).toBe(1);
    }
    expect(await startedIn(folder)).toHaveLength(4);
    await analyzer.processFiles(files, { store, forceReextract: true });
    expect(await startedIn(folder)).toHaveLength(5);
    await appendFile(files[0] ?? "", "\n");
    await analyzer.processFiles(files, { store });
    expect(await startedIn(folder)).toHaveLength(6);
  });

  test("a file that is gone is told as such, and what is known of it stays known", async () => {
    const folder = await makeFolder();
    const files = await makeFiles(folder, { "1.wav": "ok" });
    const [analyzer, store] = [makeAnalyzer(), new Results()];
    await analyzer.processFiles(files, { store });
    await unlink(files[0] ?? "");
    const summary = await analyzer.processFiles([...files, join(folder, "never.wav")], { store });
    expect(summary).toMatchObject({ failed: 2, firstFailure: { code: "notFound" } });
    expect([...store.kept.values()].map(({ path, error }) => [path, error?.code])).toEqual([
      [files[0], undefined],
    ]);
  });

  test("a result that the store can't take fails that file and no other", async () => {
    const files = await makeFiles(await makeFolder(), { "1.wav": "ok", "2.wav": "ok", "3.wav": "ok" });
    const store = new Results();
    const put = store.put.bind(store);
    store.put = (answer) => {
      const isRefused = answer.analysis.path === files[1] && answer.analysis.state === "analyzed";
      return isRefused ? Promise.reject(new TypeError("no such type")) : put(answer);
    };
    expect(await makeAnalyzer().processFiles(files, { store })).toMatchObject({ succeeded: 2, failed: 1 });
    expect(store.kept.get(files[1] ?? "")?.error).toMatchObject({
      code: "crashedAnalyzer",
      message: expect.stringContaining("no such type") as string,
    });
  });

  test("two runs that ask for the same file at once have it analysed once", async () => {
    const folder = await makeFolder();
    const files = await makeFiles(folder, { "1.wav": "slow", "2.wav": "slow", "3.wav": "slow" });
    const [analyzer, store] = [makeAnalyzer(), new Results()];
    const freshSince = new Date().toISOString();
    const [first, second] = await Promise.all([
      analyzer.processFiles(files, { store, forceReextract: true, freshSince }),
      analyzer.processFiles([...files].reverse(), { store }),
    ]);
    expect((await startedIn(folder)).sort()).toEqual(["1.wav", "2.wav", "3.wav"]);
    expect(first.succeeded + first.unchanged).toBe(3);
    expect(second.succeeded + second.unchanged).toBe(3);
  });

  test("a forced run that meets a file under way in an unforced one has it analysed all the same", async () => {
    const folder = await makeFolder();
    const files = await makeFiles(folder, { "1.wav": "ok" });
    const [analyzer, store] = [makeAnalyzer(), new Results()];
    await analyzer.processFiles(files, { store });
    const [, forced] = await Promise.all([
      analyzer.processFiles(files, { store }),
      analyzer.processFiles(files, { store, forceReextract: true }),
    ]);
    expect(forced).toMatchObject({ succeeded: 1, unchanged: 0 });
  });

  test("a result that cannot be kept ends the run with the reason", async () => {
    const files = await makeFiles(await makeFolder(), { "1.wav": "ok", "2.wav": "hang" });
    const store = { get: () => Promise.resolve(null), put: () => Promise.reject(new Error("disk full")) };
    await expect(makeAnalyzer().processFiles(files, { store })).rejects.toThrow("disk full");
  });
});
