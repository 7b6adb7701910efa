/** What comes of a comparison of executors: the same files by each of them, every value against every value. */
import type { ExecutorKind } from "./engineSettings";

/** Bytes. */
export interface TreeMemory {
  /** Proportional: what several processes share is counted once, in shares. */
  pss: number;
  /** Resident: what is shared is counted in each of them. */
  rss: number;
  processes: number;
}

/** One executor's run over all files. */
export interface VerifiedRun {
  executor: ExecutorKind;
  /** How many workers had a file. */
  workers: number;
  asked: number;
  failed: number;
  totalMs: number;
  /** The highest of the run's process and its children; null where the system does not say. */
  peak: TreeMemory | null;
}

/** Threads against another executor. */
export interface VerifiedPair {
  other: ExecutorKind;
  /** Values that were compared. */
  values: number;
  /** How many of them differ. */
  differing: number;
}

export interface VerifyReport {
  /** Absolute paths of the files. */
  files: string[];
  /** Threads first. */
  runs: VerifiedRun[];
  pairs: VerifiedPair[];
  /** All that is wrong, a sentence each: failed files, values that differ, workers that did not start. Empty: passed. */
  faults: string[];
}
