/**
 * The words of importing databases of the earlier Playlista (the Python program): its forms, why a value or a file
 * is left out, and the summary that the user reads before and after.
 */

/** The forms in which the earlier program kept its results, told apart by their tables. */
export const EARLIER_VARIANTS = {
  A1: "first scripts (audio_features, to July 2025)",
  A2: "package (audio_features with MusiCNN, July 2025)",
  R: "results as JSON (analysis_results, end of July 2025)",
  N: "split tables (tracks with feature tables, 1 August 2025)",
  B: "tracks with values in the cache (August 2025)",
  C: "component tables (August 2025)",
  D: "export of the PostgreSQL form",
  E: "one wide table (August 2025)",
} as const;
export type EarlierVariant = keyof typeof EARLIER_VARIANTS;

/** Why a value does not come over. */
export const LEFT_OUT_REASONS = {
  placeholder: "stood for “not known” there",
  outOfRange: "is none that such a value can have",
  wrongInput: "was computed from the wrong input",
  wrongOutput: "was taken from the wrong output",
  constant: "was always the same there",
  repeated: "only repeats another value",
  otherMeasure: "is a measure of its own, to be compared with nothing",
  thresholds: "was a sum of thresholds over wrong values",
  partOnly: "tells of a part of the file only",
  unvouched: "was made in a way that nothing tells of",
  neverFilled: "was filled by no version of the program",
  outsideService: "came from an outside service",
  standIn: "may come from a model that was never trained",
  noModel: "has nothing here to be compared with",
  otherTag: "is a tag that is read again with the file",
  unknownName: "is not known to this program",
} as const;
export type LeftOutReason = keyof typeof LEFT_OUT_REASONS;

/** Why a file does not come over. */
export const SKIP_REASONS = {
  noSuchFile: "no such file here",
  otherContent: "the file here has another size",
  ambiguous: "several files here have its name and size",
  unusablePath: "its path can't be used",
  seenOnly: "listed there, never analyzed",
  nothingKept: "no value that can be trusted",
  repeated: "in the database more than once",
  alreadyAnalyzed: "analyzed here already",
} as const;
export type SkipReason = keyof typeof SKIP_REASONS;

/** The folder `from`, as the earlier database writes it, is `to` here (absolute). */
export interface FolderMapping {
  from: string;
  to: string;
}

/** What an import does, or would do. imported + failed + skipped = tracks. */
export interface ImportSummary {
  variant: EarlierVariant;
  /** Files that the database names. */
  tracks: number;
  imported: number;
  /** Files that come over as failed. */
  failed: number;
  /** By reason, the frequent ones first; with the first few paths as they are written there. */
  skipped: { reason: SkipReason; count: number; examples: string[] }[];
  /** Values that are left out, the frequent ones first. */
  leftOut: { name: string; reason: LeftOutReason; count: number }[];
  /** Rows of values that belong to no file any more. */
  orphaned: number;
  playlists: number;
  playlistEntries: number;
  /** Entries of playlists whose file is not to be found. */
  playlistOrphans: number;
  mapping: FolderMapping | null;
  /** Sentences about the database file. */
  warnings: string[];
  /** True when nothing was written. */
  isPreview: boolean;
}
