/**
 * What can be trusted of the earlier program's values, name by name: where a value goes, in which range it must lie,
 * which values stand for "not known", or why it is left out. docs/import.md shows this table.
 */
import type { Tags } from "../../../shared/analysis";
import type { EarlierVariant, LeftOutReason } from "../../../shared/earlier";
import type { TakenValues } from "./EarlierTrack";

type Tag = Exclude<keyof Tags, "genre">;

/** How a value is read; all but texts must be numbers, or lists of them. */
export type Reading =
  | {
      kind: "number";
      range: readonly [number, number];
      /** Values that stood for "not known". */
      placeholders?: readonly number[];
      unit?: keyof typeof CONVERSIONS;
    }
  /** 0–11 from C, or a name that may be flat; believed together with the mode and the strength. */
  | { kind: "key" | "mode" }
  /** Twelve numbers, the first is A. */
  | { kind: "chroma" }
  | { kind: "text" | "genre" | "modelTags" };

export type Target =
  /** A column of ours: the definitions are the same. */
  | { column: keyof TakenValues }
  /** A value of its own definition, under a name of its own. */
  | { own: string }
  | { tag: Tag | "genre" }
  | { modelTags: true };

type Fate = { into: Target; read: Reading } | { leftOut: LeftOutReason };

export interface TrustRule {
  /** As the earlier database calls it: names of the same thing. */
  names: readonly string[];
  variants: readonly EarlierVariant[];
  fate: Fate;
  /** For the reader of the documentation. */
  note?: string;
}

/** From the earlier program's unit to ours; it analysed at 44,100 samples a second. */
export const CONVERSIONS = {
  linearToDbfs: { say: "linear, becomes dBFS", convert: (value: number) => 20 * Math.log10(value) },
  perSampleToPerSecond: { say: "per sample, becomes 1/s", convert: (value: number) => value * 44_100 },
} as const;

const SCRIPTS = ["A1", "A2"] as const;
/** All that name their features alike. */
const LATER = ["R", "N", "B", "C", "E"] as const;
const SQLITE = [...SCRIPTS, ...LATER] as const;
const ALL = [...SQLITE, "D"] as const;

function number(
  low: number,
  high: number,
  more: Pick<Extract<Reading, { kind: "number" }>, "placeholders" | "unit"> = {},
): Reading {
  return { kind: "number", range: [low, high], ...more };
}

function leaveOut(
  variants: readonly EarlierVariant[],
  leftOut: LeftOutReason,
  names: readonly string[],
  note?: string,
): TrustRule {
  return { names, variants, fate: { leftOut }, ...(note === undefined ? {} : { note }) };
}

function tag(
  name: Tag | "genre",
  names: readonly string[],
  read: Reading,
  variants: readonly EarlierVariant[] = SQLITE,
): TrustRule {
  return { names, variants, fate: { into: { tag: name }, read } };
}

const TEXT: Reading = { kind: "text" };
const NONE = { placeholders: [0] };

/** What is kept, in the order shown. */
const KEPT: readonly TrustRule[] = [
  {
    names: ["duration", "duration_seconds"],
    variants: ALL,
    fate: { into: { column: "format.duration" }, read: number(0.001, 1e7, { placeholders: [0, -1] }) },
    note: "seconds",
  },
  {
    names: ["sample_rate"],
    variants: LATER,
    fate: { into: { column: "format.sampleRate" }, read: number(1000, 1_536_000, NONE) },
    note: "Hz, of the file",
  },
  {
    names: ["channels"],
    variants: LATER,
    fate: { into: { column: "format.channels" }, read: number(1, 255, NONE) },
  },
  {
    names: ["bitrate"],
    variants: LATER,
    fate: { into: { column: "format.bitrate" }, read: number(1000, 1e9, NONE) },
    note: "bit/s",
  },
  {
    names: ["bpm"],
    variants: SQLITE,
    fate: { into: { column: "rhythm.tempo" }, read: number(30, 300, { placeholders: [-1, 0] }) },
    note: "from the first 15 seconds of longer files in R to E",
  },
  {
    names: ["tempo", "bpm"],
    variants: ["D"],
    fate: { into: { column: "rhythm.tempo" }, read: number(30, 300, { placeholders: [-1, 0] }) },
  },
  {
    names: ["key"],
    variants: ALL,
    fate: { into: { column: "tonal.key" }, read: { kind: "key" } },
    note: "flats become sharps; C major without a strength stood for “not known” in all but A1 and D",
  },
  {
    names: ["scale", "mode"],
    variants: SQLITE,
    fate: { into: { column: "tonal.mode" }, read: { kind: "mode" } },
    note: "only with a key",
  },
  {
    names: ["loudness"],
    variants: SQLITE,
    fate: { into: { column: "dynamics.rms" }, read: number(1e-9, 1, { ...NONE, unit: "linearToDbfs" }) },
    note: "RMS of the mono mix",
  },
  {
    names: ["danceability"],
    variants: SCRIPTS,
    fate: { into: { own: "danceability" }, read: number(0.001, 10, NONE) },
    note: "0 to about 3, by detrended fluctuations",
  },
  {
    names: ["key_strength"],
    variants: ["A2", ...LATER],
    fate: { into: { own: "keyStrength" }, read: number(0.001, 1, NONE) },
  },
  {
    names: ["centroid", "spectral_centroid"],
    variants: SQLITE,
    fate: { into: { own: "spectralCentroidHz" }, read: number(0.001, 1e5, NONE) },
    note: "one number for the whole signal; ours is a mean over frames",
  },
  {
    names: ["spectral_rolloff"],
    variants: ["A2"],
    fate: { into: { own: "spectralRolloffHz" }, read: number(0.001, 1e5, NONE) },
  },
  {
    names: ["spectral_flatness"],
    variants: ["A2"],
    fate: { into: { own: "spectralFlatness" }, read: number(1e-12, 1, NONE) },
  },
  {
    names: ["zcr"],
    variants: SCRIPTS,
    fate: {
      into: { own: "zeroCrossingsPerSecond" },
      read: number(1e-9, 1, { ...NONE, unit: "perSampleToPerSecond" }),
    },
    note: "silence counts in it, other than in ours",
  },
  {
    names: ["chroma", "chroma_mean"],
    variants: ["A2", ...LATER],
    fate: { into: { own: "chroma" }, read: { kind: "chroma" } },
    note: "turned so that the first is C, unless librosa made it",
  },
  {
    names: ["chroma_std"],
    variants: LATER,
    fate: { into: { own: "chromaDeviation" }, read: { kind: "chroma" } },
  },
  {
    names: ["musicnn_tags", "tags"],
    variants: ["A2", "C"],
    fate: { into: { modelTags: true }, read: { kind: "modelTags" } },
    note: "marked as imported",
  },
  tag("title", ["title"], TEXT, ALL),
  tag("artist", ["artist"], TEXT, ALL),
  tag("album", ["album"], TEXT),
  tag("albumArtist", ["album_artist", "albumartist"], TEXT),
  tag("genre", ["genre"], { kind: "genre" }),
  tag("year", ["year"], number(1, 9999, NONE)),
  tag("trackNumber", ["track_number", "tracknumber"], number(1, 9999, NONE)),
  tag("comment", ["comment"], TEXT),
  tag("tempo", ["external_bpm", "bpm_from_metadata", "tempo"], number(60, 200), LATER),
  tag("replayGainTrack", ["replaygain_track_gain"], number(-100, 100)),
  tag("replayGainAlbum", ["replaygain_album_gain"], number(-100, 100)),
];

/** What is not. */
const LEFT_OUT: readonly TrustRule[] = [
  leaveOut(["A1"], "wrongOutput", ["beat_confidence"], "guesses of tempo cut to 0…1: always 1"),
  leaveOut(["A2"], "constant", ["beat_confidence"], "never computed"),
  leaveOut(SCRIPTS, "wrongOutput", ["onset_rate"], "a time in seconds, not a rate"),
  leaveOut(["A2"], "wrongInput", ["mfcc"], "raw samples in the place of a spectrum"),
  leaveOut(["A2"], "otherMeasure", ["spectral_contrast"]),
  leaveOut(["A2"], "noModel", ["musicnn_embedding"]),
  leaveOut(["C"], "noModel", ["embedding"]),
  leaveOut(
    LATER,
    "wrongOutput",
    ["rhythm_confidence", "confidence"],
    "the time of the first beat, or 0.5 or 0.7",
  ),
  leaveOut(LATER, "repeated", ["bpm_estimates", "estimates", "bpm_intervals"]),
  leaveOut(LATER, "wrongInput", ["spectral_flatness"], "raw samples given to a measure of envelopes"),
  leaveOut(LATER, "constant", [
    "spectral_rolloff",
    "spectral_bandwidth",
    "spectral_contrast_mean",
    "spectral_contrast_std",
    "dynamic_complexity",
    "loudness_range",
    "dynamic_range",
    "key_confidence",
  ]),
  leaveOut(
    LATER,
    "wrongInput",
    ["mfcc_coefficients", "mfcc", "mfcc_bands", "mfcc_std", "mfcc_delta", "mfcc_delta2"],
    "raw samples in the place of a spectrum",
  ),
  leaveOut(
    ["R", "N", "B", "E"],
    "wrongInput",
    [
      "embedding",
      "embedding_std",
      "embedding_min",
      "embedding_max",
      "tags",
      "musicnn_embedding",
      "musicnn_tags",
    ],
    "the model was given frames of the wrong size and scale",
  ),
  leaveOut(LATER, "thresholds", [
    "danceability",
    "energy",
    "valence",
    "acousticness",
    "instrumentalness",
    "speechiness",
    "liveness",
  ]),
  leaveOut(LATER, "partOnly", ["audio_length"], "of the loaded part, not of the file"),
  leaveOut(LATER, "otherTag", [
    "length",
    "disc_number",
    "composer",
    "mood",
    "style",
    "encoded_by",
    "language",
    "copyright",
    "publisher",
    "original_artist",
    "original_album",
    "original_year",
    "original_filename",
    "content_group",
    "encoder",
    "file_type",
    "playlist_delay",
    "recording_time",
    "replaygain_track_peak",
    "replaygain_album_peak",
    "lyricist",
    "band",
    "conductor",
    "remixer",
    "subtitle",
    "grouping",
    "quality",
    "custom_tags",
  ]),
  leaveOut(LATER, "outsideService", [
    "musicbrainz_id",
    "musicbrainz_artist_id",
    "musicbrainz_album_id",
    "discogs_id",
    "spotify_id",
    "release_date",
    "duration_ms",
    "play_count",
    "listeners",
    "rating",
    "popularity",
    "url",
    "image_url",
    "enrichment_sources",
    "spotify_features",
    "external_metadata",
  ]),
  leaveOut(["C"], "otherMeasure", ["librosa_features", "advanced_categorization_features"]),
  leaveOut(["N", "B", "C", "E"], "unvouched", [
    "tempo_confidence",
    "tempo_strength",
    "rhythm_pattern",
    "beat_positions",
    "onset_times",
    "rhythm_complexity",
    "spectral_flux",
    "spectral_entropy",
    "spectral_crest",
    "spectral_decrease",
    "spectral_kurtosis",
    "spectral_skewness",
    "key_scale_notes",
    "key_chord_progression",
    "modulation_points",
    "tonal_centroid",
    "harmonic_complexity",
    "chord_progression",
    "harmonic_centroid",
    "harmonic_contrast",
    "chord_changes",
    "zero_crossing_rate",
    "root_mean_square",
    "peak_amplitude",
    "crest_factor",
    "signal_to_noise_ratio",
    "rhythm_features",
    "spectral_features",
    "mfcc_features",
    "musicnn_features",
    "harmonic_features",
  ]),
  leaveOut(["N", "B", "C", "E"], "neverFilled", [
    "timbre_brightness",
    "timbre_warmth",
    "timbre_hardness",
    "timbre_depth",
    "intro_duration",
    "verse_duration",
    "chorus_duration",
    "bridge_duration",
    "outro_duration",
    "section_boundaries",
    "repetition_rate",
    "bitrate_quality",
    "sample_rate_quality",
    "encoding_quality",
    "compression_artifacts",
    "clipping_detection",
    "electronic_elements",
    "classical_period",
    "jazz_style",
    "rock_subgenre",
    "folk_style",
    "timbre_features",
    "structure_features",
  ]),
  leaveOut(["D"], "standIn", [
    "mode",
    "energy",
    "loudness",
    "danceability",
    "valence",
    "arousal",
    "acousticness",
    "instrumentalness",
    "speechiness",
    "liveness",
    "genre",
    "mood_angry",
    "mood_happy",
    "mood_relaxed",
    "mood_sad",
    "ml_embeddings",
    "musicnn_embeddings",
    "time_signature",
    "content_type",
    "estimated_track_count",
  ]),
];

/** The whole table. */
export const TRUST: readonly TrustRule[] = [...KEPT, ...LEFT_OUT];

/** Names of what is no value of the sound: identities, times, states, settings of the run. */
export const BOOKKEEPING: ReadonlySet<string> = new Set([
  "id",
  "track_id",
  "file_path",
  "file_hash",
  "filename",
  "file_size",
  "file_size_bytes",
  "path",
  "status",
  "analysis_status",
  "analysis_date",
  "analysis_version",
  "analysis_type",
  "analyzed",
  "audio_type",
  "is_long_audio",
  "is_extremely_large",
  "long_audio_category",
  "created_at",
  "updated_at",
  "last_modified",
  "last_analyzed",
  "last_checked",
  "last_attempt",
  "retry_count",
  "error_message",
  "failed",
  "musicnn_skipped",
  "metadata",
  "audio_features",
  "success",
  "processing_time",
  "model_version",
  "musicnn_confidence",
  "mutagen_completed",
  "musicnn_completed",
  "essentia_completed",
  "external_completed",
  "audio_analysis_completed",
  "discovery_date",
  "discovery_source",
]);

/** The rules of one form by name. */
export function rulesOf(variant: EarlierVariant): ReadonlyMap<string, TrustRule> {
  const rules = new Map<string, TrustRule>();
  for (const rule of TRUST) {
    if (!rule.variants.includes(variant)) continue;
    for (const name of rule.names) if (!rules.has(name)) rules.set(name, rule);
  }
  return rules;
}
