/** What goes to a worker for one file, and what comes back. Plain data: it crosses a thread. */
import type { Analysis } from "./analysis";
import type { AnalysisLimits } from "./limits";
import type { Requested } from "./measurements";

export interface AnalysisJob extends Requested {
  /** Absolute. */
  path: string;
  limits: AnalysisLimits;
  /** Hashes (SHA-256) of contents with a result that will do: a file that has one of them need not be decoded. */
  known?: readonly string[];
}

export interface AnalysisAnswer {
  /** "unchanged", with the file's facts alone, when its content is one of those that were known. */
  analysis: Analysis;
  /** The encoded view (viewFile.ts), in which the segments are kept; null when nothing was decoded. */
  view: Uint8Array | null;
}

/** What a worker is given once, at its start. */
export interface WorkerSetup {
  /** Absolute path of essentia.js' essentia-wasm.web.wasm: read when its values are first asked for. */
  essentiaFile: string;
  appVersion: string;
  /** Absent: the number of the thread. */
  workerId?: number;
  /** Gives way to all else that runs, where the system can do that. */
  isBackground?: boolean;
}

/** What a worker in a process of its own is given at its start. */
export interface ChildSetup {
  /** Absolute path of the built worker file. */
  workerFile: string;
  /** Absolute path of essentia.js' essentia-wasm.web.wasm. */
  essentiaFile: string;
  appVersion: string;
  isBackground: boolean;
  /** The number of the process that starts it. */
  engine: number;
}

/** What a worker says about itself, once. */
interface WorkerReady {
  type: "workerReady";
  /** The number of its thread, or of its process. */
  workerId: number;
  startMs: number;
  /** The name of its model; null without one. */
  model: string | null;
}

/** What a worker holds when it is done with a file. */
interface WorkerMemory {
  type: "workerMemory";
  bytes: number;
}

/** What a worker says when it begins with a file. */
interface TaskStarted {
  type: "taskStarted";
  path: string;
}

/** What a worker says besides its answers. */
export type WorkerSays = WorkerReady | WorkerMemory | TaskStarted;

/** As much of an AbortSignal as a task looks at, between blocks. */
export interface CancelSignal {
  readonly aborted: boolean;
}

/** The face of the built worker file: the task that each executor runs. */
export type AnalyzeTask = (job: AnalysisJob, context?: { signal?: CancelSignal }) => Promise<AnalysisAnswer>;

/**
 * What the built worker file exports. In a thread it sets itself up from `workerData`; elsewhere (sequential
 * analysis in the engine's own process) `configure` is called before the first task.
 */
export interface WorkerModule {
  default: AnalyzeTask;
  configure: (setup: WorkerSetup) => void;
}
