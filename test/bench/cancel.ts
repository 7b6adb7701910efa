/**
 * How long a run takes to answer a cancel, at random moments of it: the time until its summary is there and no worker
 * is in a file of it any more. Among the files are essentia.js' own values, whose calls into WebAssembly take seconds.
 * Usage: npm run bench:cancel -- [--moments=10]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { ParallelAnalyzer } from "../../src/library/queue/ParallelAnalyzer";
import type { ExecutorKind, RunSummary } from "../../src/shared/engineProtocol";
import { absolutePath, MUSIC } from "../accuracy/music";
import { writeSmallFiles } from "./executors/soundSets";

const EXECUTORS: readonly ExecutorKind[] = ["threads", "processes", "sequential"];
/** Of a run, ms: starts of workers, small files and long calls all lie in it. */
const LATEST = 6000;
const ALLOWED_MS = 1000;

interface Cancelled {
  /** ms after the start of the run. */
  at: number;
  /** ms until its answer. */
  took: number;
  summary: RunSummary;
}

async function cancelAt(
  at: number,
  executor: ExecutorKind,
  files: readonly string[],
  essentia: boolean,
): Promise<Cancelled> {
  const analyzer = new ParallelAnalyzer({ executor, workers: 2, essentia });
  try {
    const cancel = new AbortController();
    const run = analyzer.processFiles(files, { signal: cancel.signal });
    await setTimeout(at);
    const asked = performance.now();
    cancel.abort();
    const summary = await run;
    return { at, took: performance.now() - asked, summary };
  } finally {
    await analyzer.close();
  }
}

async function main(moments: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "playlista-cancel-"));
  console.log(`Load ${loadavg()[0]?.toFixed(1) ?? "?"} on ${availableParallelism()} processors`);
  console.log("                        answer, ms: longest  median   files done / cancelled");
  try {
    const small = writeSmallFiles(join(folder, "small"), 400);
    const music = MUSIC.filter(({ file }) => file.startsWith("example/")).map(absolutePath);
    for (const essentia of [false, true])
      for (const executor of EXECUTORS) {
        const results: Cancelled[] = [];
        for (let i = 0; i < moments; i++) {
          const files = essentia ? music : [...music, ...small];
          results.push(await cancelAt(Math.random() * LATEST, executor, files, essentia));
        }
        tell(`${executor}${essentia ? ", essentia.js" : ""}`, results);
      }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function tell(name: string, results: readonly Cancelled[]): void {
  const times = results.map(({ took }) => took).sort((one, other) => one - other);
  const [longest = NaN, median = NaN] = [times.at(-1), times[times.length >> 1]];
  const sum = (of: keyof RunSummary): number =>
    results.reduce((all, { summary }) => all + Number(summary[of]), 0);
  const verdict = longest < ALLOWED_MS ? "PASS" : "missed";
  const worst = results.find(({ took }) => took === longest);
  console.log(
    `${name.padEnd(26)}${longest.toFixed(0).padStart(16)}${median.toFixed(0).padStart(8)}   ${sum("succeeded")} / ${sum("cancelled")}` +
      `   ${verdict} (longest ${(worst?.at ?? 0).toFixed(0)} ms after the start)`,
  );
}

await main(Number(/^--moments=(\d+)$/.exec(process.argv[2] ?? "")?.[1] ?? 10));
