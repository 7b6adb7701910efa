/**
 * Processes of their own, by workerpool: what happens to one of them, a native crash or the system's own kill
 * included, happens to no other and not to this process. They are forked on demand, kept warm between files and
 * ended when idle; aborting a task ends its process.
 */
import { pool as createPool, TerminateError, type Pool, type Promise as PoolTask } from "workerpool";
import type { AnalysisAnswer, AnalysisJob, ChildSetup, WorkerSays } from "../../shared/job";
import { WORK_FLAGS } from "../../shared/nodeStart";
import { toCrash, type TaskOutcome, type WorkerPool } from "./Executor";
import { hearWorker, type Hearing } from "./hearWorker";

/** More than anyone asks for: how many run at once is decided by who calls. */
const MAX_PROCESSES = 64;
const IDLE_TIMEOUT_MS = 10_000;
/** A third of what is new in a heap: as a thread has it (ThreadPool). */
const SEMI_SPACE_MB = 1;
/** How long a process may take to end by itself before it is killed. */
const GRACE_MS = 100;
/** Closing waits no longer than this for processes to be gone. */
const CLOSE_LIMIT_MS = 2000;

const GONE: TaskOutcome = {
  kind: "crashed",
  code: "crashedAnalyzer",
  message: "its process ended before it took the file",
};

export interface ProcessOptions extends Omit<ChildSetup, "engine">, Hearing {
  /** The script that is forked. */
  childFile: string;
  /** JavaScript heap of one process. */
  heapMB: number;
}

export class ProcessPool implements WorkerPool {
  readonly #options: ProcessOptions;
  #pool: Pool | null = null;
  #isProven = false;
  #running = 0;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(options: ProcessOptions) {
    this.#options = options;
  }

  async run(job: AnalysisJob, signal: AbortSignal, onTaken?: () => void): Promise<TaskOutcome> {
    clearTimeout(this.#idleTimer);
    this.#running++;
    try {
      // A process that somebody ended while it was idle is met once and never again.
      return (await this.#try(job, signal, onTaken)) ?? (await this.#try(job, signal, onTaken)) ?? GONE;
    } finally {
      if (--this.#running === 0) this.#closeWhenIdle();
    }
  }

  /** Null when the process was gone before it took the file, though others have started. */
  async #try(
    job: AnalysisJob,
    signal: AbortSignal,
    onTaken: (() => void) | undefined,
  ): Promise<TaskOutcome | null> {
    const file: { isTaken: boolean } = { isTaken: false };
    let cancel = (): void => undefined;
    try {
      signal.throwIfAborted();
      const task = this.#exec(job, (said) => {
        this.#hear(said);
        if (said.type !== "taskStarted") return;
        file.isTaken = true;
        onTaken?.();
      });
      cancel = () => {
        void task.cancel();
      };
      signal.addEventListener("abort", cancel);
      return { kind: "answered", answer: await task };
    } catch (error) {
      if (signal.aborted) return { kind: "aborted" };
      if (file.isTaken) return error instanceof TerminateError ? toEnd(error) : toCrash(error);
      return this.#isProven ? null : { kind: "notStarted", message: endOf(error) };
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const pool = this.#pool;
    this.#pool = null;
    if (!pool) return;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise((resolve) => (timer = setTimeout(resolve, CLOSE_LIMIT_MS)));
    await Promise.race([Promise.resolve(pool.terminate(true)).catch(() => undefined), limit]);
    clearTimeout(timer);
  }

  #exec(job: AnalysisJob, hear: (said: WorkerSays) => void): PoolTask<AnalysisAnswer> {
    this.#pool ??= this.#open();
    const on = (said: Partial<WorkerSays>): void => {
      // What is written to its output comes this way too.
      if (said.type !== undefined) hear(said as WorkerSays);
    };
    return this.#pool.exec("analyze", [job], { on }) as PoolTask<AnalysisAnswer>;
  }

  #open(): Pool {
    const { childFile, heapMB, workerFile, essentiaFile, appVersion, isBackground } = this.#options;
    const setup: ChildSetup = { workerFile, essentiaFile, appVersion, isBackground, engine: process.pid };
    return createPool(childFile, {
      workerType: "process",
      maxWorkers: MAX_PROCESSES,
      workerTerminateTimeout: GRACE_MS,
      // Their output is read and dropped: ours may be somebody's JSON.
      emitStdStreams: true,
      forkArgs: [JSON.stringify(setup)],
      forkOpts: {
        execArgv: [...WORK_FLAGS, `--max-old-space-size=${heapMB}`, `--max-semi-space-size=${SEMI_SPACE_MB}`],
        // Structured clone: bytes pass as bytes.
        serialization: "advanced",
        // In desktop VS Code the executable is Electron; this makes it plain Node.
        env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
      },
    });
  }

  #hear(said: WorkerSays): void {
    this.#isProven = true;
    hearWorker(said, this.#options);
  }

  #closeWhenIdle(): void {
    this.#idleTimer = setTimeout(() => {
      void this.close();
    }, IDLE_TIMEOUT_MS);
    this.#idleTimer.unref();
  }
}

/** How a process ended while it had a file. V8 ends its process by SIGABRT (134 on Windows) when its heap is full. */
function toEnd(error: Error): Extract<TaskOutcome, { kind: "crashed" }> {
  const end = endOf(error);
  const isMemory = /SIGABRT|\b134\b/.test(end);
  return { kind: "crashed", code: isMemory ? "outOfMemory" : "crashedAnalyzer", message: end };
}

/** workerpool tells exit code and signal in a text of many lines only. */
function endOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, code = "null", signal = "null"] = /exitCode: `(\w+)`\s+signalCode: `(\w+)`/.exec(message) ?? [];
  if (signal !== "null") return `its process was ended by ${signal}`;
  return code === "null" ? message : `its process ended with code ${code}`;
}
