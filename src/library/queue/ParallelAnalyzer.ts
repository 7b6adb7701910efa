/**
 * Analyses many files at once, in threads, in processes or one by one in this process, and says of each what came
 * of it. One analyzer holds one pool of each kind, shared by all its runs.
 */
import { setMaxListeners } from "node:events";
import { resolve } from "node:path";
import type { Analysis } from "../../shared/analysis";
import type { EngineSettings, ExecutorKind, RunSummary } from "../../shared/engineProtocol";
import type { WorkerSetup } from "../../shared/job";
import { DEFAULT_LIMITS, type AnalysisLimits } from "../../shared/limits";
import type { Log } from "../../shared/log";
import type { Requested } from "../../shared/measurements";
import { abortWith } from "./abortWith";
import type { Executor } from "./Executor";
import { FileRun, type ResultKeeper } from "./FileRun";
import { InFlight } from "./InFlight";
import { IsolatedProcess } from "./IsolatedProcess";
import { CHILD_FILE, WORKER_FILE, workerSetup } from "./workerSetup";
import { ProcessPool, type ProcessOptions } from "./ProcessPool";
import { RecyclingExecutor } from "./RecyclingExecutor";
import { RunControl } from "./RunControl";
import { SequentialExecutor } from "./SequentialExecutor";
import { TaskRunner } from "./TaskRunner";
import { ThreadPool } from "./ThreadPool";
import { chooseWorkers } from "./workerCount";

type Settings = Omit<EngineSettings, "exclude">;

const SCOPE = "parallel_analyzer";
/** A lane waits for a slot, for another run or for a worker: one at a time, and briefly two. */
const LISTENERS_PER_LANE = 2;
const DEFAULTS: Settings = {
  executor: "threads",
  workers: 0,
  timeoutSeconds: 300,
  maxRetries: 3,
  limits: DEFAULT_LIMITS,
  essentia: false,
};

/** The settings hold for runs that do not say otherwise. */
export interface AnalyzerOptions extends Partial<Settings> {
  /** The built worker; by default analyzer.js beside the running bundle. */
  workerFile?: string;
  /** What a worker's process starts with; by default child.js beside the running bundle. */
  childFile?: string;
  /** By default with the essentia.wasm beside the running bundle. */
  setup?: WorkerSetup;
  /** JavaScript heap of one worker. */
  workerHeapMB?: number;
  /** Workers give way to all else that runs, where the system can do that. */
  isBackground?: boolean;
  log?: Log;
}

export interface ProcessFilesOptions {
  /** Analyse again what is unchanged. */
  forceReextract?: boolean | undefined;
  /** With `forceReextract`: a result from this time (ISO 8601) or later need not be made again. */
  freshSince?: string | undefined;
  /** 0 or absent: the setting. */
  maxWorkers?: number | undefined;
  /** Absent: the setting. */
  executor?: ExecutorKind | undefined;
  /** true: threads, false: processes, absent: as `executor` says. */
  useThreading?: boolean | undefined;
  /** Limit for one file; absent: the setting. */
  timeoutSeconds?: number | undefined;
  /** How often a file that failed and has not changed is tried again; absent: the setting. */
  maxRetries?: number | undefined;
  /** Absent: the settings. */
  limits?: AnalysisLimits | undefined;
  /** Whether essentia.js' own values are measured too; absent: the setting. */
  essentia?: boolean | undefined;
  /** Without one every file is analysed and nothing kept. */
  store?: ResultKeeper | undefined;
  onStart?: ((path: string) => void) | undefined;
  /** Called once a result is durable (with a store). Cancelled files have none. */
  onResult?: ((analysis: Analysis) => void) | undefined;
  /** Told of a file that was cancelled once its turn had come. */
  onCancelled?: ((path: string) => void) | undefined;
  /** Pauses the run, or takes files out of it. */
  control?: RunControl | undefined;
  signal?: AbortSignal | undefined;
}

export class ParallelAnalyzer {
  readonly #files: Pick<ProcessOptions, "workerFile" | "childFile">;
  readonly #workerHeapMB: number;
  readonly #isBackground: boolean;
  readonly #log: Log;
  readonly #inFlight = new WeakMap<object, InFlight>();
  readonly #executors = new Map<ExecutorKind, Executor>();
  readonly #defaults: Settings;
  readonly #setup: WorkerSetup;
  /** Runs so far: the latest goes first. */
  #runs = 0;

  constructor(options: AnalyzerOptions = {}) {
    const {
      workerFile = WORKER_FILE,
      childFile = CHILD_FILE,
      setup = workerSetup(),
      workerHeapMB = 1024,
      isBackground = false,
      log = () => undefined,
      ...settings
    } = options;
    this.#files = { workerFile, childFile };
    this.#workerHeapMB = workerHeapMB;
    this.#isBackground = isBackground;
    this.#log = log;
    this.#defaults = { ...DEFAULTS, ...settings };
    this.#setup = setup;
  }

  /** Of the program, as results have it. */
  get appVersion(): string {
    return this.#setup.appVersion;
  }

  /** Paths may repeat; each file counts once. Throws only what the store throws. */
  async processFiles(files: readonly string[], options: ProcessFilesOptions = {}): Promise<RunSummary> {
    const paths = [...new Set(files.map((file) => resolve(file)))];
    const settings = this.settingsOf(options);
    const { controller: stop, unlink } = abortWith(options.signal ?? new AbortController().signal);
    let closeSlots: (() => void) | undefined;
    try {
      const setup = this.#setup;
      closeSlots = this.#executor(settings.executor, setup).slots.open(settings.workers);
      const lanes = Math.min(settings.workers, paths.length);
      // Each lane listens with what it does.
      setMaxListeners(LISTENERS_PER_LANE * lanes, stop.signal);
      this.#log("info", SCOPE, `run started: ${paths.length} files, ${lanes} workers, ${settings.executor}`);
      const summary = await new FileRun({
        runner: this.#runner(settings, setup),
        lanes,
        files: paths,
        force: options.forceReextract ?? false,
        freshSince: options.freshSince,
        maxRetries: settings.maxRetries,
        requested: requestedBy(settings),
        store: options.store,
        inFlight: this.#inFlightOf(options.store),
        appVersion: setup.appVersion,
        log: this.#log,
        onStart: options.onStart,
        onResult: options.onResult,
        onCancelled: options.onCancelled,
        control: options.control ?? new RunControl(),
        stop,
      }).run();
      this.#log("info", SCOPE, `run ended: ${sums(summary)}`);
      return summary;
    } finally {
      closeSlots?.();
      unlink();
    }
  }

  /** Ends threads and processes; runs should have been cancelled before. */
  async close(): Promise<void> {
    const executors = [...this.#executors.values()];
    this.#executors.clear();
    await Promise.all(executors.map((executor) => executor.close()));
  }

  /** What holds for one run; workers as chosen, whatever the number of files. */
  settingsOf({ useThreading, maxWorkers = 0, ...options }: ProcessFilesOptions): Settings {
    const defaults = this.#defaults;
    const kind = useThreading === undefined ? options.executor : useThreading ? "threads" : "processes";
    const executor = kind ?? defaults.executor;
    return {
      executor,
      workers: executor === "sequential" ? 1 : chooseWorkers(maxWorkers || defaults.workers),
      timeoutSeconds: options.timeoutSeconds ?? defaults.timeoutSeconds,
      maxRetries: options.maxRetries ?? defaults.maxRetries,
      limits: options.limits ?? defaults.limits,
      essentia: options.essentia ?? defaults.essentia,
    };
  }

  #runner(settings: Settings, setup: WorkerSetup): TaskRunner {
    return new TaskRunner({
      kind: settings.executor,
      executor: this.#executor(settings.executor, setup),
      fallback: this.#executor("sequential", setup),
      isolated: new IsolatedProcess({ ...this.#processOptions(setup), onMemory: () => undefined }),
      timeoutSeconds: settings.timeoutSeconds,
      limits: settings.limits,
      requested: requestedBy(settings),
      appVersion: setup.appVersion,
      log: this.#log,
      rank: ++this.#runs,
    });
  }

  #executor(kind: ExecutorKind, setup: WorkerSetup): Executor {
    const executor = this.#executors.get(kind) ?? this.#create(kind, setup);
    this.#executors.set(kind, executor);
    return executor;
  }

  #create(kind: ExecutorKind, setup: WorkerSetup): Executor {
    const { workerFile } = this.#files;
    const [log, heapMB, isBackground] = [this.#log, this.#workerHeapMB, this.#isBackground];
    switch (kind) {
      case "threads":
        return new RecyclingExecutor({
          open: (onMemory) =>
            new ThreadPool({ workerFile, setup: { ...setup, isBackground }, heapMB, log, onMemory }),
          log,
        });
      case "processes":
        return new RecyclingExecutor({
          open: (onMemory) => new ProcessPool({ ...this.#processOptions(setup), onMemory }),
          log,
        });
      case "sequential":
        return new SequentialExecutor({ workerFile, setup });
    }
  }

  #processOptions({ essentiaFile, appVersion }: WorkerSetup): Omit<ProcessOptions, "onMemory"> {
    return {
      ...this.#files,
      essentiaFile,
      appVersion,
      isBackground: this.#isBackground,
      heapMB: this.#workerHeapMB,
      log: this.#log,
    };
  }

  /** Two runs share what is under way only when they keep results in the same place. */
  #inFlightOf(store: ResultKeeper | undefined): InFlight {
    const key = store ?? this;
    const inFlight = this.#inFlight.get(key) ?? new InFlight();
    this.#inFlight.set(key, inFlight);
    return inFlight;
  }
}

function requestedBy({ essentia }: Settings): Requested {
  return { essentia };
}

function sums({ succeeded, failed, unchanged, cancelled, totalMs }: RunSummary): string {
  const seconds = (totalMs / 1000).toFixed(1);
  return `${succeeded} analyzed, ${failed} failed, ${unchanged} unchanged, ${cancelled} cancelled in ${seconds} s`;
}
