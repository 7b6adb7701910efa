/**
 * Analyses many files at once, in threads or in this process, and says of each what came of it. One analyzer
 * holds one pool of threads, shared by all its runs.
 */
import { setMaxListeners } from "node:events";
import { resolve } from "node:path";
import type { Analysis } from "../../shared/analysis";
import type { EngineSettings, ExecutorKind, RunSummary } from "../../shared/engineProtocol";
import type { WorkerSetup } from "../../shared/job";
import type { Log } from "../../shared/log";
import { abortWith } from "./abortWith";
import type { Executor } from "./Executor";
import { FileRun, type ResultKeeper } from "./FileRun";
import { InFlight } from "./InFlight";
import { loadWorkerSetup, WORKER_FILE } from "./loadWorkerSetup";
import { SequentialExecutor } from "./SequentialExecutor";
import { Slots } from "./Slots";
import { TaskRunner } from "./TaskRunner";
import { ThreadExecutor } from "./ThreadExecutor";
import { chooseWorkers } from "./workerCount";

export type AnalyzerSettings = Omit<EngineSettings, "exclude">;

const DEFAULTS: AnalyzerSettings = { executor: "threads", workers: 0, timeoutSeconds: 300, maxFileSizeMB: 0 };

export interface AnalyzerOptions extends Partial<AnalyzerSettings> {
  /** The built worker; by default analyzer.js beside the running bundle. */
  workerFile?: string;
  /** By default made from essentia.wasm beside the running bundle. */
  setup?: WorkerSetup;
  /** JavaScript heap of one thread. */
  workerHeapMB?: number;
  log?: Log;
}

export interface ProcessFilesOptions {
  /** Analyse again what is unchanged. */
  forceReextract?: boolean | undefined;
  /** 0 or absent: the setting. */
  maxWorkers?: number | undefined;
  /** true: threads, false: sequential, absent: the setting. */
  useThreading?: boolean | undefined;
  /** Without one every file is analysed and nothing kept. */
  store?: ResultKeeper | undefined;
  onStart?: ((path: string) => void) | undefined;
  /** Called once a result is durable (with a store). Cancelled files have none. */
  onResult?: ((analysis: Analysis) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export class ParallelAnalyzer {
  readonly #workerFile: string;
  readonly #workerHeapMB: number;
  readonly #log: Log;
  readonly #slots = new Slots();
  readonly #inFlight = new WeakMap<object, InFlight>();
  readonly #executors = new Map<ExecutorKind, Executor>();
  #settings: AnalyzerSettings;
  #setup: Promise<WorkerSetup> | undefined;

  constructor(options: AnalyzerOptions = {}) {
    const {
      workerFile = WORKER_FILE,
      setup,
      workerHeapMB = 1024,
      log = () => undefined,
      ...settings
    } = options;
    this.#workerFile = workerFile;
    this.#workerHeapMB = workerHeapMB;
    this.#log = log;
    this.#settings = { ...DEFAULTS, ...settings };
    if (setup) this.#setup = Promise.resolve(setup);
  }

  /** Holds from the next run on. */
  configure(settings: Partial<AnalyzerSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  /** Paths may repeat; each file counts once. Throws only what the store throws. */
  async processFiles(files: readonly string[], options: ProcessFilesOptions = {}): Promise<RunSummary> {
    const paths = [...new Set(files.map((file) => resolve(file)))];
    const { controller: stop, unlink } = abortWith(options.signal ?? new AbortController().signal);
    // Each lane listens; that many listeners are no leak.
    setMaxListeners(0, stop.signal);
    try {
      const setup = await (this.#setup ??= loadWorkerSetup());
      return await new FileRun({
        ...this.#prepare(paths.length, options, setup, stop.signal),
        files: paths,
        force: options.forceReextract ?? false,
        store: options.store,
        inFlight: this.#inFlightOf(options.store),
        appVersion: setup.appVersion,
        log: this.#log,
        onStart: options.onStart,
        onResult: options.onResult,
        stop,
      }).run();
    } finally {
      unlink();
    }
  }

  /** Ends the threads; runs should have been cancelled before. */
  async close(): Promise<void> {
    const executors = [...this.#executors.values()];
    this.#executors.clear();
    await Promise.all(executors.map((executor) => executor.close()));
  }

  /** How many lanes a run has, and what its files are analysed by. */
  #prepare(
    files: number,
    options: ProcessFilesOptions,
    setup: WorkerSetup,
    signal: AbortSignal,
  ): { lanes: number; runner: TaskRunner } {
    const { executor, workers, timeoutSeconds, maxFileSizeMB } = this.#settings;
    const isThreaded = options.useThreading ?? executor === "threads";
    const kind = isThreaded ? "threads" : "sequential";
    const lanes = chooseWorkers(isThreaded ? (options.maxWorkers ?? 0) || workers : 1, files);
    const runner = new TaskRunner({
      executor: this.#executor(kind, setup),
      fallback: this.#executor("sequential", setup),
      slots: this.#slots,
      workers: lanes,
      timeoutSeconds,
      maxFileSizeBytes: maxFileSizeMB * 1024 * 1024,
      appVersion: setup.appVersion,
      log: this.#log,
      signal,
    });
    return { lanes, runner };
  }

  #executor(kind: ExecutorKind, setup: WorkerSetup): Executor {
    const workerFile = this.#workerFile;
    const heapMB = this.#workerHeapMB;
    const executor =
      this.#executors.get(kind) ??
      (kind === "threads"
        ? new ThreadExecutor({ workerFile, setup, heapMB, log: this.#log })
        : new SequentialExecutor({ workerFile, setup }));
    this.#executors.set(kind, executor);
    return executor;
  }

  /** Two runs share what is under way only when they keep results in the same place. */
  #inFlightOf(store: ResultKeeper | undefined): InFlight {
    const key = store ?? this;
    const inFlight = this.#inFlight.get(key) ?? new InFlight();
    this.#inFlight.set(key, inFlight);
    return inFlight;
  }
}
