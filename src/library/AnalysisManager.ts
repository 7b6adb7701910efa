/** API skeleton: bodies follow within minutes. */
import type { Analysis } from "../shared/analysis";
import type { RunProgress, RunSummary } from "../shared/engineProtocol";
import type { Log } from "../shared/log";
import type { ParallelAnalyzer } from "./queue/ParallelAnalyzer";
import type { TrackStore } from "./store/TrackStore";

export interface ManagerOptions {
  store: TrackStore;
  analyzer: ParallelAnalyzer;
  log?: Log;
}

export interface AnalyzeFilesOptions {
  forceReextract?: boolean;
  maxWorkers?: number;
  useThreading?: boolean;
  /** Globs that a folder search passes over. */
  exclude?: readonly string[];
  /** The same object shape at every change; not throttled. */
  onProgress?: (progress: Omit<RunProgress, "runId">) => void;
  /** A durable result (`analysis.path` absolute) and its file as it was given. */
  onResult?: (analysis: Analysis, given: string) => void;
  signal?: AbortSignal;
}

export class AnalysisManager {
  /** For reading; writing goes through this manager. */
  readonly store: TrackStore;

  constructor(options: ManagerOptions) {
    this.store = options.store;
  }
  /** Paths are files and folders, absolute or relative to the working directory. Throws StoreError. */
  analyzeFiles(_paths: readonly string[], _options: AnalyzeFilesOptions = {}): Promise<RunSummary> {
    throw new Error("skeleton");
  }
  /** Forgets results (never files); resolves to the absolute paths forgotten. Throws StoreError. */
  remove(_paths: readonly string[]): Promise<string[]> {
    throw new Error("skeleton");
  }
}
