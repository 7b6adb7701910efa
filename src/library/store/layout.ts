/**
 * Everything that lies in a database of ours but the table of tracks, as SQL: made from here, and compared with
 * here when a database is opened, so that no view or trigger of a stranger's is ever run.
 */

/** The texts that are searched; the index has no copy of them, it reads them from the table of tracks. */
const TEXT_COLUMNS = [
  "path",
  "tags_title",
  "tags_artist",
  "tags_album",
  "tags_album_artist",
  "tags_genre",
  "tags_comment",
] as const;

const NEW_TEXTS = TEXT_COLUMNS.map((name) => `new.${name}`).join(", ");
const TEXT_CHANGES = TEXT_COLUMNS.map((name) => `old.${name} IS NOT new.${name}`).join(" OR ");

const TABLES = {
  /** What the store itself has to know: its generation. */
  meta: `CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value ANY NOT NULL
  ) STRICT, WITHOUT ROWID`,
  runs: `CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    asked INTEGER NOT NULL DEFAULT 0,
    succeeded INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    cancelled INTEGER NOT NULL DEFAULT 0,
    app TEXT NOT NULL,
    settings TEXT NOT NULL DEFAULT '{}'
  ) STRICT`,
  /** What a user says instead of a measurement or a tag; an analysis never touches it. */
  corrections: `CREATE TABLE corrections (
    track INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    value ANY,
    locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    changed_at TEXT NOT NULL,
    PRIMARY KEY (track, field)
  ) STRICT, WITHOUT ROWID`,
  playlists: `CREATE TABLE playlists (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    created_at TEXT,
    changed_at TEXT,
    origin TEXT
  ) STRICT`,
  /** The path stays when the track is forgotten. */
  playlist_tracks: `CREATE TABLE playlist_tracks (
    playlist INTEGER NOT NULL REFERENCES playlists (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    track INTEGER REFERENCES tracks (id) ON DELETE SET NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (playlist, position)
  ) STRICT, WITHOUT ROWID`,
  model_tags: `CREATE TABLE model_tags (
    track INTEGER NOT NULL REFERENCES tracks (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (track, name)
  ) STRICT, WITHOUT ROWID`,
} as const;

const SEARCH = {
  tracks_text: `CREATE VIRTUAL TABLE tracks_text USING fts4(content="tracks", ${TEXT_COLUMNS.join(", ")}, tokenize=unicode61 "remove_diacritics=2")`,
} as const;

/** In step with the table whoever changes it. The old texts must be taken out while they can still be read. */
const TRIGGERS = {
  tracks_text_insert: `CREATE TRIGGER tracks_text_insert AFTER INSERT ON tracks BEGIN
    INSERT INTO tracks_text (docid, ${TEXT_COLUMNS.join(", ")}) VALUES (new.id, ${NEW_TEXTS});
  END`,
  tracks_text_delete: `CREATE TRIGGER tracks_text_delete BEFORE DELETE ON tracks BEGIN
    DELETE FROM tracks_text WHERE docid = old.id;
  END`,
  tracks_text_before_update: `CREATE TRIGGER tracks_text_before_update BEFORE UPDATE ON tracks WHEN ${TEXT_CHANGES} BEGIN
    DELETE FROM tracks_text WHERE docid = old.id;
  END`,
  tracks_text_after_update: `CREATE TRIGGER tracks_text_after_update AFTER UPDATE ON tracks WHEN ${TEXT_CHANGES} BEGIN
    INSERT INTO tracks_text (docid, ${TEXT_COLUMNS.join(", ")}) VALUES (new.id, ${NEW_TEXTS});
  END`,
} as const;

const VIEWS = {
  /** For scripts written for the earlier Playlista: its column names, and its units where they differ from ours. */
  audio_analysis: `CREATE VIEW audio_analysis AS SELECT
    id,
    path AS file_path,
    substr(path, length(rtrim(path, replace(path, '/', ''))) + 1) AS filename,
    file_size AS file_size_bytes,
    file_sha256 AS file_hash,
    CASE state WHEN 'analyzed' THEN 'analyzed' WHEN 'failed' THEN 'failed' ELSE 'discovered' END AS status,
    timing_analyzed_at AS analysis_date,
    versions_app AS analysis_version,
    error_message,
    error_attempts AS retry_count,
    format_duration AS duration,
    format_bitrate AS bitrate,
    format_sample_rate AS sample_rate,
    format_channels AS channels,
    format_container AS file_type,
    tags_title AS title,
    tags_artist AS artist,
    tags_album AS album,
    tags_track_number AS track_number,
    tags_genre AS genre,
    tags_year AS year,
    tags_tempo AS external_bpm,
    rhythm_tempo AS bpm,
    rhythm_confidence,
    rhythm_onset_rate AS onset_rate,
    tonal_key AS key,
    tonal_mode AS mode,
    tonal_mode AS scale,
    tonal_strength AS key_strength,
    tonal_camelot AS camelot,
    tonal_chroma AS chroma_mean,
    pow(10.0, dynamics_rms / 20.0) AS loudness,
    loudness_integrated AS loudness_lufs,
    loudness_range,
    spectral_centroid_mean AS spectral_centroid,
    spectral_rolloff85_mean AS spectral_rolloff,
    spectral_bandwidth_mean AS spectral_bandwidth,
    spectral_flatness_mean AS spectral_flatness,
    timbre_mfcc_mean AS mfcc_coefficients,
    timbre_mfcc_std AS mfcc_std
  FROM tracks`,
} as const;

/** By name; "tracks" is not among them: it has the columns of the list of measurements. */
export const LAYOUT: Readonly<Record<string, string>> = { ...TABLES, ...SEARCH, ...TRIGGERS, ...VIEWS };

/** Of the other tables. */
export const OTHER_INDEXES = `
  CREATE INDEX playlist_tracks_by_track ON playlist_tracks (track);
  CREATE INDEX model_tags_by_name ON model_tags (name, score)
`;
