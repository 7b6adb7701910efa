/**
 * The results of one folder: an in-memory SQLite database, read from `library.sqlite` and its journal. Reading
 * needs no lock; writing needs the one lock, taken for the length of a run, after which the files are read again
 * because another process may have written them.
 */
import type { Database } from "sql.js";
import type { Analysis, FileFacts } from "../../shared/analysis";
import type {
  FolderPage,
  FolderParams,
  Grouping,
  SearchAnswer,
  SearchPage,
  StoreCounts,
  StoreLocation,
  TrackGroup,
  TrackRow,
} from "../../shared/engineProtocol";
import type { EarlierVariant } from "../../shared/earlier";
import type { AnalysisAnswer } from "../../shared/job";
import { selectAll, selectAnalysis, selectByIds, selectPage, type ResultPage } from "./analysisQueries";
import type { BackupReason } from "./backup";
import { checkStore, type StoreCheck } from "./checkStore";
import { DatabaseFile, type LockOptions, type OpenOptions } from "./DatabaseFile";
import { markMissing, recognizeContent, selectKnown, selectOfSize, type KnownFile } from "./knownContent";
import { readStamp } from "./loadDatabase";
import type { Operation } from "./operations";
import { keepPlaylists, keepResults, selectAnalyzed } from "./import/keepImported";
import type { ImportedPlaylist } from "./import/planImport";
import { goneTracks } from "./search/goneTracks";
import { search, searchGroups, searchIds } from "./search/runSearch";
import { keepRun, type EndedRun } from "./runs";
import { StoreFiles } from "./StoreFiles";
import { StoreViews } from "./StoreViews";
import { findTracks, forgetTrack, keepAnalysis } from "./trackChanges";
import { selectContent, selectCounts, selectFailed, selectFolder, selectTrack } from "./trackQueries";
import { readViewBytes, withSegments } from "./views";

/** Nobody waits unasked for another window's run. */
const MAINTENANCE_WAIT_MS = 2000;

export class TrackStore {
  readonly location: StoreLocation;
  readonly #files: StoreFiles;
  readonly #file: DatabaseFile;
  readonly #views: StoreViews;

  private constructor(location: StoreLocation, files: StoreFiles, file: DatabaseFile) {
    this.location = location;
    this.#files = files;
    this.#file = file;
    this.#views = new StoreViews(files, file);
  }

  /** Reads the database if there is one; makes no file. Throws StoreError ("notOurs"). */
  static async open(location: StoreLocation, options: OpenOptions): Promise<TrackStore> {
    const files = new StoreFiles(location.database, options.disk);
    return new TrackStore(location, files, await DatabaseFile.open(files, options));
  }

  /** For reading only. Ask anew after every await: a refresh or a save replaces it, or its open statements. */
  get database(): Database {
    return this.#file.database;
  }

  /**
   * Takes the write lock, which calls in one process share, and resolves to its release; the last release
   * saves what waits. Throws StoreError, or an AbortError.
   */
  async lock(options: LockOptions = {}): Promise<() => Promise<void>> {
    const release = await this.#file.lock(options);
    return async () => {
      try {
        await this.#file.flush();
        await this.#views.removeGivenUp();
      } finally {
        await release();
      }
    };
  }

  /**
   * The stored result under its absolute path (state "analyzed" or "failed"), or null; without its segments, which
   * {@link withSegments} adds.
   */
  get(path: string): Analysis | null {
    return selectAnalysis(this.#file.database, this.location.root, path);
  }

  /** The line of a tree for a file, or null. */
  getRow(path: string): TrackRow | null {
    return selectTrack(this.#file.database, this.location.root, path);
  }

  /** A result with its segments, which lie in a file of their own, as the analysis gave them. */
  withSegments(analysis: Analysis): Promise<Analysis> {
    return withSegments(this.#files, analysis);
  }

  /** The encoded view (viewFile.ts) of a file's stored content, or null. */
  async getView(path: string): Promise<Uint8Array | null> {
    const sha256 = selectContent(this.#file.database, this.location.root, path);
    return sha256 ? readViewBytes(this.#files, sha256) : null;
  }

  listFolder(query: Omit<FolderParams, "store">): FolderPage {
    return selectFolder(this.#file.database, this.location.root, query);
  }

  listFailed(limit: number): TrackRow[] {
    return selectFailed(this.#file.database, this.location.root, limit);
  }

  count(): StoreCounts {
    return selectCounts(this.#file.database);
  }

  /** Some of the tracks that a query in the search language finds, or what is wrong with it. */
  search(
    query: string,
    page: { offset: number; limit: number; within: string },
  ): Promise<SearchAnswer<SearchPage>> {
    return search(() => this.#file.database, this.location.root, query, page);
  }

  /** The groups of what a query finds, or what is wrong with it. */
  groups(query: string, by: Grouping): Promise<SearchAnswer<TrackGroup[]>> {
    return searchGroups(() => this.#file.database, this.location.root, query, by);
  }

  /** The ids of all that a query finds, in their order, or what is wrong with it. */
  searchIds(query: string): Promise<SearchAnswer<number[]>> {
    return searchIds(() => this.#file.database, this.location.root, query);
  }

  /** Whole results by id, in this order; without those that are gone meanwhile. */
  byIds(ids: readonly number[]): Analysis[] {
    return selectByIds(this.#file.database, this.location.root, ids);
  }

  /** Results in order of path, from "" or the `next` of the page before. */
  page(after: string, limit: number): ResultPage {
    return selectPage(this.#file.database, this.location.root, after, limit);
  }

  /** Every stored result by path, failed ones too. */
  all(): Generator<Analysis> {
    return selectAll(() => this.#file.database, this.location.root);
  }

  /**
   * Keeps a result (the lock must be held); resolves to it, attempts counted, once it is on disk. Throws
   * StoreError when nothing can be kept; any other error is about this result alone.
   */
  async put({ analysis, view }: AnalysisAnswer): Promise<Analysis> {
    const done = await this.#views.expect();
    try {
      this.#file.assertHeld();
      const sha256 = analysis.file?.sha256;
      if (view && sha256) {
        // Before the row, so that a row never names a view that is not there.
        await this.#views.write(sha256, view);
        this.#file.assertHeld();
      }
      const before = selectContent(this.#file.database, this.location.root, analysis.path);
      const durable = this.#file.change(keepAnalysis(this.#file.database, this.location.root, analysis));
      const kept = { ...(this.get(analysis.path) ?? analysis), segments: analysis.segments };
      this.#views.giveUp(before, sha256 ?? null);
      await durable;
      return kept;
    } finally {
      done();
    }
  }

  /** See {@link StoreViews.expect}. */
  expectView(): Promise<() => void> {
    return this.#views.expect();
  }

  /** See STORE_METHODS. */
  ofSize(bytes: number): Analysis[] {
    return selectOfSize(this.#file.database, this.location.root, bytes);
  }

  /** See STORE_METHODS. */
  known(paths: readonly string[]): KnownFile[] {
    return selectKnown(this.#file.database, this.location.root, paths);
  }

  /** See STORE_METHODS; the lock must be held, and it is on disk when this resolves. */
  async recognize(path: string, file: FileFacts, movedFrom: string | null): Promise<Analysis | null> {
    this.#file.assertHeld();
    const { root } = this.location;
    const before = selectContent(this.#file.database, root, path);
    const operation = recognizeContent(this.#file.database, { root, path, file, movedFrom });
    if (!operation) return null;
    const durable = this.#file.change([operation]);
    this.#views.giveUp(before, file.sha256);
    const kept = this.get(path);
    await durable;
    return kept;
  }

  /** See STORE_METHODS; the lock must be held, and it is on disk when this resolves. */
  async markMissing(paths: readonly string[], since: string | null): Promise<string[]> {
    this.#file.assertHeld();
    const { root } = this.location;
    const known = paths.filter((path) => this.getRow(path) !== null);
    await this.#file.change(known.map((path) => markMissing(root, path, since)));
    return known;
  }

  /**
   * Forgets the results (never the files) of files and of everything below folders; the lock must be held.
   * Resolves, once that is on disk, to the absolute paths that were known.
   */
  async remove(paths: readonly string[]): Promise<string[]> {
    this.#file.assertHeld();
    const removed = findTracks(this.#file.database, this.location.root, paths);
    const durable = this.#file.change(removed.map(forgetTrack));
    for (const { sha256 } of removed) this.#views.giveUp(sha256);
    await durable;
    return removed.map(({ path }) => path);
  }

  /**
   * Keeps a copy of the database beside it, and the last few of them; resolves to its path, or to null where there
   * is no database yet. Throws StoreError, "inUse" while another process writes.
   */
  backUp(reason: BackupReason): Promise<string | null> {
    return this.#whileLocked(() => this.#file.backUp(reason));
  }

  /** Looks at every page, the journal and the text search; changes nothing. Throws StoreError. */
  async check(): Promise<StoreCheck> {
    await this.#file.flush();
    return checkStore(this.#files);
  }

  /**
   * Makes the database file as small as it can be, and removes views that no result names or that are too many.
   * Resolves to the bytes that are free now. Throws StoreError, "inUse" while another process writes.
   */
  compact(): Promise<number> {
    return this.#whileLocked(async () => {
      const before = await sizeOf(this.#files.database);
      await this.#file.compact();
      const freed = before - (await sizeOf(this.#files.database));
      return freed + (await this.#views.clean());
    });
  }

  /** The absolute paths of tracks whose files are no longer on the disk. Throws StoreError without the root itself. */
  async gone(): Promise<string[]> {
    return (await goneTracks(this.#file.database, this.location.root)).map(({ path }) => path);
  }

  /** Of these absolute paths, those with a result of this program's own, failed ones too. */
  analyzedAmong(paths: readonly string[]): string[] {
    return selectAnalyzed(this.#file.database, this.location.root, paths);
  }

  /**
   * Keeps imported results where nothing was analysed here (the lock must be held); resolves once they are on disk,
   * to their absolute paths.
   */
  async importResults(results: readonly Analysis[]): Promise<string[]> {
    const { root } = this.location;
    const operations = keepResults(this.#file.database, root, results);
    await this.#file.change(operations);
    return results.map(({ path }) => path);
  }

  /** Keeps imported playlists in the place of those of an earlier import; the lock must be held. */
  importPlaylists(origin: EarlierVariant, playlists: readonly ImportedPlaylist[]): Promise<void> {
    return this.#file.change(keepPlaylists(this.#file.database, this.location.root, origin, playlists));
  }

  /** See STORE_METHODS; the lock must be held, and it is on disk when this resolves. */
  noteRun(run: EndedRun): Promise<void> {
    return this.#file.change(keepRun(this.#file.database, run));
  }

  /** False too when the lock was lost to another process: then what is in memory may be out of date. */
  get isLockHeld(): boolean {
    return this.#file.isLockHeld;
  }

  /**
   * Puts and deletes rows, all or, throwing, none: memory has them when this returns, the disk when it resolves.
   * The lock must be held. One call is one transaction and one record of the journal; thousands of rows in one are
   * fine. Throws StoreError when nothing can be written; any other error is about these rows.
   */
  change(operations: readonly Operation[]): Promise<void> {
    return this.#file.change(operations);
  }

  /** Reads what another process has written since; true when there was anything. */
  refresh(): Promise<boolean> {
    return this.#file.refresh();
  }

  close(): void {
    this.#file.close();
  }

  async #whileLocked<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.lock({ limitMs: MAINTENANCE_WAIT_MS });
    try {
      return await work();
    } finally {
      await release();
    }
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await readStamp(path))?.size ?? 0;
}
