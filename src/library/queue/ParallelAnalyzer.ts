/** API skeleton: bodies follow within minutes. */
import type { Analysis } from "../../shared/analysis";
import type { ExecutorKind, RunSummary } from "../../shared/engineProtocol";
import type { AnalysisAnswer, WorkerSetup } from "../../shared/job";
import type { Log } from "../../shared/log";

export interface AnalyzerSettings {
  executor: ExecutorKind;
  /** 0: chosen from processors and memory. */
  workers: number;
  timeoutSeconds: number;
  /** 0: no limit. */
  maxFileSizeMB: number;
}

export interface AnalyzerOptions extends Partial<AnalyzerSettings> {
  /** The built worker; by default analyzer.js beside the running bundle. */
  workerFile?: string;
  /** By default made from essentia.wasm beside the running bundle. */
  setup?: WorkerSetup;
  log?: Log;
}

/** Where results are looked up and kept: a TrackStore. */
export interface ResultKeeper {
  get(path: string): Analysis | null;
  put(answer: AnalysisAnswer): Promise<Analysis>;
}

export interface ProcessFilesOptions {
  /** Analyse again what is unchanged. */
  forceReextract?: boolean;
  /** 0 or absent: the setting. */
  maxWorkers?: number;
  /** true: threads, false: sequential, absent: the setting. */
  useThreading?: boolean;
  /** Without one every file is analysed and nothing kept. */
  store?: ResultKeeper;
  onStart?: (path: string) => void;
  /** Called once a result is durable (with a store). Cancelled files have none. */
  onResult?: (analysis: Analysis) => void;
  signal?: AbortSignal;
}

export class ParallelAnalyzer {
  constructor(_options: AnalyzerOptions = {}) {
    // skeleton
  }
  /** Holds from the next run on. */
  configure(_settings: Partial<AnalyzerSettings>): void {
    throw new Error("skeleton");
  }
  processFiles(_files: readonly string[], _options: ProcessFilesOptions = {}): Promise<RunSummary> {
    throw new Error("skeleton");
  }
  close(): Promise<void> {
    throw new Error("skeleton");
  }
}
