/** The sums of several runs as of one. Free of `vscode`. */
import type { RunSummary } from "../../shared/engineProtocol";

/** Of no run it is the summary of no files. */
export function addSummaries(summaries: readonly RunSummary[]): RunSummary {
  const sum = (value: (summary: RunSummary) => number): number =>
    summaries.reduce((total, summary) => total + value(summary), 0);
  return {
    asked: sum(({ asked }) => asked),
    succeeded: sum(({ succeeded }) => succeeded),
    failed: sum(({ failed }) => failed),
    unchanged: sum(({ unchanged }) => unchanged),
    cancelled: sum(({ cancelled }) => cancelled),
    // They went on side by side.
    totalMs: Math.max(0, ...summaries.map(({ totalMs }) => totalMs)),
    workers: Math.max(0, ...summaries.map(({ workers }) => workers)),
    firstFailure: summaries.find(({ firstFailure }) => firstFailure)?.firstFailure ?? null,
    fellBack: summaries.some(({ fellBack }) => fellBack),
  };
}
