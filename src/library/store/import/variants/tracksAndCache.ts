/**
 * Tracks in one table, narrow or wide, and whole results as JSON in `cache`: what became of a run depends on the
 * version, so both are read, and a result in the cache is stronger than the columns. Joined by path: the hashes
 * differ. Expiry of the cache is ignored.
 */
import type { FoundLibrary, FoundTrack } from "../EarlierTrack";
import { givenTime } from "../givenTime";
import { asObject, parseObject } from "../looseJson";
import { present } from "../present";
import type { SourceDatabase, SourceRow } from "../SourceDatabase";
import { readPlaylists } from "./readPlaylists";
import { byPath, failedTrack, idOf, messageOf, pathOf, sizeOf, type Named } from "./rowParts";

const FAILED_KEY = "failed_analysis:";

/** What the cache has of one file. */
interface Cached {
  result: Named | null;
  tags: Named | null;
  failure: Named | null;
}

export function readTracksAndCache(database: SourceDatabase): FoundLibrary {
  const tracks = byPath(database.rows("tracks"));
  const paths = new Map<string, string>();
  for (const [path, row] of tracks) paths.set(idOf(row["id"]) ?? "", path);
  return {
    tracks: readTracks(database, tracks),
    playlists: readPlaylists(database, "track_id", (id) => paths.get(id) ?? null),
    orphaned: () => 0,
  };
}

function* readTracks(
  database: SourceDatabase,
  tracks: ReadonlyMap<string, Named>,
): Generator<FoundTrack | null> {
  const cached = yield* readCache(database);
  const failures = byPath(failedRows(database));
  const isStamped = database.column("tracks", "analysis_date")?.isStamped ?? false;
  for (const path of new Set([...tracks.keys(), ...cached.keys(), ...failures.keys()])) {
    const row = tracks.get(path) ?? {};
    const { result = null, tags = null, failure = null } = cached.get(path) ?? {};
    const failed = failures.get(path) ?? failure ?? (isFailed(row) ? row : null);
    if (failed && !result) yield failedTrack(path, { ...row, ...failed }, null);
    else
      yield {
        path,
        size: sizeOf(result ?? {}) ?? sizeOf(row),
        analyzedAt: result ? givenTime(result["analysis_date"]) : givenTime(row["analysis_date"], isStamped),
        values: { ...row, ...tags, ...result, file_path: path },
        failure: null,
        isSeenOnly: !result && isSeenOnly(row),
      };
  }
}

function* readCache(database: SourceDatabase): Generator<null, Map<string, Cached>> {
  const cached = new Map<string, Cached>();
  for (const { cache_key, cache_value, cache_type } of database.rows("cache")) {
    yield null;
    const value = parseObject(cache_value);
    if (!value) continue;
    const isFailure = cache_type === "failed_analysis";
    const path = pathOf(value) ?? (isFailure ? pathInKey(cache_key) : null);
    if (path === null) continue;
    const found = cached.get(path) ?? { result: null, tags: null, failure: null };
    if (isFailure) found.failure = present(value);
    else if ("file_hash" in value) found.result = present(flatten(value));
    else found.tags = tagsIn(value) ?? found.tags;
    cached.set(path, found);
  }
  return cached;
}

function tagsIn(value: Named): Named | null {
  const tags = asObject(value["metadata"]);
  return tags && present(tags);
}

function pathInKey(key: unknown): string | null {
  const isKey = typeof key === "string" && key.startsWith(FAILED_KEY);
  return isKey ? pathOf({ file_path: key.slice(FAILED_KEY.length) }) : null;
}

/** The features of big files lie one level deeper, the tags and the format of all do. */
function flatten(value: Named): Named {
  return { ...asObject(value["metadata"]), ...asObject(value["audio_features"]), ...value };
}

/** Without a status all rows of that table are failures that have a message. */
function* failedRows(database: SourceDatabase): Generator<SourceRow> {
  const hasStatus = database.has("analysis_cache", "status");
  for (const row of database.rows("analysis_cache")) {
    if (hasStatus ? row["status"] === "failed" : messageOf(row) !== null) yield row;
  }
}

function isFailed(row: Named): boolean {
  return row["status"] === "failed" || row["analysis_status"] === "failed";
}

/** `analyzed` is 1 in these, too. */
function isSeenOnly(row: Named): boolean {
  if (row["analysis_type"] === "discovery_only") return true;
  return row["status"] === "discovered" && row["bpm"] === undefined && row["loudness"] === undefined;
}
