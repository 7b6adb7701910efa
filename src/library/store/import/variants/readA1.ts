/** The first scripts: one table of features, a file known by its name, size and time. */
import type { FoundLibrary, FoundTrack } from "../EarlierTrack";
import { givenTime } from "../givenTime";
import type { SourceDatabase } from "../SourceDatabase";
import { readPlaylists } from "./readPlaylists";
import { idOf, pathOf, sizeFromHash } from "./rowParts";

export function readA1(database: SourceDatabase): FoundLibrary {
  const paths = new Map<string, string>();
  return {
    tracks: readTracks(database, paths),
    get playlists() {
      return readPlaylists(database, "file_hash", (hash) => paths.get(hash) ?? null);
    },
    orphaned: () => 0,
  };
}

/** `paths` learns which hash is which file. */
export function* readTracks(database: SourceDatabase, paths: Map<string, string>): Generator<FoundTrack> {
  const isStamped = database.column("audio_features", "last_analyzed")?.isStamped;
  for (const row of database.rows("audio_features")) {
    const path = pathOf(row);
    if (path === null) continue;
    const hash = idOf(row["file_hash"]);
    if (hash !== null) paths.set(hash, path);
    yield {
      path,
      size: sizeFromHash(row["file_hash"], path),
      analyzedAt: givenTime(row["last_analyzed"], isStamped),
      values: row,
      failure: null,
      isSeenOnly: false,
    };
  }
}
