/**
 * What becomes of a corpus' malformed files in the built analyzer, in a thread as in production, beside what its
 * manifest expects.
 * Usage, after a build: node scripts/run.mjs test/bench/malformed.ts CORPUS_DIR
 * CORPUS_DIR holds MANIFEST.json: { files: [{ file, kind, decodedByFfmpeg, truth: { expect, expectBy } }] }.
 */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ThreadPool } from "../../src/library/queue/ThreadPool";
import type { Analysis } from "../../src/shared/analysis";
import { DEFAULT_LIMITS } from "../../src/shared/limits";

const DIST = process.env["DIST"] ?? "dist";
const LONGEST_MS = 20_000;
const HEAP_MB = 512;
/** So much of what ffmpeg decodes is as good: an encoder's silence is cut by one and kept by the other. */
const AS_GOOD = 0.95;

interface MalformedFile {
  file: string;
  kind: string;
  /** Samples a channel. */
  decodedByFfmpeg: number | null;
  truth: { expect: string; expectBy: "construction" | "ffmpeg"; alsoAcceptable?: string | null };
}

interface Outcome {
  /** In the manifest's words: "ok", "truncated" (analysed with a warning) or "failed:" and a code. */
  got: string;
  samples: number;
  ms: number;
}

function wordOf({ error, warnings }: Analysis): string {
  if (error) return `failed:${error.code}`;
  return warnings.length > 0 ? "truncated" : "ok";
}

async function analyze(executor: ThreadPool, path: string): Promise<Outcome> {
  const started = performance.now();
  const job = { path, limits: DEFAULT_LIMITS, essentia: false };
  const outcome = await executor.run(job, AbortSignal.timeout(LONGEST_MS));
  const ms = performance.now() - started;
  if (outcome.kind !== "answered") return { got: outcome.kind, samples: 0, ms };
  const { analysis } = outcome.answer;
  return { got: wordOf(analysis), samples: analysis.format?.samples ?? 0, ms };
}

/** What follows from how a file was made is met exactly; what ffmpeg did may be bettered. */
function isMet(file: MalformedFile, outcome: Outcome): boolean {
  const { truth } = file;
  const { got } = outcome;
  if (got === truth.expect || got === truth.alsoAcceptable) return true;
  if (truth.expectBy === "construction" || got === "failed:crashedAnalyzer") return false;
  const isAnalyzed = got === "ok" || got === "truncated";
  if (truth.expect.startsWith("failed:")) return isAnalyzed || got.startsWith("failed:");
  return isAnalyzed && !isShorter(file, outcome);
}

function isShorter({ decodedByFfmpeg }: MalformedFile, { samples }: Outcome): boolean {
  return samples < AS_GOOD * (decodedByFfmpeg ?? 0);
}

async function main(corpus: string | undefined): Promise<void> {
  if (!corpus) throw new Error("usage: node scripts/run.mjs test/bench/malformed.ts CORPUS_DIR");
  const manifest = JSON.parse(await readFile(join(corpus, "MANIFEST.json"), "utf8")) as {
    files: MalformedFile[];
  };
  const executor = new ThreadPool({
    workerFile: resolve(DIST, "analyzer.js"),
    setup: { essentiaFile: resolve(DIST, "essentia.wasm"), appVersion: "0" },
    heapMB: HEAP_MB,
    log: () => undefined,
    onMemory: () => undefined,
  });
  const sums = { construction: { met: 0, all: 0 }, ffmpeg: { met: 0, all: 0 } };
  let slowestMs = 0;
  let highestMB = 0;
  const shorter: string[] = [];
  for (const file of manifest.files.filter(({ kind }) => kind === "malformed")) {
    const outcome = await analyze(executor, join(corpus, file.file));
    slowestMs = Math.max(slowestMs, outcome.ms);
    highestMB = Math.max(highestMB, process.memoryUsage.rss() / 1e6);
    const sum = sums[file.truth.expectBy];
    sum.all++;
    if (isMet(file, outcome)) sum.met++;
    else process.exitCode = 1;
    if (isShorter(file, outcome))
      shorter.push(`${file.file} (${outcome.samples} of ${file.decodedByFfmpeg ?? 0})`);
    console.log(row(file, outcome));
  }
  await executor.close();
  for (const [by, { met, all }] of Object.entries(sums)) console.log(`expected by ${by}: ${met} of ${all}`);
  console.log(`fewer samples than ffmpeg's: ${shorter.join(", ") || "none"}`);
  console.log(
    `the slowest took ${Math.round(slowestMs)} ms; memory between files at most ${Math.round(highestMB)} MB`,
  );
}

function row(file: MalformedFile, outcome: Outcome): string {
  const { expect, expectBy, alsoAcceptable } = file.truth;
  const expected = alsoAcceptable ? `${expect} or ${alsoAcceptable}` : expect;
  const name = file.file.replace(/^malformed\//, "");
  return [
    isMet(file, outcome) ? "ok " : "NOT",
    name.slice(0, 48).padEnd(48),
    `${expected} (${expectBy})`.padEnd(50),
    outcome.got.padEnd(24),
    `${outcome.samples} samples, ffmpeg ${file.decodedByFfmpeg ?? 0}`,
  ].join(" ");
}

await main(process.argv[2]);
