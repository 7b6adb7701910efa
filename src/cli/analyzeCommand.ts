/** `playlista analyze`: runs the library over the given paths and prints each result once it is on disk. */
import { AnalysisManager } from "../library/AnalysisManager";
import { ParallelAnalyzer } from "../library/queue/ParallelAnalyzer";
import { SharedStore } from "../library/store/sharing/SharedStore";
import type { Analysis } from "../shared/analysis";
import type { ExecutorKind, RunSummary } from "../shared/engineProtocol";
import type { AnalysisLimits } from "../shared/limits";
import type { Log } from "../shared/log";
import { EXIT } from "./exitStatus";
import { GivenPaths } from "./GivenPaths";
import { ProgressLine } from "./ProgressLine";
import { resultTable, tableRow } from "./resultTable";
import { storeLocation } from "./storeLocation";

export interface AnalyzeCommandOptions {
  json: boolean;
  force: boolean;
  /** 0: automatic. */
  workers: number;
  executor: ExecutorKind;
  essentia: boolean;
  limits: AnalysisLimits;
  /** Limit for one file; absent: the default. */
  timeoutSeconds?: number;
  /** How often a file that failed and has not changed is tried again. */
  maxRetries: number;
  /** Globs that a folder search passes over. */
  exclude?: string[];
  database?: string;
  signal: AbortSignal;
}

/** Resolves to the exit status. Throws StoreError when the library cannot be written. */
export async function analyzeCommand(
  given: readonly string[],
  options: AnalyzeCommandOptions,
): Promise<number> {
  const paths = new GivenPaths(given);
  const progress = new ProgressLine(process.stderr);
  const log: Log = (level, _scope, message) => {
    if (level === "warn" || level === "error") progress.say(message);
  };
  const store = await SharedStore.open(storeLocation(options.database), { user: "command line", log });
  const { executor, workers, limits, essentia } = options;
  const analyzer = new ParallelAnalyzer({ executor, workers, limits, essentia, log });
  // Not the analyses: of a large library they would fill the memory.
  const rows: string[][] = [];
  let printed = Promise.resolve();
  const print = async (analysis: Analysis): Promise<void> => {
    const whole = await store.withSegments(analysis);
    process.stdout.write(`${JSON.stringify({ ...whole, path: paths.toGiven(analysis.path) })}\n`);
  };
  const onResult = (analysis: Analysis) => {
    // In the order in which they come; a failure here is the run's.
    if (options.json) printed = printed.then(() => print(analysis));
    else rows.push(tableRow({ ...analysis, path: paths.toGiven(analysis.path) }));
  };
  try {
    const manager = new AnalysisManager({ store, analyzer, log });
    const summary = await manager.analyzeFiles(paths.absolute, {
      forceReextract: options.force,
      timeoutSeconds: options.timeoutSeconds,
      maxRetries: options.maxRetries,
      exclude: options.exclude,
      onProgress: (state) => {
        progress.show(state);
      },
      onResult,
      signal: options.signal,
    });
    await printed;
    progress.stop();
    if (!options.json && rows.length > 0) process.stdout.write(`${resultTable(rows.sort(byPath))}\n`);
    process.stderr.write(`${describe(summary)}\n`);
    return exitStatus(summary, options.signal);
  } finally {
    progress.stop();
    await analyzer.close();
    await store.close();
  }
}

function exitStatus(summary: RunSummary, signal: AbortSignal): number {
  if (signal.aborted || summary.cancelled > 0) return EXIT.interrupted;
  return summary.failed > 0 ? EXIT.someFailed : EXIT.done;
}

function describe(summary: RunSummary): string {
  const counts: [number, string][] = [
    [summary.succeeded, "analyzed"],
    [summary.unchanged, "unchanged"],
    [summary.failed, "failed"],
    [summary.cancelled, "cancelled"],
  ];
  const told = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return told.length > 0
    ? `${told.join(" · ")} in ${(summary.totalMs / 1000).toFixed(1)} s`
    : "No audio files found";
}

/** Files are done in any order; people look them up by name. */
function byPath([a = ""]: readonly string[], [b = ""]: readonly string[]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
