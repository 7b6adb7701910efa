/**
 * What the analysis page shows, decided from what is known about its file. Free of `vscode`: this is the one
 * place where the states' order of precedence stands.
 */
import type { Analysis } from "../../shared/analysis";
import { isOutdated, lackingMeasurements } from "../../shared/freshness";
import type { FileStamp } from "../../shared/freshness";
import type { Requested } from "../../shared/measurements";
import type { PageState } from "../../shared/pageProtocol";
import { fileState } from "../files/fileState";

export interface PageFacts {
  /** The stored result, or null when there is none. */
  analysis: Analysis | null;
  /** The file as it is now, or null when it is gone. */
  disk: FileStamp | null;
  isTrusted: boolean;
  /** A run that will still look at this file, or null. */
  asked: { force: boolean } | null;
  /** When the analysis of this file began (ms since 1970), or null when it is not going on. */
  runningSince: number | null;
  /** What the settings ask for beside what is always measured. */
  requested: Requested;
}

/** The state to show. */
export function pageState(facts: PageFacts): PageState {
  const { analysis, disk, isTrusted, asked, runningSince, requested } = facts;
  if (runningSince !== null) return { kind: "running", startedAt: runningSince };
  const state = fileState(analysis?.file ?? null, disk);
  const isDone =
    analysis !== null && analysis.state !== "failed" && state === "same" && !isOutdated(analysis, requested);
  if (asked && state !== "gone" && (asked.force || !isDone)) return { kind: "queued" };
  if (analysis?.state === "failed" && analysis.error) {
    if (state === "gone") return { kind: "gone" };
    return { kind: "failed", code: analysis.error.code, message: analysis.error.message, analysis };
  }
  if (analysis && analysis.state !== "cancelled") {
    const lacking = lackingMeasurements(analysis, requested);
    return { kind: "analyzed", analysis, fileState: state, outdated: isOutdated(analysis), lacking };
  }
  if (state === "gone") return { kind: "gone" };
  return isTrusted ? { kind: "notAnalyzed" } : { kind: "restricted" };
}
