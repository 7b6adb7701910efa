/** The closed lists that code switches on: why a file failed, what is doubtful about it, why a value is null. */

export const FAILURE_CODES = [
  "notFound",
  "notAFile",
  "unreadable",
  "empty",
  "notAudio",
  "unsupportedCodec",
  "drm",
  "corrupt",
  "tooLarge",
  "timeout",
  "crashedAnalyzer",
  "outOfMemory",
  /** Not here: in the earlier Playlista, whose database was imported. */
  "failedEarlier",
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export const WARNING_CODES = ["truncated", "damaged", "changedWhileRead", "tagMismatch"] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

/** Why a value is null, with the words a user sees. */
export const MISSING_REASONS = {
  silence: "silence",
  inaudible: "too soft, or above what is heard",
  tooShort: "too short to measure",
  mono: "one channel only",
  notTonal: "no clear key",
  noBeat: "no clear beat",
  noBar: "no clear bar",
  tooManyChannels: "more than two channels",
  essentiaFailed: "essentia.js failed",
  imported: "not imported: analyze to measure it",
  notKept: "its file is gone: analyze again",
} as const;
export type MissingReason = keyof typeof MISSING_REASONS;
