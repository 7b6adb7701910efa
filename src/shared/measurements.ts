/**
 * The list of measurements: what each gives, in which unit, by which method and in which version.
 * Columns of the database, rows of the page, tree texts and `--json` follow from it. A new measurement
 * is a folder in `src/analysis` and an entry here.
 */
/** One number, truth or word: a typed column. */
export type ScalarType = "real" | "integer" | "boolean" | "text";

/** Scalars by name: what a record or an item of a list is made of. */
export type Fields = Readonly<Record<string, ScalarType>>;

/**
 * A `pattern` is how a record is read: "{key} {strength:2}" puts fields in, with so many decimals where they differ
 * from the value's own; "{time:clock}" is minutes and seconds.
 */
interface DeclaredValue {
  /** Path in an Analysis: "loudness.integrated". */
  path: `${string}.${string}`;
  label: string;
  /** Unit as shown; empty for a plain number or a name. */
  unit: string;
  /** Decimals shown (the stored number is unrounded). */
  decimals: number;
  /** Lowest and highest value it can take. */
  range?: readonly [number, number];
}

export type ValueDeclaration = DeclaredValue &
  (
    | { type: ScalarType }
    /** An object of scalars (a mean and a deviation): a column each. */
    | { type: "record"; fields: Fields; pattern: string }
    /**
     * Any number of numbers, in one column as JSON; `counted` when people want to know only how many, `shownFrom` for
     * places, which are kept from 0 on, where people count from 1; `pitches` when there is one for each pitch class.
     */
    | { type: "list"; items: "real" | "integer"; counted?: true; shownFrom?: 1; pitches?: true }
    /** Any number of objects, in one column as JSON. */
    | { type: "list"; items: Fields; pattern: string }
  );

export interface MeasurementDeclaration {
  label: string;
  /** Raised with every change of its numbers; results of an older version count as outdated. */
  version: number;
  /** How it is measured, for the reader of the number. */
  method: string;
  /** Paper or standard. */
  source: string;
  /** Made only where the setting of its name asks for it. */
  onRequest?: true;
  values: readonly ValueDeclaration[];
}

/** What is kept of a value that each frame has. */
const MOMENTS = { mean: "real", std: "real" } as const satisfies Fields;
const MEAN_AND_DEVIATION = "{mean} ± {std}";

/** A value that each frame has, kept as its mean and deviation. */
function perFrame(path: `spectral.${string}`, label: string, unit: string, decimals: number) {
  return {
    path,
    label,
    type: "record",
    fields: MOMENTS,
    pattern: MEAN_AND_DEVIATION,
    unit,
    decimals,
  } as const;
}

const TEMPO_CANDIDATE = { tempo: "real", weight: "real" } as const satisfies Fields;
const LIKELY_KEY = { key: "text", mode: "text", strength: "real" } as const satisfies Fields;
const KEY_CHANGE = { time: "real", key: "text", mode: "text" } as const satisfies Fields;

/** In the order shown. */
export const MEASUREMENTS = {
  loudness: {
    label: "Loudness",
    version: 2,
    method:
      "K-weighted mean squares: integrated over 400 ms windows with gates at −70 LUFS and −10 LU, range over 3 s windows with gates at −70 LUFS and −20 LU, maxima in steps of 10 ms; true peak by eightfold oversampling (fourfold above 48 kHz); replay gain to −18 LUFS, replay peak is the highest sample",
    source: "ITU-R BS.1770-5, EBU R 128, EBU Tech 3341 and 3342, ReplayGain 2.0",
    values: [
      { path: "loudness.integrated", label: "Integrated", type: "real", unit: "LUFS", decimals: 1 },
      { path: "loudness.range", label: "Range", type: "real", unit: "LU", decimals: 1 },
      { path: "loudness.momentaryMax", label: "Momentary maximum", type: "real", unit: "LUFS", decimals: 1 },
      { path: "loudness.shortTermMax", label: "Short-term maximum", type: "real", unit: "LUFS", decimals: 1 },
      { path: "loudness.truePeak", label: "True peak", type: "real", unit: "dBTP", decimals: 1 },
      { path: "loudness.samplePeak", label: "Sample peak", type: "real", unit: "dBFS", decimals: 1 },
      { path: "loudness.replayGain", label: "Replay gain", type: "real", unit: "dB", decimals: 2 },
      { path: "loudness.replayPeak", label: "Replay peak", type: "real", unit: "", decimals: 3 },
      { path: "loudness.peakToLoudness", label: "Peak to loudness", type: "real", unit: "LU", decimals: 1 },
    ],
  },
  dynamics: {
    label: "Dynamics",
    version: 1,
    method:
      "Mean square over all channels (a full-scale sine has −3.01 dBFS RMS); clipping is at least three samples in a row at or beyond full scale, silence is what stays below −60 dBFS",
    source: "Plain definitions; crest factor as in IEC 60268-1",
    values: [
      { path: "dynamics.rms", label: "RMS", type: "real", unit: "dBFS", decimals: 1 },
      { path: "dynamics.crestFactor", label: "Crest factor", type: "real", unit: "dB", decimals: 1 },
      { path: "dynamics.dcOffset", label: "DC offset", type: "real", unit: "", decimals: 4 },
      { path: "dynamics.clippedRuns", label: "Clipped runs", type: "integer", unit: "", decimals: 0 },
      { path: "dynamics.leadingSilence", label: "Leading silence", type: "real", unit: "s", decimals: 2 },
      { path: "dynamics.trailingSilence", label: "Trailing silence", type: "real", unit: "s", decimals: 2 },
    ],
  },
  stereo: {
    label: "Stereo",
    version: 1,
    method:
      "Correlation of the first two channels over the whole file; dual mono when they differ by less than −60 dB; silent channels stay below −60 dBFS",
    source: "Plain definitions; correlation as a stereo correlation meter shows it",
    values: [
      {
        path: "stereo.correlation",
        label: "Correlation",
        type: "real",
        unit: "",
        decimals: 2,
        range: [-1, 1],
      },
      { path: "stereo.dualMono", label: "Dual mono", type: "boolean", unit: "", decimals: 0 },
      {
        path: "stereo.silentChannels",
        label: "Silent channels",
        type: "list",
        items: "integer",
        shownFrom: 1,
        unit: "",
        decimals: 0,
      },
    ],
  },
  tempo: {
    label: "Rhythm",
    version: 4,
    method:
      "Spectral flux in all, in the bass and in the treble; autocorrelation over 12 s windows; a fitted model that hears what lies on and between the beats of each likely tempo; beats by dynamic programming along the local tempo",
    source:
      "Böck & Widmer, Maximum Filter Vibrato Suppression for Onset Detection, 2013; Ellis, Beat Tracking by Dynamic Programming, 2007",
    values: [
      { path: "rhythm.tempo", label: "Tempo", type: "real", unit: "BPM", decimals: 1, range: [30, 300] },
      { path: "rhythm.confidence", label: "Confidence", type: "real", unit: "", decimals: 2, range: [0, 1] },
      {
        path: "rhythm.candidates",
        label: "Candidates",
        type: "list",
        items: TEMPO_CANDIDATE,
        pattern: "{tempo} ({weight:2})",
        unit: "BPM",
        decimals: 1,
      },
      {
        path: "rhythm.beats",
        label: "Beats",
        type: "list",
        items: "real",
        counted: true,
        unit: "",
        decimals: 0,
      },
      {
        path: "rhythm.downbeats",
        label: "Downbeats",
        type: "list",
        items: "real",
        counted: true,
        unit: "",
        decimals: 0,
      },
      { path: "rhythm.onsetRate", label: "Onset rate", type: "real", unit: "1/s", decimals: 1 },
      { path: "rhythm.stability", label: "Stability", type: "text", unit: "", decimals: 0 },
    ],
  },
  key: {
    label: "Tonal",
    version: 3,
    method:
      "Tones (steady spectral peaks, 45 to 2500 Hz) folded to pitch classes in the music's own tuning, correlated with the 24 keys' profiles; strength is a fitted likelihood; a change of key must hold for several seconds, and then all keys are told, the first from the start; no key where few tones are heard",
    source:
      "Faraldo et al., A Multi-Profile Method for Key Estimation in EDM, 2017; Temperley, Music and Probability, 2007 (Kostka-Payne corpus)",
    values: [
      { path: "tonal.key", label: "Key", type: "text", unit: "", decimals: 0 },
      { path: "tonal.mode", label: "Mode", type: "text", unit: "", decimals: 0 },
      { path: "tonal.strength", label: "Strength", type: "real", unit: "", decimals: 2, range: [0, 1] },
      {
        path: "tonal.runnerUp",
        label: "Runner-up",
        type: "record",
        fields: LIKELY_KEY,
        pattern: "{key} {mode} ({strength})",
        unit: "",
        decimals: 2,
      },
      { path: "tonal.camelot", label: "Camelot", type: "text", unit: "", decimals: 0 },
      { path: "tonal.openKey", label: "Open Key", type: "text", unit: "", decimals: 0 },
      { path: "tonal.tuning", label: "Tuning", type: "real", unit: "Hz", decimals: 1, range: [427, 453] },
      {
        path: "tonal.chroma",
        label: "Pitch classes",
        type: "list",
        items: "real",
        pitches: true,
        unit: "",
        decimals: 2,
      },
      {
        path: "tonal.keyChanges",
        label: "Key changes",
        type: "list",
        items: KEY_CHANGE,
        pattern: "{time:clock} {key} {mode}",
        unit: "",
        decimals: 0,
      },
    ],
  },
  spectral: {
    label: "Spectrum",
    version: 1,
    method:
      "Frames of 46 ms, half overlapping, of the mono mix; each value's mean and deviation over the frames above −60 dBFS",
    source:
      "Peeters, A Large Set of Audio Features for Sound Description, 2004; Jiang et al., Music Type Classification by Spectral Contrast Feature, 2002",
    values: [
      perFrame("spectral.centroid", "Centroid", "Hz", 0),
      perFrame("spectral.bandwidth", "Bandwidth", "Hz", 0),
      perFrame("spectral.rolloff85", "Roll-off", "Hz", 0),
      perFrame("spectral.flatness", "Flatness", "", 6),
      perFrame("spectral.flux", "Flux", "", 3),
      {
        path: "spectral.contrast",
        label: "Contrast",
        type: "list",
        items: MOMENTS,
        pattern: MEAN_AND_DEVIATION,
        unit: "dB",
        decimals: 1,
      },
      perFrame("spectral.zeroCrossingRate", "Zero crossings", "1/s", 0),
    ],
  },
  timbre: {
    label: "Timbre",
    version: 1,
    method:
      "13 cepstral coefficients of 40 mel bands up to 11 kHz, 20 log of their power; mean and deviation over the frames above −60 dBFS",
    source: "Ganchev et al., Comparative Evaluation of Various MFCC Implementations, 2005; Essentia's MFCC",
    values: [
      { path: "timbre.mfccMean", label: "MFCC (mean)", type: "list", items: "real", unit: "", decimals: 1 },
      { path: "timbre.mfccStd", label: "MFCC (std)", type: "list", items: "real", unit: "", decimals: 1 },
    ],
  },
  essentia: {
    label: "Essentia",
    version: 1,
    onRequest: true,
    method:
      "essentia.js 0.1.3 on the mean of both channels at 44.1 kHz, in windows of three minutes: RhythmExtractor2013 (multifeature), KeyExtractor (bgate), Danceability (detrended fluctuation analysis), DynamicComplexity, LoudnessEBUR128, and means of LowLevelSpectralExtractor and LowLevelSpectralEqloudExtractor",
    source: "Bogdanov et al., Essentia: an Audio Analysis Library for Music Information Retrieval, 2013",
    values: [
      { path: "essentia.tempo", label: "Tempo", type: "real", unit: "BPM", decimals: 1 },
      {
        path: "essentia.confidence",
        label: "Confidence",
        type: "real",
        unit: "",
        decimals: 2,
        range: [0, 5.32],
      },
      { path: "essentia.key", label: "Key", type: "text", unit: "", decimals: 0 },
      { path: "essentia.mode", label: "Mode", type: "text", unit: "", decimals: 0 },
      { path: "essentia.keyStrength", label: "Key strength", type: "real", unit: "", decimals: 2 },
      { path: "essentia.danceability", label: "Danceability", type: "real", unit: "", decimals: 2 },
      {
        path: "essentia.dynamicComplexity",
        label: "Dynamic complexity",
        type: "real",
        unit: "dB",
        decimals: 2,
      },
      { path: "essentia.loudness", label: "Integrated loudness", type: "real", unit: "LUFS", decimals: 1 },
      { path: "essentia.loudnessRange", label: "Loudness range", type: "real", unit: "LU", decimals: 1 },
      { path: "essentia.centroid", label: "Spectral centroid", type: "real", unit: "Hz", decimals: 0 },
      { path: "essentia.rolloff", label: "Spectral roll-off", type: "real", unit: "Hz", decimals: 0 },
      { path: "essentia.flatness", label: "Bark flatness", type: "real", unit: "", decimals: 3 },
      { path: "essentia.zeroCrossingRate", label: "Zero crossings", type: "real", unit: "", decimals: 3 },
      { path: "essentia.mfcc", label: "MFCC", type: "list", items: "real", unit: "", decimals: 1 },
    ],
  },
} as const satisfies Record<string, MeasurementDeclaration>;

export type MeasurementId = keyof typeof MEASUREMENTS;

/** The measurements that are made only where they are asked for. */
type OnRequest = {
  [Id in MeasurementId]: (typeof MEASUREMENTS)[Id] extends { onRequest: true } ? Id : never;
}[MeasurementId];

/** Which of them are asked for; jobs and settings have these fields. */
export type Requested = Record<OnRequest, boolean>;

/** Every value of every measurement, in the order shown. */
export const VALUES: readonly ValueDeclaration[] = Object.values<MeasurementDeclaration>(
  MEASUREMENTS,
).flatMap((measurement) => measurement.values);

/** A part of a value that has a column of its own: the value itself, or one scalar of a record. */
export interface Leaf {
  /** "spectral.centroid.mean". */
  path: string;
  label: string;
  unit: string;
  type: ScalarType | "list";
}

/** The leaves of a value, in the order declared. */
export function leavesOf(value: ValueDeclaration): Leaf[] {
  const { path, label, unit } = value;
  if (value.type !== "record") return [{ path, label, unit, type: value.type }];
  return Object.entries(value.fields).map(([field, type]) => ({
    path: `${path}.${field}`,
    label: `${label} (${field})`,
    unit: type === "text" ? "" : unit,
    type,
  }));
}

export type CurrentVersions = Record<Exclude<MeasurementId, OnRequest>, number> &
  Partial<Record<OnRequest, number>>;

/** The versions that a fresh analysis carries. */
export function currentVersions(requested?: Partial<Requested>): CurrentVersions {
  const asked: Readonly<Record<string, boolean | undefined>> = requested ?? {};
  const versions = Object.entries<MeasurementDeclaration>(MEASUREMENTS)
    .filter(([id, { onRequest }]) => onRequest !== true || asked[id] === true)
    .map(([id, { version }]) => [id, version]);
  return Object.fromEntries(versions) as CurrentVersions;
}
