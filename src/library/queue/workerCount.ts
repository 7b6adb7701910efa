/** How many files to analyse at once. */
import { availableParallelism } from "node:os";
import { availableMemory } from "./memory";

/** What one worker takes at its peak: decoder, feature frames of a long file. */
const BYTES_PER_WORKER = 400 * 1024 * 1024;
/** Share of the memory there is that analysis may take without being asked. */
const MEMORY_SHARE = 0.5;
/** As the setting allows at most. */
const MAX_WORKERS = 64;

/** `wished` 0 or no whole number: chosen from processors and memory. */
export function chooseWorkers(wished: number): number {
  const isWish = Number.isInteger(wished) && wished > 0;
  return Math.max(1, isWish ? Math.min(wished, MAX_WORKERS) : automaticWorkers());
}

function automaticWorkers(): number {
  const workers = Math.floor((availableMemory() * MEMORY_SHARE) / BYTES_PER_WORKER);
  return Math.min(availableParallelism(), workers);
}
