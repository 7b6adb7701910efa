/** The whole way of a file through the library: found, analysed in a real thread, on disk, told. */
import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { AnalysisManager } from "../../../src/library/AnalysisManager";
import { ParallelAnalyzer } from "../../../src/library/queue/ParallelAnalyzer";
import { SharedStore } from "../../../src/library/store/sharing/SharedStore";
import type { Analysis } from "../../../src/shared/analysis";
import type { RunProgress } from "../../../src/shared/engineProtocol";
import { makeFiles, makeFolder, startedIn } from "./fixtures/someFiles";
import { openStore } from "./fixtures/someStore";

const WORKER = join(import.meta.dirname, "fixtures", "worker.cjs");

async function makeManager(root: string): Promise<AnalysisManager> {
  const database = join(root, ".playlista", "library.sqlite");
  const store = await SharedStore.open({ database, root }, { user: "command line" });
  const analyzer = new ParallelAnalyzer({
    workerFile: WORKER,
    setup: { essentiaFile: "", appVersion: "9.9.9" },
    workers: 2,
  });
  onTestFinished(async () => {
    await analyzer.close();
    await store.close();
  });
  return new AnalysisManager({ store, analyzer });
}

test("each result of a folder is on disk before it is told, and again without work", async () => {
  const root = await makeFolder();
  await makeFiles(root, { "a.wav": "ok", "sub/b.wav": "fail", "sub/c.wav": "ok", "notes.txt": "throw" });
  const manager = await makeManager(root);
  const onDisk: Promise<unknown>[] = [];
  const isOnDisk = async ({ path, rhythm }: Analysis) => {
    const location = { database: join(root, ".playlista", "library.sqlite"), root };
    const other = await SharedStore.open(location, { user: "window" });
    expect((await other.get(path))?.rhythm?.tempo).toEqual(rhythm?.tempo);
    await other.close();
  };
  const summary = await manager.analyzeFiles([root], {
    onResult: (analysis) => onDisk.push(isOnDisk(analysis)),
  });
  await Promise.all(onDisk);
  expect(summary).toMatchObject({ asked: 3, succeeded: 2, failed: 1 });
  expect(onDisk).toHaveLength(3);
  const again = await (await makeManager(root)).analyzeFiles([root]);
  expect(again).toMatchObject({ asked: 3, unchanged: 2, failed: 1 });
  expect(await startedIn(root)).toEqual(["a.wav"]);
});

test("progress counts up to the total, and names what runs and who is waited for", async () => {
  const root = await makeFolder();
  await makeFiles(root, { "a.wav": "slow", "b.wav": "fail", "c.wav": "ok" });
  const manager = await makeManager(root);
  const release = await (await openStore(root)).lock();
  const told: Omit<RunProgress, "runId">[] = [];
  const summary = await manager.analyzeFiles([root], {
    onProgress: (progress) => {
      told.push(progress);
      if (progress.waitingFor) void release();
    },
  });
  expect(summary.asked).toBe(3);
  expect(told[0]).toMatchObject({ counted: false, total: 0 });
  expect(told.map(({ waitingFor }) => waitingFor)).toContain(`the command line (process ${process.pid})`);
  expect(told.some(({ active }) => active.includes(join(root, "a.wav")))).toBe(true);
  expect(told.at(-1)).toEqual({
    counted: true,
    total: 3,
    done: 3,
    failed: 1,
    active: [],
    waitingFor: null,
    isPaused: false,
  });
});

test("a run that is cancelled keeps what was done, and the next one does the rest", async () => {
  const root = await makeFolder();
  const [, second = ""] = await makeFiles(root, { "1.wav": "ok", "2.wav": "hang", "3.wav": "ok" });
  const manager = await makeManager(root);
  const cancel = new AbortController();
  const summary = await manager.analyzeFiles([root], {
    maxWorkers: 1,
    onProgress: ({ active }) => {
      if (active.includes(second)) cancel.abort();
    },
    signal: cancel.signal,
  });
  expect(summary).toMatchObject({ asked: 3, succeeded: 1, cancelled: 2 });
  await writeFile(second, "ok");
  expect(await manager.analyzeFiles([root])).toMatchObject({ asked: 3, unchanged: 1, succeeded: 2 });
});

test("a run that is cancelled while it waits for another process ends as cancelled", async () => {
  const root = await makeFolder();
  await makeFiles(root, { "1.wav": "ok" });
  const manager = await makeManager(root);
  const release = await (await openStore(root)).lock();
  const cancel = new AbortController();
  const summary = await manager.analyzeFiles([root], {
    onProgress: ({ waitingFor }) => {
      if (waitingFor) cancel.abort();
    },
    signal: cancel.signal,
  });
  expect(summary).toMatchObject({ asked: 1, cancelled: 1 });
  await release();
});

test("two runs at once on overlapping folders analyse each file once, and one ends without the other", async () => {
  const root = await makeFolder();
  await makeFiles(root, { "a/1.wav": "slow", "a/2.wav": "slow", "3.wav": "slow" });
  const manager = await makeManager(root);
  const [whole, part] = await Promise.all([
    manager.analyzeFiles([root]),
    manager.analyzeFiles([join(root, "a")]),
  ]);
  expect([whole.asked, part.asked]).toEqual([3, 2]);
  expect([whole.failed, part.failed]).toEqual([0, 0]);
  expect((await startedIn(join(root, "a"))).sort()).toEqual(["1.wav", "2.wav"]);
  expect(await manager.store.count()).toEqual({ analyzed: 3, failed: 0, imported: 0 });
});

test("a file that changes is analysed again, and the others are not", async () => {
  const root = await makeFolder();
  const [first = ""] = await makeFiles(root, { "1.wav": "ok", "2.wav": "ok" });
  const manager = await makeManager(root);
  await manager.analyzeFiles([root]);
  await appendFile(first, "\n");
  await manager.analyzeFiles([root]);
  expect((await startedIn(root)).sort()).toEqual(["1.wav", "1.wav", "2.wav"]);
});

test("nothing to analyse makes no database", async () => {
  const root = await makeFolder();
  await mkdir(join(root, "empty"));
  const manager = await makeManager(root);
  expect(await manager.analyzeFiles([join(root, "empty")])).toMatchObject({ asked: 0, cancelled: 0 });
  await expect(readFile(join(root, ".playlista"))).rejects.toMatchObject({ code: "ENOENT" });
});

test("forgetting a folder forgets its results and no file", async () => {
  const root = await makeFolder();
  const [one = ""] = await makeFiles(root, { "a/1.wav": "ok", "2.wav": "ok" });
  const manager = await makeManager(root);
  await manager.analyzeFiles([root]);
  expect(await manager.remove([join(root, "a")])).toEqual([one]);
  expect(await readFile(one, "utf8")).toBe("ok");
  const {
    results: [left],
  } = await (await makeManager(root)).store.page("", 1);
  expect(left?.path).toBe(join(root, "2.wav"));
});

test("a disk that refuses ends the run with a reason that can be shown", async () => {
  const root = await makeFolder();
  await makeFiles(root, { "1.wav": "ok" });
  const manager = await makeManager(root);
  await rm(join(root, ".playlista"), { recursive: true, force: true });
  await writeFile(join(root, ".playlista"), "in the way");
  await expect(manager.analyzeFiles([root])).rejects.toMatchObject({
    name: "StoreError",
    code: "cannotWrite",
  });
});

test("a run that had work to do is remembered with what came of it and its settings, another is not", async () => {
  const root = await makeFolder();
  await makeFiles(root, { "a.wav": "ok", "b.wav": "fail" });
  const manager = await makeManager(root);
  await manager.analyzeFiles([root], { executor: "sequential", timeoutSeconds: 20 });
  await manager.analyzeFiles([join(root, "a.wav")]);
  const runs = (await openStore(root)).database.exec(
    `SELECT asked, succeeded, failed, unchanged, cancelled, app, settings ->> 'executor',
      settings ->> 'timeoutSeconds', started_at <= ended_at FROM runs`,
  )[0]?.values;
  expect(runs).toEqual([[2, 1, 1, 0, 0, "9.9.9", "sequential", 20, 1]]);
});
