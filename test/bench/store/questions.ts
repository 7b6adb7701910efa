/** The questions that are asked of every contender in SQL. */

const ROW = "path, state, error_code, format_duration, rhythm_tempo, tonal_camelot, loudness_integrated";

export const PAGE = `SELECT ${ROW} FROM tracks WHERE folder = 'Artist 1/Album 1' ORDER BY path COLLATE NOCASE LIMIT 100`;

export const SEARCH = `SELECT ${ROW}, count(*) OVER () FROM tracks
  WHERE rhythm_tempo BETWEEN 120 AND 128 AND tonal_camelot IN ('8A', '8B', '7A', '9A') ORDER BY path LIMIT 100`;

/** Made in the library that others are asked of: the best index for that search. */
export const INDEX = "CREATE INDEX IF NOT EXISTS for_search ON tracks (tonal_camelot, rhythm_tempo)";

/** Number → one result changes. */
export function change(number: number): string {
  return `UPDATE tracks SET rhythm_tempo = ${number}, tags_title = 'Title ${number}' WHERE id = ${number + 1}`;
}
