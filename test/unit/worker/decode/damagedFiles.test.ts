/** A short run of the fuzz bench: all formats, damaged, in threads over a built analyzer as in production. */
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { fuzz } from "../../../bench/fuzz";
import { fixturePath } from "../../../fixtures/paths";
import { bundle } from "../../library/fixtures/bundle";

const PROJECT = join(import.meta.dirname, "../../../..");
const FILES = [
  ...["piece.wma", "piece.wv", "piece.tta", "piece.mpc", "piece.ac3", "piece.webm", "piece-vorbis.mka"],
  ...["piece-flac.mka", "mp3-truncated-no-info.mp3", "truncated-flac.flac", "truncated-opus.opus"],
  ...["truncated-aac.aac", "truncated-alac-m4a.m4a", "wav-odd-chunk-no-pad.wav"],
];

it("damaged files of all formats crash nothing, hang nowhere, and lose no sound without a word", async () => {
  const folder = await mkdtemp(join(tmpdir(), "playlista-damaged-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const analyzer = await bundle(join(PROJECT, "src/worker/main.ts"), folder);
  await copyFile(join(PROJECT, "vendor/faad2/faad2.wasm"), join(folder, "faad2.wasm"));
  const seeds = FILES.map(async (name) => ({
    name,
    bytes: Uint8Array.from(await readFile(fixturePath(name))).subarray(0, 40_000),
  }));
  const report = await fuzz({
    seeds: await Promise.all(seeds),
    count: 84,
    seed: 4,
    analyzer,
  });
  expect(report.faults).toEqual([]);
  const ended = [...report.outcomes.values()].reduce((sum, count) => sum + count, 0);
  expect(ended).toBe(84);
}, 60_000);
