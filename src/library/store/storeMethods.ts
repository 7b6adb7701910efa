/**
 * What can be asked of a store, one line each: from this table follow the methods that everybody sees (Store), how a
 * question is answered where the database is, and what a question from another process must look like. A new
 * question is a method of TrackStore and a line here.
 */
import type { Analysis, FileFacts } from "../../shared/analysis";
import type { EarlierVariant } from "../../shared/earlier";
import { isBackupReason, type BackupReason } from "./backup";
import { isImported, isVariant } from "./import/importedAnalysis";
import type { ImportedPlaylist } from "./import/planImport";
import { GROUPINGS, type Grouping } from "../../shared/engineProtocol";
import { isEndedRun, type EndedRun } from "./runs";
import type { StoreMethod } from "./storeMethod";
import { read, write } from "./storeMethod";
import { count, finite, listOf, oneOf, orNull, shape, text } from "./paramChecks";

export const STORE_METHODS = {
  /** The stored result under its absolute path (state "analyzed" or "failed") without its segments, or null. */
  get: read((store, path: string) => store.get(path), text),
  /** The line of a tree for a file, or null. */
  getRow: read((store, path: string) => store.getRow(path), text),
  /** One level of the tree. */
  listFolder: read(
    (store, query: { folder: string | null; offset: number; limit: number }) => store.listFolder(query),
    shape({ folder: orNull(text), offset: count, limit: count }),
  ),
  listFailed: read((store, limit: number) => store.listFailed(limit), count),
  count: read((store) => store.count()),
  /** Some of the tracks that a query in the search language finds, or what is wrong with it. */
  search: read(
    (store, query: string, page: { offset: number; limit: number; within: string }) =>
      store.search(query, page),
    text,
    shape({ offset: count, limit: count, within: text }),
  ),
  /** The groups of what a query finds, or what is wrong with it. */
  groups: read((store, query: string, by: Grouping) => store.groups(query, by), text, oneOf(GROUPINGS)),
  /** The ids of all that a query finds, in their order, or what is wrong with it. */
  searchIds: read((store, query: string) => store.searchIds(query), text),
  /** Whole results by id, in this order; without those that are gone meanwhile. */
  byIds: read((store, ids: number[]) => store.byIds(ids), listOf(count)),
  /** Results in order of path, from "" or from where the page before ended (`next`; null after the last). */
  page: read((store, after: string, limit: number) => store.page(after, limit), text, count),
  /** Analysed results, the newest first, of files with this many bytes whose content is known. */
  ofSize: read((store, bytes: number) => store.ofSize(bytes), count),
  /** The given files and all below the given folders, as far as they are known. */
  known: read((store, paths: string[]) => store.known(paths), listOf(text)),
  /**
   * Gives a file the result that its content has, and with `movedFrom` the whole row of that path. The result, or null
   * when none has this content.
   */
  recognize: write(
    (store, path: string, file: FileFacts, movedFrom: string | null) =>
      store.recognize(path, file, movedFrom),
    (kept, [path, , movedFrom]) => (kept === null ? [] : [path, movedFrom].filter(text)),
    text,
    shape<FileFacts>({ size: count, modified: finite, sha256: orNull(text) }),
    orNull(text),
  ),
  /** Marks known files as gone since then (ISO 8601), or takes the mark away (null). */
  markMissing: write(
    (store, paths: string[], since: string | null) => store.markMissing(paths, since),
    (marked) => marked,
    listOf(text),
    orNull(text),
  ),
  /** Forgets the results (never the files) of files and of all below folders; the absolute paths that were known. */
  remove: write(
    (store, paths: string[]) => store.remove(paths),
    (removed) => removed,
    listOf(text),
  ),
  /** Keeps a copy of the database beside it; its path, or null where there is no database yet. */
  backUp: write(
    (store, reason: BackupReason) => store.backUp(reason),
    () => [],
    isBackupReason,
  ),
  /** Whether all that is on disk is sound, in words. */
  check: read((store) => store.check()),
  /** Makes the files as small as they can be; the bytes that are free now. */
  compact: write(
    (store) => store.compact(),
    () => [],
  ),
  /** The absolute paths of tracks whose files are no longer on the disk. */
  gone: read((store) => store.gone()),
  /** Of these absolute paths, those with a result of this program's own. */
  analyzedAmong: read((store, paths: string[]) => store.analyzedAmong(paths), listOf(text)),
  /** Keeps imported results where nothing was analysed here; their absolute paths. */
  importResults: write(
    (store, results: Analysis[]) => store.importResults(results),
    (kept) => kept,
    listOf(isImported),
  ),
  /** Keeps imported playlists in the place of those that an earlier import of this form made. */
  importPlaylists: write(
    (store, origin: EarlierVariant, playlists: ImportedPlaylist[]) =>
      store.importPlaylists(origin, playlists),
    () => null,
    isVariant,
    listOf(shape({ name: text, paths: listOf(text) })),
  ),
  /** Remembers a run that has ended. */
  noteRun: write(
    (store, run: EndedRun) => store.noteRun(run),
    () => [],
    isEndedRun,
  ),
} satisfies Record<string, StoreMethod>;

type Methods = typeof STORE_METHODS;
export type MethodName = keyof Methods;

/** What a method is asked with. */
export type ParamsOf<M extends MethodName> = Methods[M]["run"] extends (
  store: never,
  ...params: infer P
) => unknown
  ? P
  : never;

/** What a method answers. */
export type AnswerOf<M extends MethodName> = Awaited<ReturnType<Methods[M]["run"]>>;

/** The same methods for whoever uses a store, wherever the database is. */
export type StoreMethods = {
  [M in keyof Methods]: (...params: ParamsOf<M>) => Promise<AnswerOf<M>>;
};
