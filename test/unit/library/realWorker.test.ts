/** The library over the real, built worker: true numbers, the same by whichever executor, and all of them kept. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import initSqlJs from "sql.js";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { AnalysisManager } from "../../../src/library/AnalysisManager";
import { ParallelAnalyzer } from "../../../src/library/queue/ParallelAnalyzer";
import { SharedStore } from "../../../src/library/store/sharing/SharedStore";
import type { Analysis } from "../../../src/shared/analysis";
import type { ExecutorKind } from "../../../src/shared/engineProtocol";
import type { WorkerSetup } from "../../../src/shared/job";
import { decodeView } from "../../../src/shared/viewFile";
import { storedCells } from "../../fixtures/storedCells";
import { clickTrack } from "../../fixtures/sound/clicks";
import { sine } from "../../fixtures/sound/tones";
import { wavBytes } from "../../fixtures/sound/wavBytes";
import { bundle } from "./fixtures/bundle";
import { makeFolder, makeSharedFolder } from "./fixtures/someFiles";

const require = createRequire(import.meta.url);
const SAMPLE_RATE = 22050;
const ESSENTIA = require.resolve("essentia.js/dist/essentia-wasm.web.wasm");
let workerFile = "";
let childFile = "";
let setup: WorkerSetup;

beforeAll(async () => {
  const folder = await makeSharedFolder();
  workerFile = await bundle(join(import.meta.dirname, "../../../src/worker/main.ts"), folder);
  childFile = join(folder, "child.js");
  setup = { essentiaFile: ESSENTIA, appVersion: "9.9.9" };
});

/** Clicks at 120 BPM, a tone with its peak at −6.02 dBFS, a text in disguise, and nothing at all. */
async function makeMusic(root: string): Promise<void> {
  await mkdir(join(root, "sub"));
  const clicks = clickTrack({ tempo: 120, seconds: 12, sampleRate: SAMPLE_RATE });
  const tone = sine({ seconds: 5, sampleRate: SAMPLE_RATE, frequency: 1000, amplitude: 0.5 });
  await writeFile(join(root, "clicks.wav"), wavBytes([clicks], SAMPLE_RATE));
  await writeFile(join(root, "sub", "tone é 音.wav"), wavBytes([tone, tone], SAMPLE_RATE));
  await writeFile(join(root, "text.mp3"), "This is no music.");
  await writeFile(join(root, "empty.flac"), "");
}

async function analyse(root: string, executor: ExecutorKind): Promise<Map<string, Analysis>> {
  const database = join(root, ".playlista", "library.sqlite");
  const store = await SharedStore.open({ database, root }, { user: "command line" });
  const analyzer = new ParallelAnalyzer({ workerFile, childFile, setup });
  onTestFinished(async () => {
    await analyzer.close();
    await store.close();
  });
  const results = new Map<string, Analysis>();
  const summary = await new AnalysisManager({ store, analyzer }).analyzeFiles([root], {
    executor,
    forceReextract: true,
    onResult: (analysis) => results.set(analysis.path.slice(root.length + 1), analysis),
  });
  expect(summary).toMatchObject({ asked: 4, succeeded: 2, failed: 2, fellBack: false });
  return results;
}

/** All that an executor gave, as text and bytes. Times differ, and so does the number of failures. */
async function givenBy(executor: ExecutorKind, root: string): Promise<unknown[]> {
  const results = await analyse(root, executor);
  return Promise.all(
    [...results].sort().map(async ([name, analysis]) => {
      const text = JSON.stringify({ ...analysis, timing: null, error: analysis.error?.code });
      return [name, text, analysis.error ? null : await waveformOf(root, analysis)];
    }),
  );
}

function waveformOf(root: string, { file }: Analysis): Promise<Buffer> {
  return readFile(join(root, ".playlista", "views", `${file?.sha256 ?? ""}.bin`));
}

test("threads, processes and this process give the same, byte for byte", { timeout: 120_000 }, async () => {
  const root = await makeFolder();
  await makeMusic(root);
  const threads = await givenBy("threads", root);
  expect(threads).toHaveLength(4);
  expect(await givenBy("processes", root)).toEqual(threads);
  expect(await givenBy("sequential", root)).toEqual(threads);
});

test("the numbers are true, and failures have their reason", async () => {
  const root = await makeFolder();
  await makeMusic(root);
  const results = await analyse(root, "threads");
  expect(results.get("clicks.wav")?.rhythm?.tempo).toBeCloseTo(120, 0);
  const tone = results.get("sub/tone é 音.wav");
  expect(tone?.loudness?.samplePeak).toBeCloseTo(-6.02, 2);
  expect(tone?.format).toMatchObject({ channels: 2, sampleRate: SAMPLE_RATE, samples: 5 * SAMPLE_RATE });
  expect(results.get("text.mp3")?.error?.code).toBe("notAudio");
  expect(results.get("empty.flac")?.error?.code).toBe("empty");
});

test("every value of a run is in its column of the database file, and the waveform beside it", async () => {
  const root = await makeFolder();
  await makeMusic(root);
  const results = await analyse(root, "threads");
  const { Database } = await initSqlJs();
  const database = new Database(await readFile(join(root, ".playlista", "library.sqlite")));
  for (const [path, analysis] of results) {
    const statement = database.prepare("SELECT * FROM tracks WHERE path = ?", [path]);
    expect(statement.step()).toBe(true);
    const row = statement.getAsObject();
    statement.free();
    expect(row).toMatchObject(storedCells(analysis));
    expect(row).toMatchObject({
      state: analysis.state,
      error_code: analysis.error?.code ?? null,
      format_duration: analysis.format?.duration ?? null,
      file_sha256: analysis.file?.sha256 ?? null,
    });
  }
  database.close();
  const tone = results.get("sub/tone é 音.wav");
  if (!tone) throw new Error("the tone has no result");
  expect(decodeView(await waveformOf(root, tone))?.waveform).toMatchObject({
    samples: 5 * SAMPLE_RATE,
    sampleRate: SAMPLE_RATE,
  });
});
