/** What workers say of themselves: a debug line when one has started, and how much memory one holds. */
import type { WorkerSays } from "../../shared/job";
import type { Log } from "../../shared/log";

export interface Hearing {
  log: Log;
  /** Told after each file with what its worker holds, in bytes. */
  onMemory: (bytes: number) => void;
}

/** Takes in a message of a worker; messages of others are not for here. */
export function hearWorker(message: unknown, { log, onMemory }: Hearing): void {
  const said = message as WorkerSays | null;
  if (said?.type === "workerMemory") onMemory(said.bytes);
  if (said?.type !== "workerReady") return;
  const model = said.model ?? "no model";
  log(
    "debug",
    "parallel_analyzer",
    `worker ${said.workerId} ready in ${Math.round(said.startMs)} ms, ${model}`,
  );
}
