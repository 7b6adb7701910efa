/**
 * Tables by component, joined by the track's id. A track got a new id with each look, so that components may belong
 * to an id that is gone: those are orphans. A whole result in the cache is better than the tables.
 */
import type { FoundLibrary, FoundTrack } from "../EarlierTrack";
import { asObject, parseObject } from "../looseJson";
import { present } from "../present";
import type { SourceDatabase, SourceRow } from "../SourceDatabase";
import { readPlaylists } from "./readPlaylists";
import { byPath, failedTrack, idOf, pathOf, sizeOf, type Named } from "./rowParts";

const COMPONENTS = ["mutagen_metadata", "essentia_features", "musicnn_features"] as const;
const FAILED_KEY = "failed_analysis:";
/** In these the sample rate is that of the part that was loaded. */
const OF_LOADED_PART = ["sample_rate", "audio_length"];

export function readC(database: SourceDatabase): FoundLibrary {
  const tracks = byPath(database.rows("tracks"));
  const paths = new Map([...tracks].map(([path, row]) => [idOf(row["id"]) ?? "", path]));
  const components = COMPONENTS.map((table) => newestByTrack(database, table));
  const analyses = analysisNames(database);
  return {
    tracks: readTracks(database, tracks, [...components, analyses]),
    playlists: readPlaylists(database, "track_id", (id) => paths.get(id) ?? null),
    orphaned: () => {
      const ids = new Set(components.flatMap((component) => [...component.keys()]));
      return [...ids].filter((id) => !paths.has(id)).length;
    },
  };
}

/** The newest row of each track, without what belongs to the row itself. */
function newestByTrack(database: SourceDatabase, table: (typeof COMPONENTS)[number]): Map<string, Named> {
  const newest = new Map<string, [number, Named]>();
  for (const row of database.rows(table)) {
    const track = idOf(row["track_id"]);
    const id = Number(row["id"]);
    if (track === null || id < (newest.get(track)?.[0] ?? -Infinity)) continue;
    newest.set(track, [id, present(componentValues(table, row))]);
  }
  return new Map([...newest].map(([track, [, values]]) => [track, values]));
}

function componentValues(table: string, row: SourceRow): Named {
  if (table !== "musicnn_features") return row;
  // Another table has a value of this name; this one is always 0.
  const { confidence, ...values } = row;
  return { ...values, musicnn_confidence: confidence };
}

/** Other libraries' features are known to be there, and left out under their names. */
function analysisNames(database: SourceDatabase): Map<string, Named> {
  const found = new Map<string, Named>();
  for (const row of database.rows("audio_analysis")) {
    const track = idOf(row["track_id"]);
    const type = row["analysis_type"];
    if (track === null || typeof type !== "string") continue;
    found.set(track, { ...found.get(track), [`${type}_features`]: row["features"] });
  }
  return found;
}

function* readTracks(
  database: SourceDatabase,
  tracks: ReadonlyMap<string, Named>,
  components: readonly ReadonlyMap<string, Named>[],
): Generator<FoundTrack | null> {
  const { results, failures } = yield* readCache(database);
  for (const path of new Set([...tracks.keys(), ...results.keys(), ...failures.keys()])) {
    const row: Named = tracks.get(path) ?? {};
    const id = idOf(row["id"]) ?? "";
    const parts = [...components.map((component) => component.get(id)), results.get(path)];
    const values = Object.assign({}, ...[row, ...parts].map(present), { file_path: path }) as Named;
    const failed = failures.get(path) ?? (row["analysis_status"] === "failed" ? row : null);
    if (failed && parts.every((part) => part === undefined))
      yield failedTrack(path, { ...row, ...failed }, null);
    else
      yield {
        path,
        size: sizeOf(row),
        // No column says when the sound was analysed.
        analyzedAt: null,
        values,
        failure: null,
        isSeenOnly: parts.every((part) => part === undefined) && row["status"] !== "analyzed",
      };
  }
}

/** What the cache has, by path. */
interface Cached {
  results: Map<string, Named>;
  failures: Map<string, Named>;
}

function* readCache(database: SourceDatabase): Generator<null, Cached> {
  const results = new Map<string, Named>();
  const failures = new Map<string, Named>();
  for (const { cache_key, cache_value, cache_type } of database.rows("cache")) {
    yield null;
    const value = parseObject(cache_value);
    if (!value) continue;
    if (cache_type === "failed_analysis") {
      const key = typeof cache_key === "string" ? cache_key : "";
      const path = pathOf({ file_path: key.startsWith(FAILED_KEY) ? key.slice(FAILED_KEY.length) : "" });
      if (path !== null) failures.set(path, present(value));
      continue;
    }
    const path = pathOf(value);
    const features = "success" in value ? asObject(value["features"]) : null;
    if (path !== null && features) results.set(path, present(flatten(features)));
  }
  return { results, failures };
}

/** Groups of features, some with groups in them. */
function flatten(features: Named): Named {
  const flat: Record<string, unknown> = {};
  for (const group of ["essentia", "musicnn", "metadata"]) {
    for (const [name, value] of Object.entries(asObject(features[group]) ?? {})) {
      const inner = name === "tags" ? null : asObject(value);
      if (inner) Object.assign(flat, inner);
      else if (!OF_LOADED_PART.includes(name) || group === "metadata") flat[name] = value;
    }
  }
  if (features["external"] !== undefined) flat["external_metadata"] = features["external"];
  return flat;
}
