/** The debug line of a worker that has started. */
import type { WorkerReady } from "../../shared/job";
import type { Log } from "../../shared/log";

/** Writes the line when the message is a worker's "ready"; other messages are not for here. */
export function sayReady(message: unknown, log: Log): void {
  const ready = message as Partial<WorkerReady> | null;
  if (ready?.type !== "workerReady") return;
  const ms = Math.round(ready.startMs ?? 0);
  log("debug", "parallel_analyzer", `worker ${ready.workerId} ready in ${ms} ms`);
}
