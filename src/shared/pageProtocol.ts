/**
 * What the analysis page and the extension host say to each other. The page can name no path: it asks for
 * things about "its" file, which the host knows.
 */
import type { Analysis } from "./analysis";
import type { FailureCode } from "./codes";
import type { MeasurementId } from "./measurements";

export interface PageFile {
  /** File name with extension. */
  name: string;
  /** Folder as shown: relative to the workspace where it can be. */
  folder: string;
  /** Address the page may play from. */
  mediaUri: string;
  /** False in Restricted Mode. */
  canAnalyze: boolean;
}

/** What the file on disk is now, against the stored analysis. */
export type FileState = "same" | "changed" | "gone";

export type PageState =
  | { kind: "loading" }
  | { kind: "restricted" }
  | { kind: "engineRestarting" }
  | { kind: "gone" }
  | { kind: "notAnalyzed" }
  | { kind: "queued" }
  /** `startedAt`: ms since 1970. */
  | { kind: "running"; startedAt: number }
  | { kind: "failed"; code: FailureCode; message: string; analysis: Analysis }
  | {
      kind: "analyzed";
      analysis: Analysis;
      fileState: FileState;
      outdated: boolean;
      /** Asked for since: the rest of the result is good. */
      lacking: readonly MeasurementId[];
    };

export type HostToPage =
  | { type: "state"; version: 1; file: PageFile; state: PageState }
  | { type: "waveform"; version: 1; bytes: Uint8Array };

export type PageToHost =
  | { type: "ready" }
  | { type: "analyze"; force: boolean }
  | { type: "cancel" }
  | { type: "showLog" }
  | { type: "copyValues" };
