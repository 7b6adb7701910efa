/**
 * What the extension host and the engine process say to each other: JSON-RPC over the child's IPC channel.
 * Requests go from host to engine, notifications from engine to host. The engine is forked with
 * `serialization: "advanced"`, so that bytes arrive as bytes.
 */
import type { Analysis, TrackState } from "./analysis";
import type { FailureCode } from "./codes";
import type { FolderMapping, ImportSummary } from "./earlier";
import type { ConfPreview } from "./conf";
import type { EngineSettings, ExecutorKind } from "./engineSettings";
import type { FileStamp } from "./freshness";
import type { LogLine } from "./log";
import type { VerifyReport } from "./verify";

export type { EngineSettings, ExecutorKind } from "./engineSettings";

/** One store: a database file and the folder that its relative paths start from. */
export interface StoreLocation {
  /** Absolute path of `library.sqlite`. */
  database: string;
  /** Absolute; files below it are kept by relative path, others by absolute path. */
  root: string;
  /** In Restricted Mode nothing is written beside it, not even a lock. */
  isRestricted?: true;
}

export interface AnalyzeParams {
  runId: string;
  store: StoreLocation;
  /** Absolute paths of files and folders. */
  paths: string[];
  /** Analyse again what is unchanged. */
  force: boolean;
  /** Nobody picked these paths: the globs that a search passes over hold for each of them, from the store's root. */
  isUnasked?: boolean;
  /** When this was first asked for (ISO 8601): with `force`, a result made since then counts as made for it. */
  askedAt: string;
  /** They hold for this run to its end, whatever is set meanwhile. */
  settings: EngineSettings;
}

export interface FailedFile {
  path: string;
  code: FailureCode;
  message: string;
}

/** succeeded + failed + unchanged + cancelled = asked. */
export interface RunSummary {
  asked: number;
  succeeded: number;
  failed: number;
  unchanged: number;
  cancelled: number;
  totalMs: number;
  workers: number;
  /** The first of the failed files; the store has them all. */
  firstFailure: FailedFile | null;
  /** True when workers could not be started and files were analysed one by one instead. */
  fellBack: boolean;
}

/** One line of a tree: what can be shown without asking again. */
export interface TrackRow {
  /** Absolute. */
  path: string;
  state: Exclude<TrackState, "unchanged" | "cancelled">;
  errorCode: FailureCode | null;
  errorMessage: string | null;
  warnings: number;
  duration: number | null;
  tempo: number | null;
  camelot: string | null;
  integrated: number | null;
  /** The file as it was when this was made; null where not even that could be read. */
  file: FileStamp | null;
}

export interface FolderRow {
  /** Absolute. */
  path: string;
  /** Tracks in it, at any depth. */
  tracks: number;
  failed: number;
}

export interface FolderPage {
  /** Given with the first page (offset 0) only. */
  folders: FolderRow[];
  tracks: TrackRow[];
  /** Tracks of this folder that come after this page. */
  remaining: number;
}

/** Some of the tracks that a search has found, in their order, and how many it has found in all. */
export interface SearchPage {
  tracks: TrackRow[];
  total: number;
}

/** What tracks can be grouped by; "tag" is the genre. */
export const GROUPINGS = ["tempo", "key", "tag", "state"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Tracks that have something in common. */
export interface TrackGroup {
  /** What it is: "120" for 120 up to 130 BPM, "8A", "House", "failed"; null where it is not known. */
  name: string | null;
  /** What finds these tracks, in the search language. */
  query: string;
  tracks: number;
}

/** What is wrong with a query, and where in it (UTF-16, from 0). */
export interface QueryProblem {
  message: string;
  at: number;
  length: number;
}

/** What a query finds, or why it cannot be understood. */
export type SearchAnswer<T> = { found: T; problem: null } | { found: null; problem: QueryProblem };

/** A table of all values, results as `--json` prints them, or a list that players open. */
export const EXPORT_FORMATS = ["csv", "jsonl", "m3u8"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

interface ExportParams {
  store: StoreLocation;
  /** In the search language; "" is all. */
  query: string;
  format: ExportFormat;
  /** Absolute. */
  file: string;
  /** Whether a file that is there may be replaced. */
  overwrite: boolean;
}

/** How many tracks were written, and how many of those found a playlist cannot have. */
export interface Exported {
  written: number;
  leftOut: number;
}

/** What keeps a library in order. */
export type Maintenance = "backUp" | "check" | "compact" | "removeMissing" | "forgetFailures";

/** What came of it; each has what it is about. */
export type Maintained =
  /** The copy's path; null where there is no database yet. */
  | { action: "backUp"; file: string | null }
  /** What is wrong, a sentence each. */
  | { action: "check"; tracks: number; problems: string[] }
  /** Bytes. */
  | { action: "compact"; freed: number }
  /** The absolute paths whose results were forgotten. */
  | { action: "removeMissing" | "forgetFailures"; removed: string[] };

/** How an answer in SQL is written down. */
export type SqlFormat = "table" | "csv" | "json";

/** An answer in SQL as a document, or why there is none. */
export type SqlAnswer =
  { text: string; rows: number; isCut: boolean; problem: null } | { text: null; problem: string };

export interface StoreCounts {
  analyzed: number;
  failed: number;
  imported: number;
}

export interface FolderParams {
  store: StoreLocation;
  /** Absolute; null lists the top: the root's own entries and folders outside it. */
  folder: string | null;
  offset: number;
  limit: number;
}

export interface VerifyParams {
  /** For `cancel` and `verifyProgress`. */
  runId: string;
  /** Absolute paths of files and folders. */
  paths: string[];
  /** Globs that a folder search passes over. */
  exclude: string[];
  /** Of more files so many are chosen. */
  maxFiles: number;
  /** 0: chosen from processors and memory. */
  workers: number;
}

interface VerifyProgress {
  runId: string;
  executor: ExecutorKind;
  /** Files that are done, over all executors. */
  done: number;
  total: number;
}

export interface ImportParams {
  /** For `cancel` and `importProgress`. */
  runId: string;
  store: StoreLocation;
  /** Absolute path of a database, or an export, of the earlier Playlista. */
  path: string;
  /** Which folder there is which here; null: paths are right as they are. */
  mapping: FolderMapping | null | "suggested";
  /** Says what would come over and writes nothing. */
  isPreview: boolean;
}

/** What an import does, or why there is none, in a sentence. */
export type ImportAnswer = { summary: ImportSummary; problem: null } | { summary: null; problem: string };

interface ImportProgress {
  runId: string;
  /** Files that were looked for here, of those that the database names. */
  done: number;
  total: number;
}

/** What is in a playlista.conf, or why that can't be said, in a sentence. */
export type ConfAnswer = { preview: ConfPreview; problem: null } | { preview: null; problem: string };

/** Method name → parameters and result. */
export interface EngineRequests {
  analyze: { params: AnalyzeParams; result: RunSummary };
  cancel: { params: { runId: string }; result: null };
  /** Lets what is under way end and begins nothing new, until `resume`. */
  pause: { params: { runId: string }; result: null };
  resume: { params: { runId: string }; result: null };
  /** Cancels one file of a run (absolute path), whether its turn has come or not. */
  cancelFile: { params: { runId: string; path: string }; result: null };
  /** The stored result with an absolute path, or null when there is none. */
  getAnalysis: { params: { store: StoreLocation; path: string }; result: Analysis | null };
  /** The encoded view with its waveform (viewFile.ts), or null. */
  getView: { params: { store: StoreLocation; path: string }; result: Uint8Array | null };
  listFolder: { params: FolderParams; result: FolderPage };
  listFailed: { params: { store: StoreLocation; limit: number }; result: TrackRow[] };
  /** Tracks that a query in the search language finds, among those that another one (`within`) does. */
  search: {
    params: { store: StoreLocation; query: string; within: string; offset: number; limit: number };
    result: SearchAnswer<SearchPage>;
  };
  /** The groups of what a query finds. */
  groups: {
    params: { store: StoreLocation; query: string; by: Grouping };
    result: SearchAnswer<TrackGroup[]>;
  };
  /** Fails as "inUse" while another process writes. */
  maintain: { params: { store: StoreLocation; action: Maintenance }; result: Maintained };
  /** One question in SQL that changes nothing, answered from a copy within a time limit. */
  sql: {
    params: { store: StoreLocation; sql: string; format: SqlFormat; maxRows: number; timeoutMs: number };
    result: SqlAnswer;
  };
  /** Writes what a query finds to a file. */
  export: { params: ExportParams; result: SearchAnswer<Exported> };
  count: { params: { store: StoreLocation }; result: StoreCounts };
  /** Forgets results (never files). Paths may be folders. Fails as "inUse" while another process writes. */
  remove: { params: { store: StoreLocation; paths: string[] }; result: null };
  /** The same files by every executor, every value compared; null when it was cancelled. */
  verify: { params: VerifyParams; result: VerifyReport | null };
  /** Reads a playlista.conf (absolute path); values of secrets stay in the engine. */
  readConf: { params: { path: string }; result: ConfAnswer };
  /** Takes over a database of the earlier Playlista; null when it was cancelled. */
  importEarlier: { params: ImportParams; result: ImportAnswer | null };
  /** Reads the database again if another process has written it. */
  refresh: { params: { store: StoreLocation }; result: { changed: boolean } };
}

/** Why the store cannot do what was asked: the user's to solve. */
export type StoreErrorCode =
  /** Made by a newer version of Playlista: can be read, not written. */
  | "newerVersion"
  /** A file that is not Playlista's database lies where it should be. */
  | "notOurs"
  /** Another process took the database over while this one was stopped. */
  | "lockLost"
  /** Another process writes, and it was not waited for. */
  | "inUse"
  /** No permission to read it, the disk fails, or a part of it is damaged. */
  | "cannotRead"
  /** No permission, no space, no such disk. */
  | "cannotWrite"
  /** Nothing can be written where it lies, found out before anything was. */
  | "readOnly";

/** Goes with an answer that is an error; its message is a sentence for the user. */
export interface EngineErrorData {
  /** "bug": the trace is in the log. */
  code: StoreErrorCode | "bug";
}

export interface RunProgress {
  runId: string;
  /** False while folders are still being searched. */
  counted: boolean;
  total: number;
  done: number;
  failed: number;
  /** Files being analysed now, absolute. */
  active: string[];
  /** Who holds the database while this run waits for it, or null. */
  waitingFor: string | null;
  /** Nothing new begins until it is resumed. */
  isPaused: boolean;
}

export interface TrackChanged {
  store: StoreLocation;
  path: string;
  /** Null: the result was removed. */
  track: TrackRow | null;
}

export interface EngineNotifications {
  runProgress: RunProgress;
  trackChanged: TrackChanged;
  /** Anything in it may have changed: it was read again, or is now asked of another process. */
  storeChanged: { store: StoreLocation };
  verifyProgress: VerifyProgress;
  importProgress: ImportProgress;
  log: LogLine;
}
