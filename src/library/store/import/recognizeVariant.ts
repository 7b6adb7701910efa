/** Which form of the earlier database lies before us: by its tables, then their columns; the first that fits. */
import type { EarlierVariant } from "../../../shared/earlier";
import { ImportError } from "./ImportError";
import type { SourceDatabase } from "./SourceDatabase";

type SqliteVariant = Exclude<EarlierVariant, "D">;

/** In the order in which they are tried. Never by a count of columns: some twenty layouts differ in it. */
const SIGNS: readonly [SqliteVariant, (database: SourceDatabase) => boolean][] = [
  ["A1", (database) => database.column("audio_features", "key")?.type === "INTEGER"],
  ["A2", (database) => isPackage(database)],
  ["R", (database) => database.has("analysis_results", "file_path", "analysis_data")],
  ["N", (database) => hasTracks(database) && hasAll(database, "spectral", "loudness", "rhythm")],
  ["B", (database) => hasTracks(database) && isNarrow(database)],
  ["C", (database) => hasTracks(database) && hasComponents(database)],
  ["E", (database) => database.has("tracks", "file_path", "bpm", "spectral_centroid")],
];

/** Throws ImportError ("notEarlier") with what was found instead. */
export function recognizeVariant(database: SourceDatabase): SqliteVariant {
  const found = SIGNS.find(([, isIt]) => isIt(database));
  if (found) return found[0];
  throw new ImportError("notEarlier", `This is no database of the earlier Playlista: ${describe(database)}.`);
}

function isPackage(database: SourceDatabase): boolean {
  const key = database.column("audio_features", "key");
  return key?.type === "TEXT" && database.has("audio_features", "musicnn_embedding", "failed");
}

function hasTracks(database: SourceDatabase): boolean {
  return database.has("tracks", "id", "file_path");
}

function hasAll(database: SourceDatabase, ...features: string[]): boolean {
  return features.every((feature) => database.has(`${feature}_features`, "track_id"));
}

function isNarrow(database: SourceDatabase): boolean {
  const isMarked = database.has("tracks", "analyzed") || database.has("tracks", "analysis_type");
  return (
    isMarked &&
    database.has("analysis_cache", "file_path") &&
    database.has("cache", "cache_key", "cache_value")
  );
}

function hasComponents(database: SourceDatabase): boolean {
  const tables = ["mutagen_metadata", "essentia_features", "musicnn_features"];
  return tables.every((table) => database.has(table, "track_id"));
}

function describe(database: SourceDatabase): string {
  const isWebLayer = database.has("analysis_results") && database.column("tracks", "id")?.type === "TEXT";
  if (isWebLayer) return "it is that of its web pages, which holds no analysis of its own";
  const names = [...database.tables.keys()].filter((name) => !name.startsWith("sqlite_")).sort();
  if (names.length === 0) return "it has no tables";
  const shown = names.slice(0, 5).map((name) => name.slice(0, 40));
  const rest = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
  return `its tables are ${shown.join(", ")}${rest}`;
}
