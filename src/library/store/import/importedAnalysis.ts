/** What a track of the earlier database becomes here: a result of state "imported", or a failure without a reason. */
import { nothingMeasured, type Analysis, type FileFacts, type Tags } from "../../../shared/analysis";
import { EARLIER_VARIANTS, type EarlierVariant } from "../../../shared/earlier";
import { camelotName, openKeyName } from "../../../shared/keyNames";
import type { EarlierTrack, TakenValues } from "./EarlierTrack";

/** No version of ours measured it: it counts as outdated. */
const NO_VERSIONS: Analysis["versions"] = { app: "", schema: 0, measurements: {} };

/** `file` is the file as it is here now. */
export function importedAnalysis(
  variant: EarlierVariant,
  track: EarlierTrack,
  path: string,
  file: FileFacts,
): Analysis {
  return {
    path,
    state: track.failure ? "failed" : "imported",
    ...(track.failure && { error: earlierFailure(track.failure.message) }),
    warnings: [],
    file,
    format: null,
    tags: tagsOf(track.tags),
    ...nothingMeasured(),
    ...measuredGroups(track.taken),
    imported: importedFacts(variant, track),
    // The store says of all that is absent that it was not imported.
    missing: {},
    versions: NO_VERSIONS,
    // Only a time in UTC is one here; any other stays as it was given.
    timing: { analyzedAt: track.analyzedAt?.utc ?? "", decodeMs: null, analyzeMs: null, workerId: null },
  };
}

/** Its attempts were another program's. */
function earlierFailure(message: string | null): NonNullable<Analysis["error"]> {
  const said = message === null ? "It did not say why." : `It said: ${message}`;
  return {
    code: "failedEarlier",
    message: `The earlier Playlista failed on this file. ${said}`,
    attempts: 0,
  };
}

function tagsOf(tags: Partial<Tags>): Tags | null {
  if (Object.keys(tags).length === 0) return null;
  const none: Tags = {
    title: null,
    artist: null,
    album: null,
    albumArtist: null,
    trackNumber: null,
    year: null,
    genre: [],
    comment: null,
    tempo: null,
    key: null,
    replayGainTrack: null,
    replayGainAlbum: null,
  };
  return { ...none, ...tags };
}

function measuredGroups(taken: TakenValues): Partial<Pick<Analysis, "rhythm" | "tonal" | "dynamics">> {
  const { "rhythm.tempo": tempo, "tonal.key": key, "tonal.mode": mode, "dynamics.rms": rms } = taken;
  return {
    ...(tempo !== undefined && {
      rhythm: {
        tempo,
        confidence: null,
        candidates: null,
        beats: null,
        downbeats: null,
        onsetRate: null,
        stability: null,
      },
    }),
    ...(key !== undefined && {
      tonal: {
        key,
        mode: mode ?? null,
        strength: null,
        runnerUp: null,
        camelot: mode ? camelotName(key, mode) : null,
        openKey: mode ? openKeyName(key, mode) : null,
        tuning: null,
        chroma: null,
        keyChanges: null,
      },
    }),
    ...(rms !== undefined && {
      dynamics: {
        rms,
        crestFactor: null,
        dcOffset: null,
        clippedRuns: null,
        leadingSilence: null,
        trailingSilence: null,
      },
    }),
  };
}

function importedFacts(
  variant: EarlierVariant,
  { taken, own, analyzedAt, modelTags }: EarlierTrack,
): Analysis["imported"] & object {
  return {
    origin: variant,
    analyzedAt: analyzedAt?.text ?? null,
    duration: taken["format.duration"] ?? null,
    sampleRate: whole(taken["format.sampleRate"]),
    channels: whole(taken["format.channels"]),
    bitrate: taken["format.bitrate"] ?? null,
    modelTags,
    values: own,
  };
}

function whole(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value);
}

/** Tells an imported result from anything else that another process may send. */
export function isImported(value: unknown): value is Analysis {
  if (typeof value !== "object" || value === null) return false;
  const { path, state, imported, missing, warnings } = value as Partial<Analysis>;
  const isState = state === "imported" || state === "failed";
  const isWhole =
    typeof missing === "object" && Array.isArray(warnings) && Array.isArray(imported?.modelTags);
  return typeof path === "string" && isState && isWhole && isVariant(imported.origin);
}

export function isVariant(value: unknown): value is EarlierVariant {
  return typeof value === "string" && Object.hasOwn(EARLIER_VARIANTS, value);
}
