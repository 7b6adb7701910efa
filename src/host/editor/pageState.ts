/**
 * What the analysis page shows, decided from what is known about its file. Free of `vscode`: this is the one
 * place where the states' order of precedence stands.
 */
import type { Analysis } from "../../shared/analysis";
import { isOutdated } from "../../shared/freshness";
import type { FileStamp } from "../../shared/freshness";
import type { PageState } from "../../shared/pageProtocol";
import { fileState } from "./fileState";

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
}

/** The state to show. */
export function pageState({ analysis, disk, isTrusted, asked, runningSince }: PageFacts): PageState {
  if (runningSince !== null) return { kind: "running", startedAt: runningSince };
  const state = fileState(analysis?.file ?? null, disk);
  const isDone =
    analysis !== null && analysis.state !== "failed" && state === "same" && !isOutdated(analysis);
  if (asked && state !== "gone" && (asked.force || !isDone)) return { kind: "queued" };
  if (analysis?.state === "failed" && analysis.error) {
    if (state === "gone") return { kind: "gone" };
    return { kind: "failed", code: analysis.error.code, message: analysis.error.message, analysis };
  }
  if (analysis && analysis.state !== "cancelled") {
    return { kind: "analyzed", analysis, fileState: state, outdated: isOutdated(analysis) };
  }
  if (state === "gone") return { kind: "gone" };
  return isTrusted ? { kind: "notAnalyzed" } : { kind: "restricted" };
}
