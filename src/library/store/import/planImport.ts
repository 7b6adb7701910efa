/**
 * What an import would do: each file of the earlier database is matched with one here, or skipped with a reason.
 * Nothing is written; the sums of the summary add up.
 */
import type { Analysis } from "../../../shared/analysis";
import type { FolderMapping, ImportSummary, LeftOutReason, SkipReason } from "../../../shared/earlier";
import type { EarlierLibrary, EarlierTrack } from "./EarlierTrack";
import { FileMatcher, type Match, type MatchedFile } from "./FileMatcher";
import { importedAnalysis } from "./importedAnalysis";
import { isEmpty } from "./judgeTrack";

/** Files looked at side by side. */
const AT_ONCE = 32;
/** Paths shown for each reason. */
const EXAMPLES = 5;

export interface ImportedPlaylist {
  name: string;
  /** Absolute, in order. */
  paths: string[];
}

export interface ImportPlan {
  /** States "imported" and "failed". */
  results: Analysis[];
  playlists: ImportedPlaylist[];
  summary: ImportSummary;
}

export interface PlanOptions {
  /** The store's folder. */
  root: string;
  mapping: FolderMapping | null;
  /** Of these absolute paths, those that were analysed here: no import touches them. */
  knownHere: (paths: string[]) => Promise<string[]>;
  onProgress?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Throws the signal's reason. */
export async function planImport(library: EarlierLibrary, options: PlanOptions): Promise<ImportPlan> {
  const tally = new Tally();
  const matcher = new FileMatcher(options.mapping, options.root);
  const found = await matchTracks(library.tracks, matcher, tally, options);
  const here = new Map([...found].map(([path, { track }]) => [track.path, path]));
  const known = new Set(await options.knownHere([...found.keys()]));
  const results: Analysis[] = [];
  for (const [path, { track, file }] of found) {
    if (known.has(path)) {
      tally.skip("alreadyAnalyzed", track.path);
      continue;
    }
    const { size, modified } = file;
    results.push(importedAnalysis(library.variant, track, path, { size, modified, sha256: null }));
    tally.take(track);
  }
  const { playlists, orphans } = await matchPlaylists(library, matcher, here, options);
  const summary: ImportSummary = {
    variant: library.variant,
    tracks: library.tracks.length,
    ...tally.counts(),
    orphaned: library.orphaned,
    playlists: playlists.length,
    playlistEntries: playlists.reduce((sum, { paths }) => sum + paths.length, 0),
    playlistOrphans: orphans,
    mapping: options.mapping,
    warnings: library.warnings,
    isPreview: true,
  };
  return { results, playlists, summary };
}

type Found = Map<string, { track: EarlierTrack; file: MatchedFile }>;

/** The tracks by the absolute path of their file here; of several for one file, the one that says more. */
async function matchTracks(
  tracks: readonly EarlierTrack[],
  matcher: FileMatcher,
  tally: Tally,
  { onProgress, signal }: PlanOptions,
): Promise<Found> {
  const found: Found = new Map();
  for (let start = 0; start < tracks.length; start += AT_ONCE) {
    signal?.throwIfAborted();
    const chunk = tracks.slice(start, start + AT_ONCE);
    const matches = await Promise.all(chunk.map((track) => matchTrack(track, matcher)));
    for (const [index, match] of matches.entries()) {
      const track = chunk[index];
      if (!track) continue;
      if (match.kind === "none") tally.skip(match.reason, track.path);
      else keepBetter(found, track, match.file, tally);
    }
    onProgress?.(Math.min(start + AT_ONCE, tracks.length), tracks.length);
  }
  return found;
}

function matchTrack(
  track: EarlierTrack,
  matcher: FileMatcher,
): Promise<Match | { kind: "none"; reason: SkipReason }> {
  if (track.isSeenOnly) return Promise.resolve({ kind: "none", reason: "seenOnly" });
  if (!track.failure && isEmpty(track)) return Promise.resolve({ kind: "none", reason: "nothingKept" });
  return matcher.find(track);
}

/** Values are better than a failure; of the same kind the later is the newer. */
function keepBetter(found: Found, track: EarlierTrack, file: MatchedFile, tally: Tally): void {
  const before = found.get(file.path);
  const isWorse = before !== undefined && track.failure !== null && before.track.failure === null;
  if (before) tally.skip("repeated", isWorse ? track.path : before.track.path);
  if (!isWorse) found.set(file.path, { track, file });
}

async function matchPlaylists(
  library: EarlierLibrary,
  matcher: FileMatcher,
  here: ReadonlyMap<string, string>,
  { signal }: PlanOptions,
): Promise<{ playlists: ImportedPlaylist[]; orphans: number }> {
  let orphans = 0;
  const playlists: ImportedPlaylist[] = [];
  for (const { name, paths, orphaned } of library.playlists) {
    signal?.throwIfAborted();
    const found: string[] = [];
    for (const path of paths) {
      const match = here.get(path) ?? (await matcher.find({ path, size: null }));
      if (typeof match === "string") found.push(match);
      else if (match.kind === "file") found.push(match.file.path);
      else orphans++;
    }
    orphans += orphaned;
    if (found.length > 0) playlists.push({ name, paths: found });
  }
  return { playlists, orphans };
}

type Counts = Pick<ImportSummary, "imported" | "failed" | "skipped" | "leftOut">;

class Tally {
  #imported = 0;
  #failed = 0;
  readonly #skipped = new Map<SkipReason, { count: number; examples: string[] }>();
  readonly #leftOut = new Map<string, { name: string; reason: LeftOutReason; count: number }>();

  skip(reason: SkipReason, path: string): void {
    const entry = this.#skipped.get(reason) ?? { count: 0, examples: [] };
    entry.count++;
    if (entry.examples.length < EXAMPLES) entry.examples.push(path);
    this.#skipped.set(reason, entry);
  }

  take({ failure, leftOut }: EarlierTrack): void {
    if (failure) this.#failed++;
    else this.#imported++;
    for (const { name, reason } of leftOut) {
      const key = `${name}/${reason}`;
      const entry = this.#leftOut.get(key) ?? { name, reason, count: 0 };
      entry.count++;
      this.#leftOut.set(key, entry);
    }
  }

  counts(): Counts {
    const byCount = (a: { count: number }, b: { count: number }): number => b.count - a.count;
    const skipped = [...this.#skipped].map(([reason, entry]) => ({ reason, ...entry }));
    return {
      imported: this.#imported,
      failed: this.#failed,
      skipped: skipped.sort(byCount),
      leftOut: [...this.#leftOut.values()].sort(byCount),
    };
  }
}
