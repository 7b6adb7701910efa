/**
 * Whether it makes no difference where files are analysed: the same files by threads, by processes and one by one,
 * every value of every result compared exactly. Only path and timing may differ.
 */
import type { ExecutorKind } from "../../shared/engineProtocol";
import type { VerifiedPair, VerifiedRun, VerifyReport } from "../../shared/verify";
import type { Answered } from "./answerOrders";
import { compareValues } from "./compareValues";
import { measuredRun, type MeasuredRun } from "./measuredRun";

const EXECUTORS = ["threads", "processes", "sequential"] as const satisfies readonly ExecutorKind[];

export interface VerifyOptions {
  /** 0: chosen from processors and memory. */
  workers?: number | undefined;
  essentia?: boolean | undefined;
  /** Workers give way to all else that runs. */
  isBackground?: boolean | undefined;
  /** Told of each finished file, over all runs; `total` is files times runs. */
  onProgress?: ((progress: { executor: ExecutorKind; done: number; total: number }) => void) | undefined;
  /** Told of each run when it is over. */
  onRun?: ((run: VerifiedRun) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Files by absolute path. Throws the signal's reason when it is cancelled. */
export async function verifyExecutors(
  files: readonly string[],
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const report: VerifyReport = { files: [...files], runs: [], pairs: [], faults: [] };
  if (files.length === 0) report.faults.push("There is nothing to verify.");
  let threads: MeasuredRun | null = null;
  for (const executor of files.length === 0 ? [] : EXECUTORS) {
    const run = await runOf(executor, files, options, report.runs.length);
    report.faults.push(...faultsOf(executor, run));
    const verified = describe(executor, run);
    report.runs.push(verified);
    options.onRun?.(verified);
    if (threads === null) threads = run;
    else report.pairs.push(comparePair(threads, run, executor, report.faults));
  }
  return report;
}

function runOf(
  executor: ExecutorKind,
  files: readonly string[],
  options: VerifyOptions,
  before: number,
): Promise<MeasuredRun> {
  const { workers = 0, essentia = false, isBackground = false, onProgress, signal } = options;
  const order = { executor, workers, files, essentia, isBackground };
  const total = files.length * EXECUTORS.length;
  return measuredRun(order, {
    measuresMemory: true,
    onProgress: (done) => onProgress?.({ executor, done: before * files.length + done, total }),
    signal,
  });
}

function describe(executor: ExecutorKind, { summary, answers, peak }: MeasuredRun): VerifiedRun {
  const workers = new Set(answers.map(({ analysis }) => analysis.timing.workerId)).size;
  const { asked, failed, totalMs } = summary;
  return { executor, workers, asked, failed, totalMs, peak };
}

/** What is wrong with one run by itself. */
function faultsOf(executor: ExecutorKind, { summary, answers }: MeasuredRun): string[] {
  const faults = answers
    .filter(({ analysis }) => analysis.state !== "analyzed")
    .map(
      ({ analysis: { path, state, error } }) => `${path}: ${error?.code ?? state}, ${error?.message ?? ""}`,
    );
  if (summary.fellBack) faults.push("its workers did not start; the files were analyzed one by one");
  if (answers.length !== summary.asked) faults.push(`${summary.asked} files, but ${answers.length} results`);
  return faults.map((fault) => `${executor}: ${fault}`);
}

function comparePair(
  threads: MeasuredRun,
  run: MeasuredRun,
  other: ExecutorKind,
  faults: string[],
): VerifiedPair {
  const twins = new Map(run.answers.map((answered) => [answered.analysis.path, answered]));
  const pair: VerifiedPair = { other, values: 0, differing: 0 };
  for (const answered of threads.answers) {
    const { path } = answered.analysis;
    const twin = twins.get(path);
    const { values, differing } = compareValues(comparable(answered), twin ? comparable(twin) : null);
    pair.values += values;
    pair.differing += differing.length;
    faults.push(...differing.map((name) => `threads and ${other} differ: ${name} of ${path}`));
  }
  return pair;
}

function comparable({ analysis, view }: Answered): unknown {
  return { ...analysis, path: null, timing: null, view };
}
