/** How many files to analyse at once when memory was short. Free of `vscode`. */

/** Half of those there were; null when there was one only. */
export function fewerWorkers(workers: number): number | null {
  return workers > 1 ? Math.floor(workers / 2) : null;
}
