/**
 * The fields of the search language, each named once: facts of a file here, measured values from the list of
 * measurements. docs/search.md shows this list; `npm run docs:search` writes it anew.
 */
import { FAILURE_CODES, WARNING_CODES } from "../../../shared/codes";
import { leavesOf, VALUES } from "../../../shared/measurements";
import type { Leaf, ValueDeclaration } from "../../../shared/measurements";
import { columnName } from "../columns";

/**
 * What a field's values are: "text" is found by words, "word" by any part of it; "list" can only be asked for with
 * `has:`; those of "special" mean something of their own each.
 */
type FieldKind =
  "number" | "year" | "date" | "key" | "text" | "word" | "choice" | "boolean" | "list" | "special";

export interface SearchField {
  /** All in small letters; the first is how the documentation calls it. */
  names: readonly string[];
  label: string;
  kind: FieldKind;
  /** Of the tracks table; "" for a special field that has none. */
  column: string;
  /** As values.ts knows units; "" for a plain number. */
  unit: string;
  /** Decimals shown. */
  decimals: number;
  /** What a choice can be. */
  choices: readonly string[];
}

type Declared = Partial<SearchField> & Pick<SearchField, "names" | "label" | "kind">;

const DEFAULTS = { column: "", unit: "", decimals: 0, choices: [] } as const;

function fact(path: string, kind: FieldKind, names: string[], rest: Partial<SearchField> = {}): SearchField {
  const label = rest.label ?? names[0] ?? path;
  return {
    ...DEFAULTS,
    column: columnName(path),
    ...rest,
    label,
    kind,
    names: [...names, path.toLowerCase()],
  };
}

function special({ names, ...rest }: Declared): SearchField {
  return { ...DEFAULTS, ...rest, names };
}

const ABOUT_THE_FILE: readonly SearchField[] = [
  special({ names: ["path"], label: "Part of the path; * and ? stand for any letters", kind: "special" }),
  special({ names: ["folder", "in"], label: "A folder and all below it", kind: "special" }),
  special({ names: ["ext", "extension"], label: "Extension of the name", kind: "special" }),
  special({
    ...{ names: ["state"], label: "State", kind: "choice", column: "state" },
    choices: ["analyzed", "failed", "imported"],
  }),
  fact("error.code", "choice", ["error"], { label: "Why it failed", choices: FAILURE_CODES }),
  fact("error.attempts", "number", ["attempts"], { label: "Failed attempts" }),
  special({ names: ["warning"], label: "What is doubtful", kind: "special", choices: WARNING_CODES }),
  special({
    names: ["missing"],
    label: "Gone from the disk (yes, no), or a value that is null",
    kind: "special",
  }),
  special({ names: ["has"], label: "A value that is known", kind: "special" }),
  special({ names: ["outdated"], label: "Measured by an older version (yes, no)", kind: "special" }),
  special({ names: ["similar"], label: "The tracks most like the one at a path", kind: "special" }),
  fact("file.size", "number", ["size"], { label: "Size", unit: "bytes", decimals: 1 }),
  fact("file.modified", "date", ["modified"], { label: "Last change of the file" }),
  fact("file.sha256", "word", ["sha256"], { label: "SHA-256 of the content" }),
  fact("timing.analyzedAt", "date", ["analyzed"], { label: "When it was analyzed" }),
];

const FORMAT: readonly SearchField[] = [
  fact("format.duration", "number", ["duration", "length"], { label: "Duration", unit: "s" }),
  fact("format.codec", "word", ["codec"], { label: "Codec" }),
  fact("format.container", "word", ["container"], { label: "Container" }),
  fact("format.lossless", "boolean", ["lossless"], { label: "Lossless" }),
  fact("format.sampleRate", "number", ["samplerate", "rate"], { label: "Sample rate", unit: "Hz" }),
  fact("format.channels", "number", ["channels"], { label: "Channels" }),
  fact("format.bitDepth", "number", ["bits", "bitdepth"], { label: "Bits a sample" }),
  fact("format.bitrate", "number", ["bitrate"], { label: "Bit rate", unit: "bit/s" }),
];

const TAGS: readonly SearchField[] = [
  special({ names: ["tag"], label: "Genre or any other tag by its name", kind: "special" }),
  fact("tags.title", "text", ["title"], { label: "Title" }),
  fact("tags.artist", "text", ["artist"], { label: "Artist" }),
  fact("tags.album", "text", ["album"], { label: "Album" }),
  fact("tags.albumArtist", "text", ["albumartist"], { label: "Album artist" }),
  fact("tags.genre", "text", ["genre"], { label: "Genre" }),
  fact("tags.comment", "text", ["comment"], { label: "Comment" }),
  fact("tags.year", "year", ["year"], { label: "Year" }),
  fact("tags.trackNumber", "number", ["track", "tracknumber"], { label: "Number on the album" }),
  fact("tags.tempo", "number", ["tagbpm", "tagtempo"], {
    label: "Tempo as tagged",
    unit: "BPM",
    decimals: 1,
  }),
  fact("tags.key", "word", ["tagkey"], { label: "Key as tagged" }),
  fact("tags.replayGainTrack", "number", ["taggain"], {
    label: "Replay gain as tagged",
    unit: "dB",
    decimals: 2,
  }),
];

/** What people call measured values; every value also has its path as a name ("spectral.flux.std"). */
export const SHORT_NAMES: Readonly<Record<string, readonly string[]>> = {
  "loudness.integrated": ["lufs", "loudness"],
  "loudness.range": ["range", "lra"],
  "loudness.momentaryMax": ["momentary"],
  "loudness.shortTermMax": ["shortterm"],
  "loudness.truePeak": ["peak", "truepeak"],
  "loudness.samplePeak": ["samplepeak"],
  "loudness.replayGain": ["gain", "replaygain"],
  "loudness.peakToLoudness": ["plr"],
  "dynamics.rms": ["rms"],
  "dynamics.crestFactor": ["crest"],
  "dynamics.dcOffset": ["dc"],
  "dynamics.clippedRuns": ["clipping", "clipped"],
  "dynamics.leadingSilence": ["leadingsilence"],
  "dynamics.trailingSilence": ["trailingsilence"],
  "stereo.correlation": ["correlation"],
  "stereo.dualMono": ["dualmono"],
  "rhythm.tempo": ["bpm", "tempo"],
  "rhythm.confidence": ["confidence"],
  "rhythm.beats": ["beats"],
  "rhythm.downbeats": ["downbeats"],
  "rhythm.onsetRate": ["onsets"],
  "rhythm.stability": ["stability"],
  "tonal.camelot": ["key", "camelot", "openkey", "tonal.key", "tonal.openkey"],
  "tonal.mode": ["mode"],
  "tonal.strength": ["strength", "keystrength"],
  "tonal.tuning": ["tuning"],
  "tonal.keyChanges": ["keychanges"],
  "spectral.centroid.mean": ["centroid", "brightness"],
  "spectral.bandwidth.mean": ["bandwidth"],
  "spectral.rolloff85.mean": ["rolloff"],
  "spectral.flatness.mean": ["flatness"],
  "spectral.flux.mean": ["flux"],
  "spectral.zeroCrossingRate.mean": ["zerocrossings"],
  "timbre.mfccMean": ["mfcc"],
  "essentia.danceability": ["danceability"],
};

/** The key is one field under all its names. */
const WITHIN_KEY = new Set(["tonal.key", "tonal.openKey"]);

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  "tonal.mode": ["major", "minor"],
  "essentia.mode": ["major", "minor"],
  "rhythm.stability": ["steady", "drifting", "free"],
};

const MEASURED: readonly SearchField[] = VALUES.flatMap((value) =>
  leavesOf(value)
    .filter(({ path }) => !WITHIN_KEY.has(path))
    .map((leaf) => measured(value, leaf)),
);

function measured({ decimals }: ValueDeclaration, { path, label, unit, type }: Leaf): SearchField {
  const choices = CHOICES[path] ?? [];
  return {
    ...DEFAULTS,
    names: [...(SHORT_NAMES[path] ?? []), path.toLowerCase()],
    label: path === "tonal.camelot" ? "Key" : label,
    kind: path === "tonal.camelot" ? "key" : choices.length > 0 ? "choice" : kindOf(type),
    column: columnName(path),
    unit,
    decimals,
    choices,
  };
}

function kindOf(type: Leaf["type"]): FieldKind {
  if (type === "real" || type === "integer") return "number";
  return type === "text" ? "word" : type;
}

/** By what they are about, in the order of the documentation. */
export const SEARCH_FIELDS: Readonly<Record<string, readonly SearchField[]>> = {
  "The file": ABOUT_THE_FILE,
  Format: FORMAT,
  "Tags in the file": TAGS,
  Measured: MEASURED,
};

const BY_NAME = new Map(
  Object.values(SEARCH_FIELDS)
    .flat()
    .flatMap((field) => field.names.map((name): [string, SearchField] => [name, field])),
);

/** Every name that a query can use for a field, but for `sort`. */
export const FIELD_NAMES: readonly string[] = [...BY_NAME.keys()];

/** The field of this name, in any case. */
export function fieldNamed(name: string): SearchField | null {
  return BY_NAME.get(name.toLowerCase()) ?? null;
}
