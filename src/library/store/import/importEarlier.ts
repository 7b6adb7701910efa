/**
 * Imports a database of the earlier Playlista into a store: read, matched with the files here, and, unless it is a
 * preview, kept in batches after a backup. An import that is cut off can be done again: it comes to the same.
 */
import type { FolderMapping, ImportSummary } from "../../../shared/earlier";
import type { Store } from "../Store";
import { suggestMapping } from "./FileMatcher";
import { planImport } from "./planImport";
import { readEarlier } from "./readEarlier";

/** Results in one change of the store: one record of its journal. */
const BATCH = 200;

export interface ImportOptions {
  /** Which folder there is which here; null: paths are right as they are; "suggested": by what they are. */
  mapping: FolderMapping | null | "suggested";
  /** Says what would come over and writes nothing. */
  isPreview: boolean;
  /** Files that were looked at, of those in the database. */
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Who has the database while this call waits for it, then null. */
  onWaiting?: ((holder: string | null) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** `path` is only read. Throws ImportError, StoreError, or the signal's reason. */
export async function importEarlier(
  store: Store,
  path: string,
  { mapping, isPreview, onProgress, onWaiting, signal }: ImportOptions,
): Promise<ImportSummary> {
  const { root } = store.location;
  const library = await readEarlier(path);
  const paths = library.tracks.map((track) => track.path);
  const plan = await planImport(library, {
    root,
    mapping: mapping === "suggested" ? await suggestMapping(paths, root) : mapping,
    knownHere: (known) => store.analyzedAmong(known),
    onProgress,
    signal,
  });
  if (isPreview) return plan.summary;
  signal?.throwIfAborted();
  const endWriting = await store.beginWriting({ onWaiting, signal });
  try {
    if (plan.results.length + plan.playlists.length > 0) await store.backUp("import");
    for (let start = 0; start < plan.results.length; start += BATCH) {
      signal?.throwIfAborted();
      await store.importResults(plan.results.slice(start, start + BATCH));
    }
    await store.importPlaylists(library.variant, plan.playlists);
  } finally {
    await endWriting();
  }
  return { ...plan.summary, isPreview: false };
}
