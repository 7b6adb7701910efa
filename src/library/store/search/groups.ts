/** Tracks by what they have in common: bands of tempo, keys, genres, states. Each group is a query of its own. */
import type { Database } from "sql.js";
import type { Grouping, TrackGroup } from "../../../shared/engineProtocol";
import { selectRows } from "../trackQueries";
import type { Condition } from "./sqlCondition";

/** BPM in a band; a tempo belongs to the band that it is shown in. */
const BAND = 10;
const HALF_SHOWN = 0.05;

/** What a track's group is called, and in which order groups come. */
const NAMES: Readonly<Record<Exclude<Grouping, "tag">, { name: string; order: string }>> = {
  tempo: { name: `CAST((rhythm_tempo + ${HALF_SHOWN}) / ${BAND} AS INTEGER) * ${BAND}`, order: "name" },
  key: { name: "tonal_camelot", order: "CAST(name AS INTEGER), name" },
  state: { name: "state", order: "name" },
};

/** Groups in their natural order, that of nothing known last. */
export function selectGroups(database: Database, where: Condition, by: Grouping): TrackGroup[] {
  const rows = selectRows(database, by === "tag" ? genresOf(where) : namesOf(where, by), where.parameters);
  return rows.map((row) => {
    const name = row["name"] === null ? null : String(row["name"]);
    return { name, query: queryOf(by, name), tracks: Number(row["tracks"]) };
  });
}

function namesOf({ sql }: Condition, by: Exclude<Grouping, "tag">): string {
  const { name, order } = NAMES[by];
  return `SELECT ${name} AS name, count(*) AS tracks FROM tracks WHERE ${sql}
    GROUP BY 1 ORDER BY name IS NULL, ${order}`;
}

/** A track is in the group of each of its genres. */
function genresOf({ sql }: Condition): string {
  return `SELECT genre.value AS name, count(DISTINCT tracks.id) AS tracks FROM tracks
    LEFT JOIN json_each(iif(json_valid(tags_genre), tags_genre, '[]')) AS genre ON genre.value <> ''
    WHERE tracks.id IN (SELECT id FROM tracks WHERE ${sql})
    GROUP BY genre.value COLLATE NOCASE ORDER BY name IS NULL, name COLLATE NOCASE`;
}

function queryOf(by: Grouping, name: string | null): string {
  switch (by) {
    case "tempo":
      return name === null ? "-has:bpm" : `bpm:>=${name} bpm:<${Number(name) + BAND}`;
    case "key":
      return name === null ? "-has:key" : `key:${name}`;
    case "state":
      return `state:${name ?? ""}`;
    case "tag":
      if (name === null) return "-has:genre";
      // The language has no way to write a quotation mark in a text; words find it too.
      return name.includes('"') ? `genre:"${name.replaceAll('"', " ")}"` : `tag:="${name}"`;
  }
}
