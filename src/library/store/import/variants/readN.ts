/** Tracks with their features in a table a group, joined by the track's id. */
import type { FoundLibrary, FoundTrack } from "../EarlierTrack";
import { givenTime } from "../givenTime";
import { present } from "../present";
import type { SourceDatabase } from "../SourceDatabase";
import { readPlaylists } from "./readPlaylists";
import { idOf, pathOf, sizeOf } from "./rowParts";

/** The groups that had a table, with the word that their columns leave out. */
const GROUPS = ["rhythm", "spectral", "loudness", "key", "mfcc", "chroma", "musicnn"] as const;

export function readN(database: SourceDatabase): FoundLibrary {
  const features = new Map<string, Record<string, unknown>>();
  for (const group of GROUPS) collect(database, group, features);
  const paths = new Map<string, string>();
  return {
    tracks: readTracks(database, features, paths),
    get playlists() {
      return readPlaylists(database, "track_id", (id) => paths.get(id) ?? null);
    },
    orphaned: () => [...features.keys()].filter((id) => !paths.has(id)).length,
  };
}

function collect(
  database: SourceDatabase,
  group: (typeof GROUPS)[number],
  features: Map<string, Record<string, unknown>>,
): void {
  for (const row of database.rows(`${group}_features`)) {
    const id = idOf(row["track_id"]);
    if (id === null) continue;
    const full = Object.entries(row).map(([name, value]) => [fullName(group, name), value]);
    features.set(id, { ...features.get(id), ...(Object.fromEntries(full) as object) });
  }
}

function fullName(group: string, name: string): string {
  const isShort = group === "spectral" && ["centroid", "rolloff", "flatness", "bandwidth"].includes(name);
  return isShort ? `${group}_${name}` : name;
}

function* readTracks(
  database: SourceDatabase,
  features: ReadonlyMap<string, Record<string, unknown>>,
  paths: Map<string, string>,
): Generator<FoundTrack> {
  const isStamped = database.column("tracks", "analysis_date")?.isStamped;
  for (const row of database.rows("tracks")) {
    const path = pathOf(row);
    const id = idOf(row["id"]);
    if (path === null || id === null) continue;
    paths.set(id, path);
    yield {
      path,
      size: sizeOf(row),
      analyzedAt: givenTime(row["analysis_date"], isStamped),
      // The features' own tables say more than the columns of the same names.
      values: { ...row, ...present(features.get(id)) },
      failure: null,
      isSeenOnly: row["analysis_type"] === "discovery_only",
    };
  }
}
