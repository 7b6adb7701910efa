/**
 * One file at a time in this process, with the same built worker file: for the setting, and where threads
 * can't start. A file that crashes the analyzer takes the process with it; a stop takes effect where the
 * analyzer looks at its signal, between blocks.
 */
import { createRequire } from "node:module";
import type { AnalysisJob, AnalyzeTask, WorkerModule, WorkerSetup } from "../../shared/job";
import { Slots } from "./Slots";
import { toCrash, type Executor, type TaskOutcome } from "./Executor";

export class SequentialExecutor implements Executor {
  /** Never opened wider than for one. */
  readonly slots = new Slots();
  readonly #workerFile: string;
  readonly #setup: WorkerSetup;
  #task: AnalyzeTask | undefined;

  constructor(options: { workerFile: string; setup: WorkerSetup }) {
    this.#workerFile = options.workerFile;
    this.#setup = options.setup;
  }

  async run(job: AnalysisJob, signal: AbortSignal, onTaken?: () => void): Promise<TaskOutcome> {
    try {
      signal.throwIfAborted();
      this.#task ??= this.#load();
      onTaken?.();
      const answer = await this.#task(job, { signal });
      return answer.analysis.state === "cancelled" ? { kind: "aborted" } : { kind: "answered", answer };
    } catch (error) {
      return signal.aborted ? { kind: "aborted" } : toCrash(error);
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #load(): AnalyzeTask {
    const worker = createRequire(this.#workerFile)(this.#workerFile) as WorkerModule;
    worker.configure(this.#setup);
    return worker.default;
  }
}
