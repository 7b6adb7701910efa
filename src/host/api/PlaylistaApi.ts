/** What `activate` gives to other extensions. docs/api.md shows its use; a change of it raises `apiVersion`. */
import type { CancellationToken, Event, Uri } from "vscode";
import type { Analysis } from "../../shared/analysis";
import type { RunSummary } from "../../shared/engineProtocol";

export interface PlaylistaApi {
  readonly apiVersion: 1;
  /**
   * Analyses files and folders (absolute paths, or Uris of scheme "file"), as "Analyze Audio" does: unchanged files
   * are passed by, results are kept, the run is seen and can be cancelled. Resolves when what was asked is over, also
   * when files failed or it was cancelled. Rejects with {@link PlaylistaApiError}.
   */
  analyzeFiles(files: readonly (Uri | string)[], options?: ApiAnalyzeOptions): Promise<RunSummary>;
  /** The stored result of a file, state "analyzed" or "failed"; null where there is none. Analyses nothing. */
  getAnalysis(file: Uri | string): Promise<Analysis | null>;
  /** A file was analysed or failed, whoever asked for it. */
  readonly onDidAnalyze: Event<AnalyzedEvent>;
}

export interface ApiAnalyzeOptions {
  /** Analyses again what is unchanged. */
  force?: boolean;
  /** Cancels what was asked with it; what is done is kept. */
  token?: CancellationToken;
}

export interface AnalyzedEvent {
  uri: Uri;
  /** With state "failed" and `error` for a file that could not be analysed. */
  analysis: Analysis;
}

/** Why a call could not be done. Compare `code`: classes are not shared between extensions. */
export interface PlaylistaApiError extends Error {
  code:
    /** The workspace is not trusted: nothing is analysed. */
    | "restricted"
    /** Not an absolute path, or not on a disk. */
    | "notOnDisk"
    /** The engine ended before its answer; what was done is kept. */
    | "stopped"
    /** The library could not be written, or a fault of ours; the message says which. */
    | "failed";
}
