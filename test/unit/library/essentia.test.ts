/** The setting for essentia.js' own values, through the library and the real, built worker. */
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { AnalysisManager } from "../../../src/library/AnalysisManager";
import { ParallelAnalyzer } from "../../../src/library/queue/ParallelAnalyzer";
import { SharedStore } from "../../../src/library/store/sharing/SharedStore";
import type { Analysis } from "../../../src/shared/analysis";
import { currentVersions } from "../../../src/shared/measurements";
import { cadence } from "../../fixtures/sound/tones";
import { wavBytes } from "../../fixtures/sound/wavBytes";
import { bundle } from "./fixtures/bundle";
import { makeFolder } from "./fixtures/someFiles";

const ESSENTIA = createRequire(import.meta.url).resolve("essentia.js/dist/essentia-wasm.web.wasm");

test("essentia's values are measured once they are asked for, kept when not, and cost nothing else", async () => {
  const [root, built] = [await makeFolder(), await makeFolder()];
  const chords = cadence({ tonic: 9, mode: "minor", sampleRate: 44100 });
  await writeFile(join(root, "chords.wav"), wavBytes([chords.subarray(0, 6 * 44100)], 44100));
  const workerFile = await bundle(join(import.meta.dirname, "../../../src/worker/main.ts"), built);
  const setup = { essentiaFile: ESSENTIA, appVersion: "9.9.9" };
  const analyzer = new ParallelAnalyzer({ workerFile, setup });
  const database = join(root, ".playlista", "library.sqlite");
  const store = await SharedStore.open({ database, root }, { user: "command line" });
  onTestFinished(async () => {
    await analyzer.close();
    await store.close();
  });
  const analyze = async (essentia: boolean): Promise<Analysis> => {
    const results: Analysis[] = [];
    await new AnalysisManager({ store, analyzer }).analyzeFiles([root], {
      essentia,
      onResult: (analysis) => results.push(analysis),
    });
    const [analysis] = results;
    if (!analysis) throw new Error("there is no result");
    return analysis;
  };

  const without = await analyze(false);
  expect(without).toMatchObject({ state: "analyzed", essentia: null });
  expect(without.versions.measurements).toEqual(currentVersions());
  expect(Object.keys(without.missing).filter((path) => path.startsWith("essentia"))).toEqual([]);

  const withIt = await analyze(true);
  expect(withIt).toMatchObject({ state: "analyzed", essentia: { key: "A", mode: "minor" } });
  expect(withIt.essentia?.mfcc).toHaveLength(13);
  expect(withIt.versions.measurements).toEqual(currentVersions({ essentia: true }));
  expect(withIt.loudness).toEqual(without.loudness);

  const { essentia, timing } = withIt;
  expect(await analyze(true)).toMatchObject({ state: "unchanged", essentia, timing });
  expect(await analyze(false)).toMatchObject({ state: "unchanged", essentia, timing });
});
