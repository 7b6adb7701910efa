/**
 * One run over files in an engine process of its own, so that no run has the memory or the warm code of another.
 * The process is the script that asks, started again: its main program hands over to `answerOrders`.
 */
import { fork, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { ParallelAnalyzer } from "../../../src/library/queue/ParallelAnalyzer";
import type { Analysis } from "../../../src/shared/analysis";
import type { ExecutorKind, RunSummary } from "../../../src/shared/engineProtocol";
import type { AnalysisAnswer } from "../../../src/shared/job";
import { largerMemory, memoryOfTree, type TreeMemory } from "./memoryOfTree";

/** The argument with which a script is started again as an engine. */
export const AS_ENGINE = "--as-engine";
const SAMPLE_MS = 100;

export interface RunOrder {
  executor: ExecutorKind;
  /** 0: chosen from processors and memory. */
  workers: number;
  /** Absolute. */
  files: readonly string[];
  essentia?: boolean;
}

export interface Answered {
  analysis: Analysis;
  /** SHA-256 of the stored view, which holds waveform and segments; null without one. */
  view: string | null;
}

interface RunReport {
  summary: RunSummary;
  answers: Answered[];
}

export interface MeasuredRun extends RunReport {
  /** Of the engine and its children: the highest seen during the run. */
  peak: TreeMemory | null;
  /** Of the same when the run is over and the workers are still warm. */
  warm: TreeMemory | null;
}

/** Measures memory only when asked: looking at it takes time from the run. */
export async function measuredRun(
  order: RunOrder,
  { measuresMemory }: { measuresMemory: boolean },
): Promise<MeasuredRun> {
  const [, script = ""] = process.argv;
  const engine = fork(script, [AS_ENGINE], { serialization: "advanced" });
  const { pid = 0 } = engine;
  let peak: TreeMemory | null = null;
  const look = (): void => {
    peak = largerMemory(peak, memoryOfTree(pid));
  };
  const timer = measuresMemory ? setInterval(look, SAMPLE_MS) : undefined;
  try {
    engine.send(order);
    const report = await answerOf(engine);
    return { ...report, peak, warm: measuresMemory ? memoryOfTree(pid) : null };
  } finally {
    clearInterval(timer);
    await end(engine);
  }
}

async function answerOf(engine: ChildProcess): Promise<RunReport> {
  const broken = once(engine, "exit").then(([code, signal]) => {
    throw new Error(`The engine process ended before its answer (${String(signal ?? code)}).`);
  });
  const [report] = (await Promise.race([once(engine, "message"), broken])) as [RunReport];
  return report;
}

async function end(engine: ChildProcess): Promise<void> {
  if (!engine.connected) return;
  const gone = once(engine, "exit");
  engine.disconnect();
  await gone;
}

/** The engine's side: one order, one answer, and the end when the asker lets go. */
export function answerOrders(): void {
  const analyzer = new ParallelAnalyzer();
  process.once("message", (order: RunOrder) => {
    void answer(analyzer, order).then((report) => process.send?.(report));
  });
  process.once("disconnect", () => {
    void analyzer.close().then(() => process.exit());
  });
}

async function answer(
  analyzer: ParallelAnalyzer,
  { files, executor, workers, essentia = false }: RunOrder,
): Promise<RunReport> {
  const answers = new Map<string, Answered>();
  const store = {
    get: () => null,
    put: ({ analysis, view }: AnalysisAnswer) => {
      const digest = view && createHash("sha256").update(view).digest("hex");
      answers.set(analysis.path, { analysis, view: digest });
      return Promise.resolve(analysis);
    },
  };
  const onResult = (analysis: Analysis): void => {
    // What was refused before a worker had it is told, not put into a store.
    if (!answers.has(analysis.path)) answers.set(analysis.path, { analysis, view: null });
  };
  const options = { executor, maxWorkers: workers, essentia, store, onResult };
  const summary = await analyzer.processFiles(files, options);
  return { summary, answers: [...answers.values()] };
}
