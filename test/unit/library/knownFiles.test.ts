/** Files that are somewhere else than they were, or gone: what becomes of their results, by the real worker and store. */
import { copyFile, mkdir, rename, rm, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { AnalysisManager } from "../../../src/library/AnalysisManager";
import { ParallelAnalyzer } from "../../../src/library/queue/ParallelAnalyzer";
import { SharedStore } from "../../../src/library/store/sharing/SharedStore";
import { TrackStore } from "../../../src/library/store/TrackStore";
import type { Analysis } from "../../../src/shared/analysis";
import { sine } from "../../fixtures/sound/tones";
import { wavBytes } from "../../fixtures/sound/wavBytes";
import { bundle } from "./fixtures/bundle";
import { makeFolder, makeSharedFolder } from "./fixtures/someFiles";

const SAMPLE_RATE = 8000;
const essentiaFile = createRequire(import.meta.url).resolve("essentia.js/dist/essentia-wasm.web.wasm");
let workerFile = "";

beforeAll(async () => {
  workerFile = await bundle(
    join(import.meta.dirname, "../../../src/worker/main.ts"),
    await makeSharedFolder(),
  );
});

function tone(frequency: number, seconds = 0.5): Uint8Array {
  return wavBytes([sine({ seconds, sampleRate: SAMPLE_RATE, frequency, amplitude: 0.5 })], SAMPLE_RATE);
}

interface Row {
  id: number;
  path: string;
  isMissing: boolean;
  centroid: number;
  modified: number;
}

/** A folder with two tones of one length, and a library that has analysed them. */
async function aLibrary() {
  const root = await makeFolder();
  await writeFile(join(root, "a.wav"), tone(440));
  await writeFile(join(root, "b.wav"), tone(1000));
  const location = { database: join(root, ".playlista", "library.sqlite"), root };
  const store = await SharedStore.open(location, { user: "command line" });
  const analyzer = new ParallelAnalyzer({
    workerFile,
    workers: 1,
    setup: { essentiaFile, appVersion: "9.9.9" },
  });
  onTestFinished(async () => {
    await analyzer.close();
    await store.close();
  });
  const manager = new AnalysisManager({ store, analyzer });
  const run = async (paths = [root]) => {
    const results: Analysis[] = [];
    const { succeeded, unchanged, failed } = await manager.analyzeFiles(paths, {
      onResult: (analysis) => results.push(analysis),
    });
    return { counts: { succeeded, unchanged, failed }, results };
  };
  const rows = async (): Promise<Row[]> => {
    const reader = await TrackStore.open(location, { user: "command line" });
    const sql = `SELECT id, path, missing_since IS NOT NULL, spectral_centroid_mean, file_modified
      FROM tracks ORDER BY path`;
    const [found] = reader.database.exec(sql);
    reader.close();
    return (found?.values ?? []).map(([id, path, isMissing, centroid, modified]) => ({
      ...{ id: Number(id), path: String(path), isMissing: isMissing === 1 },
      ...{ centroid: Number(centroid), modified: Number(modified) },
    }));
  };
  expect((await run()).counts).toEqual({ succeeded: 2, unchanged: 0, failed: 0 });
  return { root, run, rows, before: await rows() };
}

test("a file that is renamed and moved keeps its result and its place in the library", async () => {
  const { root, run, rows, before } = await aLibrary();
  await mkdir(join(root, "sub"));
  await rename(join(root, "a.wav"), join(root, "sub", "c.wav"));
  const { counts, results } = await run();
  expect(counts).toEqual({ succeeded: 0, unchanged: 2, failed: 0 });
  expect(results.find(({ path }) => path.endsWith("c.wav"))).toMatchObject({ state: "unchanged" });
  const [a, b] = before;
  expect(await rows()).toEqual([b, { ...a, path: "sub/c.wav" }]);
});

test("a copy is a file of its own, and is analysed", async () => {
  const { root, run, rows, before } = await aLibrary();
  await copyFile(join(root, "a.wav"), join(root, "c.wav"));
  expect((await run()).counts).toEqual({ succeeded: 1, unchanged: 2, failed: 0 });
  const [a, b] = before;
  const [first, second, copy] = await rows();
  expect([first, second]).toEqual([a, b]);
  expect(copy).toMatchObject({ path: "c.wav", centroid: a?.centroid, isMissing: false });
  expect([a?.id, b?.id]).not.toContain(copy?.id);
});

test("a file that becomes a copy of another is analysed, and keeps its own row", async () => {
  const { root, run, rows, before } = await aLibrary();
  await copyFile(join(root, "a.wav"), join(root, "b.wav"));
  await utimes(join(root, "b.wav"), 1000, 1000);
  expect((await run()).counts).toEqual({ succeeded: 1, unchanged: 1, failed: 0 });
  const [a, b] = await rows();
  expect(b).toMatchObject({ id: before[1]?.id, path: "b.wav", centroid: a?.centroid });
});

test("a file whose time of change alone is another is not analysed again, and its time is kept", async () => {
  const { root, run, rows, before } = await aLibrary();
  await utimes(join(root, "a.wav"), 1000, 1000);
  expect((await run()).counts).toEqual({ succeeded: 0, unchanged: 2, failed: 0 });
  const [a, b] = before;
  expect(await rows()).toEqual([{ ...a, modified: 1_000_000 }, b]);
});

test("a file with other content of the same length is analysed again", async () => {
  const { root, run, rows, before } = await aLibrary();
  await writeFile(join(root, "a.wav"), tone(2000));
  await utimes(join(root, "a.wav"), 1000, 1000);
  expect((await run()).counts).toEqual({ succeeded: 1, unchanged: 1, failed: 0 });
  const [a] = await rows();
  expect(a?.id).toBe(before[0]?.id);
  expect(a?.centroid).not.toBe(before[0]?.centroid);
});

test("a file that is moved while another takes its name takes its row along", async () => {
  const { root, run, rows, before } = await aLibrary();
  await rename(join(root, "b.wav"), join(root, "0.wav"));
  await writeFile(join(root, "b.wav"), tone(3000, 1));
  expect((await run()).counts).toEqual({ succeeded: 1, unchanged: 2, failed: 0 });
  const [moved, , another] = await rows();
  expect(moved).toEqual({ ...before[1], path: "0.wav" });
  expect(another).toMatchObject({ path: "b.wav" });
  expect(another?.id).not.toBe(before[1]?.id);
});

test("a file that is gone keeps its result and is marked, until it is back", async () => {
  const { root, run, rows, before } = await aLibrary();
  const [a, b] = before;
  const { mtime } = await stat(join(root, "a.wav"));
  await unlink(join(root, "a.wav"));
  expect((await run()).counts).toEqual({ succeeded: 0, unchanged: 1, failed: 0 });
  expect(await rows()).toEqual([{ ...a, isMissing: true }, b]);
  await writeFile(join(root, "a.wav"), tone(440));
  await utimes(join(root, "a.wav"), mtime, mtime);
  expect((await run()).counts).toEqual({ succeeded: 0, unchanged: 2, failed: 0 });
  expect((await rows()).map(({ isMissing }) => isMissing)).toEqual([false, false]);
});

test("a file that is asked for by name and gone is told as not found and keeps its result", async () => {
  const { root, run, rows, before } = await aLibrary();
  await unlink(join(root, "a.wav"));
  const { counts, results } = await run([join(root, "a.wav")]);
  expect(counts).toEqual({ succeeded: 0, unchanged: 0, failed: 1 });
  expect(results[0]?.error?.code).toBe("notFound");
  expect(await rows()).toEqual([{ ...before[0], isMissing: true }, before[1]]);
});

test("where a whole folder is gone all files below it are marked, and no other", async () => {
  const { root, run, rows } = await aLibrary();
  await mkdir(join(root, "sub"));
  await rename(join(root, "a.wav"), join(root, "sub", "a.wav"));
  await run();
  await rm(join(root, "sub"), { recursive: true });
  await run([join(root, "sub")]);
  expect((await rows()).map(({ path, isMissing }) => [path, isMissing])).toEqual([
    ["b.wav", false],
    ["sub/a.wav", true],
  ]);
});
