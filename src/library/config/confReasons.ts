/** Why keys of a playlista.conf have no effect here, and what to use instead: a sentence for the user. */

const ALL_MEASURED = "All of it is always measured.";
const NO_MODEL = "There is no model here.";
const WHOLE_FILES =
  "Files are analyzed whole or refused (playlista.analysis.maxFileSizeMB), never shortened.";
const LONG_FILES = "Long files are analyzed like all others.";
const RETRY = "Failed files are tried again by “Retry Failed”.";
const NEVER_MOVED = "Files are never moved.";
const FORMATS = "Every format that can be decoded is analyzed.";
const SUBFOLDERS = "Folders are searched with all below them; playlista.files.exclude passes over some.";
const SMALL_FILES = "Small files are analyzed like all others.";
const FRAMES = "Frames are a part of each measurement and the same for all files.";
const MEMORY = "Fewer files are analyzed at once by itself while memory is low.";
const PROCESSORS = "Processors and memory are looked after without settings; workers give way to the editor.";
const PLAYLISTS = "Playlists are not made here.";
const NETWORK = "Nothing is asked of the network.";
const DATABASE =
  "The database is a file that needs no settings; playlista.database.location says where it lies.";

const REASONS: Readonly<Record<string, string>> = {
  WORKER_TIMEOUT_SECONDS: "The time limit is for one file: playlista.analysis.timeoutSeconds.",
  FORCE_REANALYSIS: "Use “Re-analyze” instead.",
  FORCE_REEXTRACT: "Use “Re-analyze” instead.",
  CACHE_ENABLED: "Stored results are always used again.",
  CACHE_EXPIRY_HOURS: "A stored result holds until its file or a measurement changes.",
  BATCH_SIZE: "Files are taken one by one.",
  SAMPLE_RATE: "Each file is measured at its own rate.",
  FRAME_SIZE: FRAMES,
  HOP_SIZE: FRAMES,
  EXTRACT_RHYTHM: ALL_MEASURED,
  EXTRACT_SPECTRAL: ALL_MEASURED,
  EXTRACT_LOUDNESS: ALL_MEASURED,
  EXTRACT_KEY: ALL_MEASURED,
  EXTRACT_MFCC: ALL_MEASURED,
  EXTRACT_CHROMA: ALL_MEASURED,
  EXTRACT_MUSICNN: NO_MODEL,
  MUSICNN_MODEL_PATH: NO_MODEL,
  MUSICNN_JSON_PATH: NO_MODEL,
  MUSICNN_TIMEOUT_SECONDS: NO_MODEL,
  LARGE_FILE_WARNING_THRESHOLD_MB: WHOLE_FILES,
  SKIP_LARGE_FILES: WHOLE_FILES,
  STREAMING_LARGE_FILE_THRESHOLD_MB: WHOLE_FILES,
  BIG_FILE_SIZE_MB: MEMORY,
  LONG_AUDIO_ENABLED: LONG_FILES,
  LONG_AUDIO_DURATION_THRESHOLD_MINUTES: LONG_FILES,
  LONG_AUDIO_SIMPLIFIED_FEATURES: LONG_FILES,
  LONG_AUDIO_SKIP_DETAILED_ANALYSIS: LONG_FILES,
  LONG_AUDIO_CATEGORIES: LONG_FILES,
  ANALYSIS_RETRY_ATTEMPTS: RETRY,
  ANALYSIS_RETRY_DELAY_SECONDS: RETRY,
  INCLUDE_FAILED_FILES: RETRY,
  FAILED_FILES_DIR: NEVER_MOVED,
  FAILED_FILES_MOVE_TO_FAILED_DIR: NEVER_MOVED,
  FAILED_FILES_FINAL_RETRY: RETRY,
  SUPPORTED_FORMATS: FORMATS,
  VALID_EXTENSIONS: FORMATS,
  ENABLE_RECURSIVE_SCAN: SUBFOLDERS,
  RECURSIVE_SEARCH: SUBFOLDERS,
  MIN_FILE_SIZE_BYTES: SMALL_FILES,
  MIN_FILE_SIZE_KB: SMALL_FILES,
  INCLUDE_HIDDEN_FILES: "Hidden files and folders are passed over.",
  HASH_ALGORITHM: "Contents are told apart by SHA-256.",
  MUSIC_PATH: "The open folder is the library.",
  DEFAULT_PLAYLIST_SIZE: PLAYLISTS,
  MAX_PLAYLISTS: PLAYLISTS,
  MIN_TRACKS_PER_GENRE: PLAYLISTS,
  SIMILARITY_THRESHOLD: PLAYLISTS,
  DIVERSITY_THRESHOLD: PLAYLISTS,
  MEMORY_LIMIT_GB: MEMORY,
  MEMORY_PER_WORKER_GB: MEMORY,
  CPU_THRESHOLD_PERCENT: PROCESSORS,
  EXTERNAL_API_ENABLED: NETWORK,
};

/** Families of keys of which none acts here. */
const FAMILIES: Readonly<Record<string, string>> = {
  PLAYLIST_: PLAYLISTS,
  DB_: DATABASE,
  LOG_: "The log's level is set by “Developer: Set Log Level…”.",
  MAX_CPU_: PROCESSORS,
  PARALLEL_: PROCESSORS,
  SEQUENTIAL_: PROCESSORS,
  RESOURCE_: PROCESSORS,
  STREAMING_: WHOLE_FILES,
  SMART_ANALYSIS_: ALL_MEASURED,
  MUSICBRAINZ_: NETWORK,
  LASTFM_: NETWORK,
  DISCOGS_: NETWORK,
  SPOTIFY_: NETWORK,
  METADATA_ENRICHMENT_: NETWORK,
  POSTGRES_: DATABASE,
};

/** The family of a key that is known by its first letters only, or null. */
export function familyOf(key: string): string | null {
  return Object.keys(FAMILIES).find((prefix) => key.startsWith(prefix)) ?? null;
}

/** Why a key does nothing here. */
export function reasonFor(key: string): string {
  const reason = Object.hasOwn(REASONS, key) ? REASONS[key] : FAMILIES[familyOf(key) ?? ""];
  return reason ?? "Playlista does not know this key.";
}
