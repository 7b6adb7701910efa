/**
 * Gets one file analysed, whatever happens: its time limit, a second try in a process of its own for a file that
 * killed its worker, and this process instead of workers where workers can't start.
 */
import type { FileFacts } from "../../shared/analysis";
import type { FailureCode } from "../../shared/codes";
import type { ExecutorKind } from "../../shared/engineProtocol";
import type { AnalysisAnswer } from "../../shared/job";
import type { AnalysisLimits } from "../../shared/limits";
import type { Log } from "../../shared/log";
import type { Requested } from "../../shared/measurements";
import { abortWith } from "./abortWith";
import type { Executor, TaskOutcome, WorkerPool } from "./Executor";
import { failedAnalysis } from "./failedAnalysis";
import { memoryOf } from "./memory";

const SCOPE = "parallel_analyzer";
/** A file of this size has the whole time limit; a larger one more in proportion. */
const BYTES_PER_LIMIT = 64 * 1024 * 1024;
/** essentia.js takes about twenty times as long as all else together. */
const ESSENTIA_PATIENCE = 20;
/** A worker that is not ready by then never will be. */
const START_LIMIT_MS = 60_000;
/** The longest that a timer can run. */
const MAX_TIMER_MS = 2 ** 31 - 1;

const NOT_READY = `no worker was ready after ${START_LIMIT_MS / 1000} s`;

export interface RunnerOptions {
  kind: ExecutorKind;
  /** Where files are analysed first. */
  executor: Executor;
  /** Where they are analysed when that can't start. */
  fallback: Executor;
  /** Where a file is tried again that killed its worker: nothing else can be harmed there. */
  isolated: Pick<WorkerPool, "run">;
  timeoutSeconds: number;
  limits: AnalysisLimits;
  requested: Requested;
  appVersion: string;
  log: Log;
  /** Of two files that wait for a worker the one of the higher rank goes first. */
  rank: number;
}

/** One file on its way. */
export interface Task {
  path: string;
  file: FileFacts | null;
  /** Contents with a result that will do. */
  known: readonly string[];
  /** Told at each try. */
  onStart: () => void;
  signal: AbortSignal;
}

export class TaskRunner {
  readonly #options: RunnerOptions;
  #fellBack = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Whether files were analysed one by one because workers could not start. */
  get fellBack(): boolean {
    return this.#fellBack;
  }

  /** The answer for a file, a failure included, or null when it was cancelled first. */
  async analyze(task: Task): Promise<AnalysisAnswer | null> {
    let outcome = await this.#try(task, false);
    if (outcome.kind === "crashed") {
      const message = `${task.path}: ${outcome.message}; tried once more in a process of its own`;
      this.#options.log("warn", SCOPE, message);
      outcome = await this.#retry(task);
    }
    return this.#toAnswer(task, outcome);
  }

  /** In a process of its own; where none can be started in the usual place, with nobody else there. */
  async #retry(task: Task): Promise<TaskOutcome> {
    const { isolated, log } = this.#options;
    const release = await this.#enter(this.#executor, task, false);
    if (!release) return { kind: "aborted" };
    try {
      task.onStart();
      const outcome = await this.#runInTime(isolated, task);
      if (outcome.kind !== "notStarted") return outcome;
      log("warn", SCOPE, `no process could be started for ${task.path} (${outcome.message})`);
    } finally {
      release();
    }
    return this.#try(task, true);
  }

  /** One try; where workers do not start it is made in this process, one file at a time. */
  async #try(task: Task, isAlone: boolean): Promise<TaskOutcome> {
    while (true) {
      const executor = this.#executor;
      const release = await this.#enter(executor, task, isAlone);
      if (!release) return { kind: "aborted" };
      try {
        // While this one waited others may have found that workers do not start: it lines up anew.
        if (executor !== this.#executor) continue;
        task.onStart();
        const outcome = await this.#runInTime(executor, task);
        if (outcome.kind !== "notStarted") return outcome;
        this.#fallBack(outcome.message);
      } finally {
        release();
      }
    }
  }

  get #executor(): Executor {
    return this.#fellBack ? this.#options.fallback : this.#options.executor;
  }

  #enter(executor: Executor, { file, signal }: Task, isAlone: boolean): Promise<(() => void) | null> {
    const { slots } = executor;
    const bytes = memoryOf(file?.size ?? null);
    return isAlone ? slots.acquireAlone(signal) : slots.acquire(signal, { bytes, rank: this.#options.rank });
  }

  async #runInTime(
    executor: Pick<WorkerPool, "run">,
    { path, file, known, signal }: Task,
  ): Promise<TaskOutcome> {
    const { limits, requested } = this.#options;
    const { controller, unlink } = abortWith(signal);
    const worker: { hasFile: boolean } = { hasFile: false };
    let timer: NodeJS.Timeout | undefined;
    const abortAfter = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          controller.abort();
        },
        Math.min(MAX_TIMER_MS, ms),
      );
    };
    // The limit is the file's: the start of a worker has its own.
    abortAfter(START_LIMIT_MS);
    try {
      const outcome = await executor.run({ path, limits, ...requested, known }, controller.signal, () => {
        worker.hasFile = true;
        abortAfter(this.#limitSeconds(file) * 1000);
      });
      const isStuck = outcome.kind === "aborted" && !worker.hasFile && !signal.aborted;
      return isStuck ? { kind: "notStarted", message: NOT_READY } : outcome;
    } finally {
      clearTimeout(timer);
      unlink();
    }
  }

  /** 0 as the setting means no limit. */
  #limitSeconds(file: FileFacts | null): number {
    const { timeoutSeconds, requested } = this.#options;
    if (timeoutSeconds === 0) return Infinity;
    const patience = requested.essentia ? ESSENTIA_PATIENCE : 1;
    return timeoutSeconds * patience * Math.max(1, (file?.size ?? 0) / BYTES_PER_LIMIT);
  }

  #fallBack(reason: string): void {
    if (this.#fellBack) return;
    this.#fellBack = true;
    const { kind, log } = this.#options;
    log("warn", SCOPE, `${kind} could not be started (${reason}); files are analysed one by one`);
  }

  #toAnswer({ path, file, signal }: Task, outcome: TaskOutcome): AnalysisAnswer | null {
    if (outcome.kind === "answered") return outcome.answer;
    if (outcome.kind === "aborted" && signal.aborted) return null;
    const { appVersion } = this.#options;
    const failure = this.#describe(outcome, file);
    return { analysis: failedAnalysis({ path, file, appVersion, ...failure }), view: null };
  }

  #describe(
    outcome: Exclude<TaskOutcome, { kind: "answered" }>,
    file: FileFacts | null,
  ): { code: FailureCode; message: string } {
    if (outcome.kind !== "crashed") {
      const seconds = Math.round(this.#limitSeconds(file));
      return { code: "timeout", message: `Analysis did not end within ${seconds} s and was stopped.` };
    }
    const { code, message } = outcome;
    if (code === "outOfMemory")
      return { code, message: "Analysis needed more memory than a worker may use." };
    return { code, message: `The analyzer broke off twice over this file (${message}).` };
  }
}
