/** What a worker of the built program loads: its own code at its start, and packages only with a file that needs them. */
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import type { WorkerModule } from "../../src/shared/job";
import { DEFAULT_LIMITS } from "../../src/shared/limits";
import { examplePath, fixturePath } from "../fixtures/paths";

const require = createRequire(import.meta.url);
const DIST = resolve("dist");

/** Names of the packages that have been loaded. */
function loaded(): string[] {
  const files = Object.keys(require.cache).filter((file) => dirname(file) === join(DIST, "packages"));
  return files.map((file) => basename(file, ".js")).sort();
}

test("a worker starts without decoders, and loads one with the first file that needs it", async () => {
  const worker = require(join(DIST, "analyzer.js")) as WorkerModule;
  worker.configure({ essentiaFile: join(DIST, "essentia.wasm"), appVersion: "9.9.9" });
  expect(loaded()).toEqual([]);
  const analyze = async (path: string) => {
    const { analysis } = await worker.default({ path, limits: DEFAULT_LIMITS, essentia: false });
    expect(analysis.error).toBeUndefined();
  };
  await analyze(examplePath("Folk/Greensleeves.flac"));
  expect(loaded()).toEqual(["music-metadata", "wasm-audio-decoders-flac"]);
  await analyze(fixturePath("piece.wv"));
  expect(loaded()).toContain("audio-decode-wavpack");
  expect(loaded()).not.toContain("essentia-js");
});
