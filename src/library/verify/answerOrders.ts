/** The process that verifies: takes one order, runs it, answers with every result, and ends when the asker lets go. */
import { createHash } from "node:crypto";
import type { Analysis } from "../../shared/analysis";
import type { ExecutorKind, RunSummary } from "../../shared/engineProtocol";
import type { AnalysisAnswer } from "../../shared/job";
import { ParallelAnalyzer } from "../queue/ParallelAnalyzer";

export interface RunOrder {
  executor: ExecutorKind;
  /** 0: chosen from processors and memory. */
  workers: number;
  /** Absolute. */
  files: readonly string[];
  essentia?: boolean;
  /** Workers give way to all else that runs. */
  isBackground?: boolean;
  /** The same once more, by the same workers. */
  again?: boolean;
}

export interface Answered {
  analysis: Analysis;
  /** SHA-256 of the stored view, which holds waveform and segments; null without one. */
  view: string | null;
}

export type VerifierSays =
  | { type: "progress"; done: number }
  | { type: "answer"; summary: RunSummary; answers: Answered[]; again: RunSummary | null };

/** Resolves never: the process ends with its channel. */
export function answerOrders(): void {
  process.once("message", (message) => {
    const order = message as RunOrder;
    const analyzer = new ParallelAnalyzer({ isBackground: order.isBackground ?? false });
    process.once("disconnect", () => {
      void analyzer.close().then(() => process.exit());
    });
    void answer(analyzer, order).then(say);
  });
}

/** An asker that has gone hears nothing. */
function say(said: VerifierSays): void {
  if (process.connected) process.send?.(said);
}

async function answer(
  analyzer: ParallelAnalyzer,
  { files, executor, workers, essentia = false, again = false }: RunOrder,
): Promise<VerifierSays> {
  const answers = new Map<string, Answered>();
  let done = 0;
  const store = {
    get: () => Promise.resolve(null),
    put: ({ analysis, view }: AnalysisAnswer) => {
      const digest = view && createHash("sha256").update(view).digest("hex");
      answers.set(analysis.path, { analysis, view: digest });
      return Promise.resolve(analysis);
    },
  };
  const onResult = (analysis: Analysis): void => {
    // What was refused before a worker had it is told, not put into a store.
    if (!answers.has(analysis.path)) answers.set(analysis.path, { analysis, view: null });
    say({ type: "progress", done: ++done });
  };
  const options = { executor, maxWorkers: workers, essentia, store, onResult };
  const summary = await analyzer.processFiles(files, options);
  const second = again ? await analyzer.processFiles(files, options) : null;
  return { type: "answer", summary, answers: [...answers.values()], again: second };
}
