/**
 * What the databases of the earlier Playlista hold, in one shape for all its forms: a reader gives what it finds
 * of each file (`FoundTrack`), the trust table turns that into what we take over (`EarlierTrack`).
 */
import type { KeyName, Mode, ModelTag, Tags } from "../../../shared/analysis";
import type { EarlierVariant, LeftOutReason } from "../../../shared/earlier";

/** When a file was analysed there. */
export interface GivenTime {
  /** As written. */
  text: string;
  /** ISO 8601 in UTC, where what is written says so; most of it is local time without a zone. */
  utc: string | null;
}

/** One file as a reader found it; nothing is judged yet. */
export interface FoundTrack {
  /** As written, mostly a path inside the container that the earlier program ran in. */
  path: string;
  /** Bytes, where it is written down. */
  size: number | null;
  analyzedAt: GivenTime | null;
  /** By the names of the trust table. */
  values: Readonly<Record<string, unknown>>;
  /** Null when analysing it had not failed; the message is null where none was kept. */
  failure: { message: string | null } | null;
  /** It was listed and never analysed. */
  isSeenOnly: boolean;
}

/** Measured values that mean the same here, by the path in an Analysis. */
export interface TakenValues {
  "format.duration"?: number;
  "format.sampleRate"?: number;
  "format.channels"?: number;
  "format.bitrate"?: number;
  "rhythm.tempo"?: number;
  "dynamics.rms"?: number;
  "tonal.key"?: KeyName;
  "tonal.mode"?: Mode;
}

interface LeftOut {
  /** As the earlier database calls it. */
  name: string;
  reason: LeftOutReason;
}

/** One file with what can be trusted of it. */
export interface EarlierTrack extends Pick<
  FoundTrack,
  "path" | "size" | "analyzedAt" | "failure" | "isSeenOnly"
> {
  taken: TakenValues;
  /** Values of another definition than ours, under names of their own. */
  own: Record<string, number | number[]>;
  tags: Partial<Tags>;
  modelTags: ModelTag[];
  leftOut: LeftOut[];
}

export interface EarlierPlaylist {
  name: string;
  /** As written, in order. */
  paths: string[];
  /** Entries whose track is not to be found any more. */
  orphaned: number;
}

/** A whole database of the earlier Playlista. */
export interface EarlierLibrary {
  variant: EarlierVariant;
  tracks: EarlierTrack[];
  playlists: EarlierPlaylist[];
  /** Rows with values of a file that nothing names any more. */
  orphaned: number;
  /** Sentences about the file itself. */
  warnings: string[];
}

/** What a reader gives of a database. */
export interface FoundLibrary {
  /** With nulls while nothing is found yet, so that others may have their turn. */
  tracks: Iterable<FoundTrack | null>;
  playlists: EarlierPlaylist[];
  /** Asked for once the tracks are read. */
  orphaned: () => number;
}
