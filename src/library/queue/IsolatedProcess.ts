/**
 * A process for one file alone, for a file that killed the worker it had: with more memory than a worker has, and
 * gone with its answer.
 */
import type { AnalysisJob } from "../../shared/job";
import type { TaskOutcome, WorkerPool } from "./Executor";
import { ProcessPool, type ProcessOptions } from "./ProcessPool";

const HEAP_FACTOR = 2;

export class IsolatedProcess implements Pick<WorkerPool, "run"> {
  readonly #options: ProcessOptions;

  constructor(options: ProcessOptions) {
    this.#options = { ...options, heapMB: options.heapMB * HEAP_FACTOR };
  }

  async run(job: AnalysisJob, signal: AbortSignal, onTaken?: () => void): Promise<TaskOutcome> {
    const process = new ProcessPool(this.#options);
    try {
      return await process.run(job, signal, onTaken);
    } finally {
      await process.close();
    }
  }
}
