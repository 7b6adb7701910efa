/**
 * The indexes of the table of tracks. A row is wide (lists of beats lie in it), so that going over the table takes
 * long at 100,000 tracks; each group of searched columns has an index that holds them all, in the order of the ids,
 * from which a column is read in a fraction of that time.
 */
import { COLUMNS } from "./columns";

/** Texts that nearly every track has its own of: looked up and sorted by an index each. */
export const SORTED_TEXTS: Readonly<Record<string, "NOCASE" | "BINARY">> = {
  path: "NOCASE",
  tags_title: "NOCASE",
  tags_artist: "NOCASE",
  tags_album: "NOCASE",
  tags_album_artist: "NOCASE",
  tags_comment: "NOCASE",
  file_sha256: "BINARY",
  timing_analyzed_at: "BINARY",
};

/** What nobody searches for; the key is searched by its Camelot name. */
const NOT_SEARCHED =
  /^(?:error_message$|versions_|timing_|imported_|format_samples$|tags_replay_gain_album$|tonal_(?:open_)?key$)/;

/** The lists that a track may lack. */
export const LISTS = COLUMNS.filter(({ kind }) => kind === "list").map(({ name }) => name);

/** What a track's list is when there is none, as SQL. */
export function isLacking(list: string): string {
  return `(${list} IS NULL OR ${list} IN ('', '[]'))`;
}

const SCALARS = new Set(["real", "integer", "boolean", "text", "strings"]);

/** Column names by what they are about: the beginning of their names. */
function searchedGroups(): Map<string, string[]> {
  const groups = new Map([["error", ["folder", "state"]]]);
  for (const { name, kind } of COLUMNS) {
    if (!SCALARS.has(kind) || name in SORTED_TEXTS || NOT_SEARCHED.test(name)) continue;
    const group = name.slice(0, name.indexOf("_"));
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return groups;
}

function index(name: string, columns: string, where = ""): [string, string] {
  return [name, `CREATE INDEX ${name} ON tracks (${columns})${where && ` WHERE ${where}`}`];
}

/**
 * By name, as SQL. A change reaches databases that are there with the next SCHEMA_VERSION only. Conditions are
 * comparisons with fixed texts: others are taken for a stranger's code (checkLayout.ts).
 */
export const TRACK_INDEXES: Readonly<Record<string, string>> = Object.fromEntries([
  ...[...searchedGroups()].map(([group, columns]) =>
    index(`tracks_of_${group}`, ["id", ...columns].join(", ")),
  ),
  ...Object.entries(SORTED_TEXTS).map(([name, order]) =>
    index(`tracks_by_${name}`, `${name} COLLATE ${order}`),
  ),
  ...LISTS.map((name) => index(`tracks_without_${name}`, "id", isLacking(name))),
  index("tracks_by_folder", "folder, path COLLATE NOCASE"),
  index("tracks_by_folder_and_state", "folder, state"),
  index("tracks_by_state", "state"),
  index("tracks_by_size", "file_size"),
  index("tracks_by_versions", "versions_measurements, state"),
  index("tracks_by_reasons", "missing", "missing <> '{}'"),
  index("tracks_by_warnings", "warnings", "warnings <> '[]'"),
]);
