/** The user's settings as the library takes them, whether they come from the editor, flags or a file. */
import type { AnalysisLimits } from "./limits";
import type { Requested } from "./measurements";

/** Where files are analysed: threads of the engine, processes of their own, or the engine itself, one by one. */
export type ExecutorKind = "threads" | "processes" | "sequential";

/** The meaning of the user's settings, as the library takes them. */
export interface EngineSettings extends Requested {
  executor: ExecutorKind;
  /** 0: chosen from processors and free memory. */
  workers: number;
  /** Limit for one file in seconds; large files get more in proportion. */
  timeoutSeconds: number;
  /** How often a file that failed and has not changed is tried again unasked. */
  maxRetries: number;
  limits: AnalysisLimits;
  /** Globs (relative to the searched folder) that a folder search passes over. */
  exclude: string[];
}
