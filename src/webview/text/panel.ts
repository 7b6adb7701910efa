/** What stands in place of the numbers while there are none: one heading, one sentence, what can be done. */
import type { FailureCode } from "../../shared/codes";
import type { PageState } from "../../shared/pageProtocol";
import { CANCEL, type Action } from "./status";

export interface Panel {
  tone: "quiet" | "info" | "error" | "busy";
  title: string;
  text: string;
  /** Small print, such as the code of a failure. */
  detail: string | null;
  /** The first is the one meant. */
  actions: readonly Action[];
  /** ms since 1970; time passed since then is counted. */
  since: number | null;
}

const FAILURE_TITLES: Readonly<Record<FailureCode, string>> = {
  notFound: "The file was not found",
  notAFile: "This is not a file",
  unreadable: "The file could not be read",
  empty: "The file is empty",
  notAudio: "This is not an audio file",
  unsupportedCodec: "This kind of audio is not supported",
  drm: "The file is protected",
  corrupt: "The file is damaged",
  tooLarge: "The file is too large",
  timeout: "The analysis took too long",
  crashedAnalyzer: "The analyzer crashed on this file",
  outOfMemory: "The analysis ran out of memory",
  failedEarlier: "The earlier Playlista failed on this file",
};

const RETRY: Action = { label: "Retry", message: { type: "analyze", force: true } };
const SHOW_LOG: Action = { label: "Show Log", message: { type: "showLog" } };
const ANALYZE: Action = { label: "Analyze Audio", message: { type: "analyze", force: false } };

/** Null for an analysed file. */
export function panelOf(state: PageState): Panel | null {
  switch (state.kind) {
    case "analyzed":
      return null;
    case "loading":
      return panel("busy", "Loading", "Reading what is stored of this file.");
    case "restricted":
      return panel(
        "info",
        "Restricted Mode",
        "This folder is not trusted, so nothing in it is analyzed. Stored analyses can still be read.",
      );
    case "engineRestarting":
      return panel("busy", "Starting again", "The analysis engine stopped and is starting again.");
    case "gone":
      return panel(
        "error",
        "The file is gone",
        "It was moved, renamed or deleted, and nothing is stored of it.",
      );
    case "notAnalyzed":
      return panel("quiet", "", "Tempo, key and loudness of this file have not been measured yet.", [
        ANALYZE,
      ]);
    case "queued":
      return panel("busy", "Waiting", "Other files are analyzed first.", [CANCEL]);
    case "running":
      return { ...panel("busy", "Analyzing", "", [CANCEL]), since: state.startedAt };
    case "failed":
      return failedPanel(state);
  }
}

function failedPanel(state: Extract<PageState, { kind: "failed" }>): Panel {
  const attempts = state.analysis.error?.attempts ?? 1;
  const tried = attempts > 1 ? `, tried ${attempts} times` : "";
  return {
    ...panel("error", FAILURE_TITLES[state.code], state.message, [RETRY, SHOW_LOG]),
    detail: `${state.code}${tried}`,
  };
}

function panel(tone: Panel["tone"], title: string, text: string, actions: readonly Action[] = []): Panel {
  return { tone, title, text, detail: null, actions, since: null };
}
