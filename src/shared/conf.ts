/** A playlista.conf as it was read: what becomes of each of its keys. */
import type { EngineSettings } from "./engineSettings";
import type { AnalysisLimits } from "./limits";

/** What such a file can set, in the words of today's settings. */
export type ConfSettings = Partial<
  Pick<EngineSettings, "executor" | "workers" | "timeoutSeconds" | "maxRetries" | "exclude"> &
    Pick<AnalysisLimits, "maxFileSizeMB">
>;

/** What became of one key. */
export interface ConfOutcome {
  key: string;
  /** 1 is the first. */
  line: number;
  /** As written, without quotes and comment; null for a secret. */
  text: string | null;
  /** What it sets, or helps to set; null when it has no effect. */
  sets: keyof ConfSettings | null;
  /** Why it has no effect, in a sentence; null when it has. */
  reason: string | null;
}

/** What a user should know of a line. */
export interface ConfNotice {
  /** 1 is the first; null where it is about no one line. */
  line: number | null;
  /** A sentence without the values of secrets. */
  message: string;
}

/** What crosses to who shows it. */
export interface ConfPreview {
  settings: ConfSettings;
  /** In the order of the file. */
  outcomes: ConfOutcome[];
  notices: ConfNotice[];
}
