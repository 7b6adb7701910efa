/** The package: the scripts' table with lists as JSON text, a mark for failures, and the tags of the file. */
import type { EarlierPlaylist, FoundLibrary, FoundTrack } from "../EarlierTrack";
import { parseArray, parseObject } from "../looseJson";
import type { SourceDatabase } from "../SourceDatabase";
import { readTracks } from "./readA1";
import { playlistName } from "./readPlaylists";

export function readA2(database: SourceDatabase): FoundLibrary {
  return {
    tracks: withTags(readTracks(database, new Map())),
    playlists: readPathLists(database),
    orphaned: () => 0,
  };
}

function* withTags(tracks: Iterable<FoundTrack>): Generator<FoundTrack> {
  for (const track of tracks) {
    const { failed, metadata } = track.values;
    const isFailed = typeof failed === "number" && failed !== 0;
    const values = { ...tagsIn(parseObject(metadata)), ...track.values };
    yield { ...track, values, failure: isFailed ? { message: null } : null };
  }
}

/** Much else lies beside them, from services outside. */
function tagsIn(metadata: Readonly<Record<string, unknown>> | null): Record<string, unknown> {
  const { title, artist, album, genre, year } = metadata ?? {};
  return { title, artist, album, genre, year };
}

/** Each playlist has its paths in one text. */
function readPathLists(database: SourceDatabase): EarlierPlaylist[] {
  const playlists: EarlierPlaylist[] = [];
  for (const row of database.rows("playlists")) {
    const name = playlistName(row["name"]);
    if (name === null) continue;
    const listed = parseArray(row["tracks"]) ?? [];
    const paths = listed.filter((path): path is string => typeof path === "string" && path !== "");
    playlists.push({ name, paths, orphaned: listed.length - paths.length });
  }
  return playlists;
}
