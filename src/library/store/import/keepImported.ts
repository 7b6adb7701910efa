/**
 * Imported results and playlists as changes of the database. What was analysed here stays as it is; the same import
 * twice comes to the same.
 */
import type { Database } from "sql.js";
import type { Analysis } from "../../../shared/analysis";
import type { EarlierVariant } from "../../../shared/earlier";
import type { Operation } from "../operations";
import { toStoredPath } from "../storedPath";
import { forgetModelTags, trackRow } from "../trackChanges";
import { selectRows } from "../trackQueries";
import type { ImportedPlaylist } from "./planImport";

/** Of these absolute paths, those that have a result of this program's own, failed ones too. */
export function selectAnalyzed(database: Database, root: string, paths: readonly string[]): string[] {
  const statement = database.prepare("SELECT 1 FROM tracks WHERE path = ? AND origin IS NULL");
  try {
    return paths.filter((path) => {
      const isThere = statement.bind([toStoredPath(root, path)]) && statement.step();
      statement.reset();
      return isThere;
    });
  } finally {
    statement.free();
  }
}

/** Puts results that nothing of this program's own is there for, each with its model's tags in place of earlier ones. */
export function keepResults(database: Database, root: string, results: readonly Analysis[]): Operation[] {
  const analyzed = new Set(
    selectAnalyzed(
      database,
      root,
      results.map(({ path }) => path),
    ),
  );
  const ids = new Ids(database, "tracks");
  return results
    .filter(({ path }) => !analyzed.has(path))
    .flatMap((analysis): Operation[] => {
      // When it failed there is known for sure of none.
      const row = trackRow(root, analysis, null, null);
      const track = ids.of("path", row["path"] as string);
      return [
        { kind: "put", table: "tracks", row: { ...row, id: track } },
        ...forgetModelTags(database, track),
        ...(analysis.imported?.modelTags ?? []).map(({ name, score }): Operation => ({
          kind: "put",
          table: "model_tags",
          row: { track, name, score },
        })),
      ];
    });
}

/** Takes the place of the playlists of these names that an earlier import of this form made. */
export function keepPlaylists(
  database: Database,
  root: string,
  origin: EarlierVariant,
  playlists: readonly ImportedPlaylist[],
): Operation[] {
  const ids = new Ids(database, "playlists");
  return playlists.flatMap(({ name, paths }): Operation[] => {
    const [before] = selectRows(database, "SELECT id FROM playlists WHERE name = ? AND origin = ?", [
      name,
      origin,
    ]);
    const playlist = before ? (before["id"] as number) : ids.next();
    return [
      ...(before ? [{ kind: "delete", table: "playlists", key: { id: playlist } } as const] : []),
      { kind: "put", table: "playlists", row: { id: playlist, name, origin } },
      ...paths.map((path, position): Operation => {
        const stored = toStoredPath(root, path);
        const track = numberOf(database, "SELECT id FROM tracks WHERE path = ?", [stored]);
        return { kind: "put", table: "playlist_tracks", row: { playlist, position, track, path: stored } };
      }),
    ];
  });
}

/** Ids of rows that are there, and new ones for those that are not: later rows of the same change refer to them. */
class Ids {
  readonly #database: Database;
  readonly #table: "tracks" | "playlists";
  #last: number;

  constructor(database: Database, table: "tracks" | "playlists") {
    this.#database = database;
    this.#table = table;
    this.#last = numberOf(database, `SELECT max(id) FROM ${table}`, []) ?? 0;
  }

  of(column: "path", value: string): number {
    return (
      numberOf(this.#database, `SELECT id FROM ${this.#table} WHERE ${column} = ?`, [value]) ?? this.next()
    );
  }

  next(): number {
    return ++this.#last;
  }
}

function numberOf(database: Database, sql: string, parameters: string[]): number | null {
  const value = database.exec(sql, parameters)[0]?.values[0]?.[0];
  return typeof value === "number" ? value : null;
}
