/**
 * Keeps workers warm between files and runs, but not for ever: after many files, or when one of them holds much
 * memory (WebAssembly gives none back), new ones take over and the old ones end with the files they have.
 */
import type { AnalysisJob } from "../../shared/job";
import type { Log } from "../../shared/log";
import type { Executor, TaskOutcome, WorkerPool } from "./Executor";
import { Slots } from "./Slots";

const SCOPE = "parallel_analyzer";
/** A start of all workers costs less than one file in a hundred of these. */
const MAX_FILES = 2000;
/** Twice what a worker takes at its peak as a rule. */
const MAX_BYTES = 800 * 1024 * 1024;

export interface RecyclingOptions {
  /** Makes new workers; they tell what one of them holds after a file, in bytes. */
  open: (onMemory: (bytes: number) => void) => WorkerPool;
  log: Log;
  /** Files that one set of workers may have had before it is replaced. */
  maxFiles?: number;
}

interface Generation {
  pool: WorkerPool;
  files: number;
  running: number;
  /** Why no more files go to it, or null. */
  wornBy: string | null;
}

export class RecyclingExecutor implements Executor {
  readonly slots: Slots;
  readonly #options: RecyclingOptions;
  readonly #maxFiles: number;
  readonly #all = new Set<Generation>();
  #current: Generation | null = null;

  constructor(options: RecyclingOptions) {
    this.#options = options;
    this.#maxFiles = options.maxFiles ?? MAX_FILES;
    this.slots = new Slots({
      onLowMemory: (running) => {
        options.log("info", SCOPE, `memory is low: ${running} at once until there is more`);
      },
    });
  }

  async run(job: AnalysisJob, signal: AbortSignal, onTaken?: () => void): Promise<TaskOutcome> {
    const generation = (this.#current ??= this.#begin());
    generation.running++;
    if (++generation.files >= this.#maxFiles) this.#retire(generation, `${generation.files} files`);
    try {
      return await generation.pool.run(job, signal, onTaken);
    } finally {
      generation.running--;
      if (generation.wornBy !== null && generation.running === 0) await this.#end(generation);
    }
  }

  async close(): Promise<void> {
    this.#current = null;
    await Promise.all([...this.#all].map((generation) => this.#end(generation)));
  }

  #begin(): Generation {
    const pool = this.#options.open((bytes) => {
      if (bytes > MAX_BYTES) this.#retire(generation, `${Math.round(bytes / 1e6)} MB held by one of them`);
    });
    const generation: Generation = { pool, files: 0, running: 0, wornBy: null };
    this.#all.add(generation);
    return generation;
  }

  #retire(generation: Generation, reason: string): void {
    if (generation.wornBy !== null) return;
    generation.wornBy = reason;
    if (this.#current === generation) this.#current = null;
    this.#options.log("debug", SCOPE, `workers are replaced by new ones after ${reason}`);
  }

  async #end(generation: Generation): Promise<void> {
    if (this.#all.delete(generation)) await generation.pool.close();
  }
}
