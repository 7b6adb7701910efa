/** Playlists with their entries in a table of their own, which name tracks by id, by hash, or by path. */
import type { EarlierPlaylist } from "../EarlierTrack";
import type { SourceDatabase } from "../SourceDatabase";
import { idOf, pathOf } from "./rowParts";

/** `reference` is the column that names a track; `pathOfReference` knows the tracks there are. */
export function readPlaylists(
  database: SourceDatabase,
  reference: string,
  pathOfReference: (reference: string) => string | null,
): EarlierPlaylist[] {
  const playlists = new Map<string, EarlierPlaylist & { entries: [number, string][] }>();
  for (const row of database.rows("playlists")) {
    const id = idOf(row["id"]);
    const name = playlistName(row["name"]);
    if (id !== null && name !== null) playlists.set(id, { name, paths: [], orphaned: 0, entries: [] });
  }
  for (const row of database.rows("playlist_tracks")) {
    const playlist = playlists.get(idOf(row["playlist_id"]) ?? "");
    if (!playlist) continue;
    const path = pathOf(row) ?? pathOfReference(idOf(row[reference]) ?? "");
    const position = row["position"];
    // Without positions they come in the order in which they were added.
    if (path === null) playlist.orphaned++;
    else playlist.entries.push([typeof position === "number" ? position : playlist.entries.length, path]);
  }
  return [...playlists.values()].map(({ name, orphaned, entries }) => ({
    name,
    orphaned,
    paths: entries.sort(([a], [b]) => a - b).map(([, path]) => path),
  }));
}

/** Null for what is no name. */
export function playlistName(value: unknown): string | null {
  const text = typeof value === "string" ? value.trim().slice(0, 200) : "";
  return text === "" ? null : text;
}
