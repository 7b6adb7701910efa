/** The row under the header while numbers are shown: whether they can be trusted, and what can be done. */
import type { Analysis } from "../../shared/analysis";
import { MEASUREMENTS } from "../../shared/measurements";
import type { PageState, PageToHost } from "../../shared/pageProtocol";
import { outdatedVersions, provenance, type Locale } from "./provenance";

export interface Action {
  label: string;
  message: PageToHost;
}

export interface Status {
  tone: "ok" | "info" | "warning" | "error" | "busy";
  text: string;
  /** Said more quietly after the text. */
  detail: string | null;
  action: Action | null;
  /** ms since 1970; time passed since then is counted in the row. */
  since: number | null;
}

export const REANALYZE: Action = { label: "Re-analyze", message: { type: "analyze", force: true } };
const ANALYZE: Action = { label: "Analyze", message: { type: "analyze", force: false } };
export const CANCEL: Action = { label: "Cancel", message: { type: "cancel" } };

/** Null in a state that has no numbers to show. */
export function statusOf(state: PageState, shown: Analysis, locale?: Locale): Status | null {
  const detail = provenance(shown, locale);
  const status = (tone: Status["tone"], text: string, action: Action | null = null): Status => ({
    tone,
    text,
    detail,
    action,
    since: null,
  });
  switch (state.kind) {
    case "queued":
      return status("busy", "Waiting for its turn. These are the earlier numbers.", CANCEL);
    case "running":
      return {
        ...status("busy", "Analyzing. These are the earlier numbers.", CANCEL),
        since: state.startedAt,
      };
    case "engineRestarting":
      return status("busy", "The analysis engine stopped and is starting again.");
    case "analyzed":
      return analyzedStatus(state, status, locale);
    case "loading":
    case "restricted":
    case "gone":
    case "notAnalyzed":
    case "failed":
      return null;
  }
}

function analyzedStatus(
  state: Extract<PageState, { kind: "analyzed" }>,
  status: (tone: Status["tone"], text: string, action?: Action | null) => Status,
  locale: Locale | undefined,
): Status {
  if (state.fileState === "gone") return status("error", "The file is gone. These are the numbers it had.");
  if (state.fileState === "changed")
    return status("warning", "The file has changed since it was measured.", REANALYZE);
  if (state.analysis.state === "imported")
    return status("info", "Not measured by this version: analyze to replace these numbers.", ANALYZE);
  if (state.outdated) {
    const versions = outdatedVersions(state.analysis);
    return status("info", `Measured by an older method${versions && ` (${versions})`}.`, REANALYZE);
  }
  if (state.lacking.length > 0) {
    const names = state.lacking.map((id) => MEASUREMENTS[id].label).join(", ");
    return status("info", `Not measured yet, but asked for in the settings: ${names}.`, ANALYZE);
  }
  return { ...status("ok", provenance(state.analysis, locale, ", unchanged since")), detail: null };
}
