/**
 * The place where one file is analysed: a thread or this process. What can go wrong is a value; the run
 * decides what becomes of the file.
 */
import type { AnalysisAnswer, AnalysisJob } from "../../shared/job";
import type { Slots } from "./Slots";

export type TaskOutcome =
  | { kind: "answered"; answer: AnalysisAnswer }
  /** By the signal. */
  | { kind: "aborted" }
  /** The analyzer died or threw while it had this file. */
  | { kind: "crashed"; code: "crashedAnalyzer" | "outOfMemory"; message: string }
  /** There was nowhere to run it; the file was not touched. */
  | { kind: "notStarted"; message: string };

/** Workers of one kind. */
export interface WorkerPool {
  /** `onTaken` is told when a worker has the file in hand: before that one may have to start. */
  run(job: AnalysisJob, signal: AbortSignal, onTaken?: () => void): Promise<TaskOutcome>;
  /** Ends what runs and frees the workers. */
  close(): Promise<void>;
}

export interface Executor extends WorkerPool {
  /** Taken by who calls, for as long as a file runs. */
  readonly slots: Slots;
}

/** A thrown value as a crash, told apart by the one code that matters. */
export function toCrash(error: unknown): Extract<TaskOutcome, { kind: "crashed" }> {
  const message = error instanceof Error ? error.message : String(error);
  const isMemory = (error as NodeJS.ErrnoException | null)?.code === "ERR_WORKER_OUT_OF_MEMORY";
  return { kind: "crashed", code: isMemory ? "outOfMemory" : "crashedAnalyzer", message };
}
