/**
 * The keys of a playlista.conf: what type each has, and which of them mean something here. Why the others do not is
 * in confReasons.ts.
 */

export type ConfType =
  | { kind: "boolean" }
  | { kind: "integer"; minimum: number; maximum: number }
  /** A whole number, or "auto" for 0. */
  | { kind: "workers"; minimum: number; maximum: number }
  | { kind: "number" }
  /** A number in the key's own unit, or with one ("6GB"); comes out in MB. */
  | { kind: "memory"; unit: "MB" | "GB" }
  | { kind: "list" }
  | { kind: "text" };

const boolean: ConfType = { kind: "boolean" };
const text: ConfType = { kind: "text" };
const list: ConfType = { kind: "list" };
const number: ConfType = { kind: "number" };
const integer = (minimum: number, maximum: number): ConfType => ({ kind: "integer", minimum, maximum });
const count = integer(0, Number.MAX_SAFE_INTEGER);
const workers: ConfType = { kind: "workers", minimum: 0, maximum: 64 };
const seconds = integer(10, 86_400);

/** Keys that act, in the order in which one stands in for another that is absent. */
export const ACTING = {
  executor: ["USE_THREADED_PROCESSING"],
  workers: ["THREADED_WORKERS_DEFAULT", "WORKERS", "ANALYSIS_WORKERS"],
  maxWorkers: ["MAX_WORKERS"],
  timeoutSeconds: ["ANALYSIS_TIMEOUT", "ANALYSIS_TIMEOUT_SECONDS"],
  maxRetries: ["FAILED_FILES_MAX_RETRIES"],
  maxFileSizeMB: ["MAX_AUDIO_FILE_SIZE_MB", "MAX_FILE_SIZE_BYTES", "MAX_FILE_SIZE_MB"],
  exclude: ["EXCLUDE_PATTERNS"],
} as const;

export const CONF_KEYS: Readonly<Record<string, ConfType>> = {
  USE_THREADED_PROCESSING: boolean,
  THREADED_WORKERS_DEFAULT: workers,
  WORKERS: workers,
  ANALYSIS_WORKERS: workers,
  MAX_WORKERS: workers,
  ANALYSIS_TIMEOUT: seconds,
  ANALYSIS_TIMEOUT_SECONDS: seconds,
  FAILED_FILES_MAX_RETRIES: integer(0, 100),
  MAX_AUDIO_FILE_SIZE_MB: integer(0, 1_000_000),
  MAX_FILE_SIZE_BYTES: integer(0, 1_000_000_000_000),
  MAX_FILE_SIZE_MB: integer(0, 1_000_000),
  EXCLUDE_PATTERNS: list,
  WORKER_TIMEOUT_SECONDS: count,
  FORCE_REANALYSIS: boolean,
  FORCE_REEXTRACT: boolean,
  CACHE_ENABLED: boolean,
  CACHE_EXPIRY_HOURS: count,
  BATCH_SIZE: count,
  SAMPLE_RATE: count,
  FRAME_SIZE: count,
  HOP_SIZE: count,
  EXTRACT_RHYTHM: boolean,
  EXTRACT_SPECTRAL: boolean,
  EXTRACT_LOUDNESS: boolean,
  EXTRACT_KEY: boolean,
  EXTRACT_MFCC: boolean,
  EXTRACT_CHROMA: boolean,
  EXTRACT_MUSICNN: boolean,
  MUSICNN_MODEL_PATH: text,
  MUSICNN_JSON_PATH: text,
  MUSICNN_TIMEOUT_SECONDS: count,
  LARGE_FILE_WARNING_THRESHOLD_MB: count,
  SKIP_LARGE_FILES: boolean,
  STREAMING_LARGE_FILE_THRESHOLD_MB: count,
  BIG_FILE_SIZE_MB: count,
  LONG_AUDIO_ENABLED: boolean,
  LONG_AUDIO_DURATION_THRESHOLD_MINUTES: count,
  LONG_AUDIO_SIMPLIFIED_FEATURES: boolean,
  LONG_AUDIO_SKIP_DETAILED_ANALYSIS: boolean,
  LONG_AUDIO_CATEGORIES: list,
  ANALYSIS_RETRY_ATTEMPTS: count,
  ANALYSIS_RETRY_DELAY_SECONDS: count,
  INCLUDE_FAILED_FILES: boolean,
  FAILED_FILES_DIR: text,
  FAILED_FILES_MOVE_TO_FAILED_DIR: boolean,
  FAILED_FILES_FINAL_RETRY: boolean,
  SUPPORTED_FORMATS: list,
  VALID_EXTENSIONS: list,
  ENABLE_RECURSIVE_SCAN: boolean,
  RECURSIVE_SEARCH: boolean,
  MIN_FILE_SIZE_BYTES: count,
  MIN_FILE_SIZE_KB: count,
  INCLUDE_HIDDEN_FILES: boolean,
  HASH_ALGORITHM: text,
  MUSIC_PATH: text,
  DEFAULT_PLAYLIST_SIZE: count,
  MAX_PLAYLISTS: count,
  MIN_TRACKS_PER_GENRE: count,
  SIMILARITY_THRESHOLD: number,
  DIVERSITY_THRESHOLD: number,
  MEMORY_LIMIT_GB: { kind: "memory", unit: "GB" },
  MEMORY_PER_WORKER_GB: { kind: "memory", unit: "GB" },
  CPU_THRESHOLD_PERCENT: number,
  EXTERNAL_API_ENABLED: boolean,
};
