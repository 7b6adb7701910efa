/**
 * Threads of this process, by Piscina. Threads are made on demand, kept warm between files and ended when
 * idle; aborting a task ends its thread.
 */
import { Piscina } from "piscina";
import type { AnalysisAnswer, AnalysisJob, WorkerSays, WorkerSetup } from "../../shared/job";
import { abortWith } from "./abortWith";
import { toCrash, type TaskOutcome, type WorkerPool } from "./Executor";
import { hearWorker, type Hearing } from "./hearWorker";

/** More than anyone asks for: how many run at once is decided by who calls. */
const MAX_THREADS = 64;
const IDLE_TIMEOUT_MS = 10_000;
/**
 * What is new in a heap. Left to V8 it grows to 48 MB a thread. The double of this takes 8 MB more a worker, and saves
 * 2 % of the time of files of some seconds, nothing with whole pieces.
 */
const YOUNG_MB = 4;

export interface ThreadOptions extends Hearing {
  workerFile: string;
  setup: WorkerSetup;
  /** JavaScript heap of one thread; what goes past it ends the thread, not the process. */
  heapMB: number;
}

export class ThreadPool implements WorkerPool {
  readonly #pool: Piscina<AnalysisJob, AnalysisAnswer>;
  /** The controller of each open task, and what it tells when a thread has taken it. */
  readonly #running = new Map<AbortController, { path: string; onTaken: (() => void) | undefined }>();
  #startError = "they ended before they were ready";

  constructor({ workerFile, setup, heapMB, ...hearing }: ThreadOptions) {
    this.#pool = new Piscina({
      filename: workerFile,
      workerData: setup,
      minThreads: 0,
      maxThreads: MAX_THREADS,
      idleTimeout: IDLE_TIMEOUT_MS,
      concurrentTasksPerWorker: 1,
      resourceLimits: { maxOldGenerationSizeMb: heapMB, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#pool.on("message", (message: unknown) => {
      hearWorker(message, hearing);
      this.#hearOfStart(message as WorkerSays | null);
    });
    this.#pool.on("error", (error: unknown) => {
      this.#startError = error instanceof Error ? error.message : String(error);
    });
    this.#pool.on("workerDestroy", () => {
      // After Piscina has settled the task of the thread that went.
      setImmediate(() => {
        this.#releaseStranded();
      });
    });
  }

  async run(job: AnalysisJob, signal: AbortSignal, onTaken?: () => void): Promise<TaskOutcome> {
    const { controller, unlink } = abortWith(signal);
    this.#running.set(controller, { path: job.path, onTaken });
    try {
      return { kind: "answered", answer: await this.#pool.run(job, { signal: controller.signal }) };
    } catch (error) {
      if (signal.aborted) return { kind: "aborted" };
      if (controller.signal.aborted) return { kind: "notStarted", message: this.#startError };
      if (isNotCloneable(error)) return { kind: "notStarted", message: error.message };
      return toCrash(error);
    } finally {
      this.#running.delete(controller);
      unlink();
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  /**
   * A thread that dies before it is ready leaves its task in Piscina's queue, where only another thread would
   * find it. With none left every task that is still open is such a one.
   */
  #releaseStranded(): void {
    if (this.#pool.threads.length > 0) return;
    for (const task of this.#running.keys()) task.abort();
  }

  /** Two open tasks have the same path only where two databases want the same file at once: both are told. */
  #hearOfStart(said: WorkerSays | null): void {
    if (said?.type !== "taskStarted") return;
    for (const { path, onTaken } of this.#running.values()) if (path === said.path) onTaken?.();
  }
}

function isNotCloneable(error: unknown): error is Error {
  return error instanceof Error && error.name === "DataCloneError";
}
