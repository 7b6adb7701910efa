/**
 * The store that everybody opens. Reading takes what there is: the owner if it can be asked, else the file. Writing
 * needs an owner: the one that is there, or this process; where neither can be it waits. What an owner that went did
 * not answer is asked of the next one.
 */
import type { Analysis } from "../../../shared/analysis";
import type { Disposable } from "../../../shared/DisposableStore";
import type { StoreLocation } from "../../../shared/engineProtocol";
import type { AnalysisAnswer } from "../../../shared/job";
import type { LockOptions, OpenOptions } from "../DatabaseFile";
import type { Store } from "../Store";
import type { ChangeListener, StoreChange } from "../storeChange";
import { StoreFiles } from "../StoreFiles";
import type { StoreMethod } from "../storeMethod";
import { STORE_METHODS, type AnswerOf, type MethodName, type ParamsOf } from "../storeMethods";
import { readViewBytes, withSegments } from "../views";
import { SeatFinder, type WriteOptions } from "./SeatFinder";
import { OwnerGone } from "./wire";

/** Results of one answer to {@link SharedStore.all}. */
const PAGE = 200;

export class SharedStore implements Store {
  readonly location: StoreLocation;
  readonly #files: StoreFiles;
  readonly #finder: SeatFinder;
  readonly #listeners = new Set<ChangeListener>();
  /** Who is writing, to be told when it has to wait. */
  readonly #writers = new Set<LockOptions>();

  private constructor(location: StoreLocation, { user, log = () => undefined }: OpenOptions) {
    this.location = location;
    this.#files = new StoreFiles(location.database);
    this.#finder = new SeatFinder({
      ...{ location, user, log },
      onChange: (changes) => {
        this.#tell(changes);
      },
      onSilence: (holder) => {
        this.#tellWriters(holder);
      },
      isWriting: () => this.#writers.size > 0,
    });
  }

  /** Finds the owner, or reads the database if there is one; makes no file. Throws StoreError. */
  static async open(location: StoreLocation, options: OpenOptions): Promise<SharedStore> {
    const store = new SharedStore(location, options);
    await store.#finder.toRead();
    return store;
  }

  readonly get = this.#method("get");
  readonly getRow = this.#method("getRow");
  readonly listFolder = this.#method("listFolder");
  readonly listFailed = this.#method("listFailed");
  readonly search = this.#method("search");
  readonly groups = this.#method("groups");
  readonly check = this.#method("check");
  readonly compact = this.#method("compact");
  readonly gone = this.#method("gone");
  readonly searchIds = this.#method("searchIds");
  readonly byIds = this.#method("byIds");
  readonly count = this.#method("count");
  readonly page = this.#method("page");
  readonly remove = this.#method("remove");
  readonly backUp = this.#method("backUp");
  readonly analyzedAmong = this.#method("analyzedAmong");
  readonly importResults = this.#method("importResults");
  readonly importPlaylists = this.#method("importPlaylists");
  readonly ofSize = this.#method("ofSize");
  readonly known = this.#method("known");
  readonly recognize = this.#method("recognize");
  readonly markMissing = this.#method("markMissing");
  readonly noteRun = this.#method("noteRun");

  /** Lets this process own the database when an owner that it used has gone, though it has nothing to write itself. */
  mayTakeOver(): void {
    this.#finder.mayTakeOver();
  }

  async beginWriting(options: LockOptions = {}): Promise<() => Promise<void>> {
    await this.#finder.toWrite(options);
    const writer = { ...options };
    this.#writers.add(writer);
    return async () => {
      if (!this.#writers.has(writer)) return;
      try {
        await this.#settle();
      } finally {
        this.#writers.delete(writer);
      }
    };
  }

  async put(answer: AnalysisAnswer): Promise<Analysis> {
    for (let isRepeated = false; ; isRepeated = true) {
      const seat = await this.#finder.toWrite(this.#patience());
      try {
        return await seat.put(answer, isRepeated);
      } catch (error) {
        if (!(error instanceof OwnerGone)) throw error;
      }
    }
  }

  async claim(path: string, signal: AbortSignal): Promise<() => void> {
    const isAborted = (): boolean => signal.aborted;
    while (!isAborted()) {
      try {
        const seat = await this.#finder.toWrite({ ...this.#patience(), signal });
        const release = await seat.claim(path, signal);
        if (release) return release;
      } catch (error) {
        if (!(error instanceof OwnerGone) && !isAborted()) throw error;
      }
    }
    return () => undefined;
  }

  withSegments(analysis: Analysis): Promise<Analysis> {
    return withSegments(this.#files, analysis);
  }

  async getView(path: string): Promise<Uint8Array | null> {
    const sha256 = (await this.get(path))?.file?.sha256;
    return sha256 ? readViewBytes(this.#files, sha256) : null;
  }

  async *all(): AsyncGenerator<Analysis> {
    for (let after: string | null = ""; after !== null;) {
      const { results, next }: AnswerOf<"page"> = await this.page(after, PAGE);
      yield* results;
      after = next;
    }
  }

  refresh(): Promise<boolean> {
    return this.#finder.refresh();
  }

  onDidChange(listener: ChangeListener): Disposable {
    this.#listeners.add(listener);
    this.#finder.watch();
    return { dispose: () => this.#listeners.delete(listener) };
  }

  close(): Promise<void> {
    return this.#finder.close();
  }

  #method<M extends MethodName>(name: M): (...params: ParamsOf<M>) => Promise<AnswerOf<M>> {
    return (...params) => this.#ask(name, params);
  }

  async #ask<M extends MethodName>(name: M, params: ParamsOf<M>): Promise<AnswerOf<M>> {
    const { changed }: StoreMethod = STORE_METHODS[name];
    for (;;) {
      const seat = await (changed ? this.#finder.toWrite(this.#patience()) : this.#finder.toRead());
      try {
        return await seat.ask(name, params);
      } catch (error) {
        if (!(error instanceof OwnerGone)) throw error;
      }
    }
  }

  /** What was acknowledged is on disk already: an owner that has gone leaves nothing to be done. */
  async #settle(): Promise<void> {
    const seat = await this.#finder.toWrite({ limitMs: 0 }).catch(() => null);
    try {
      await seat?.settle();
    } catch (error) {
      if (!(error instanceof OwnerGone)) throw error;
    }
  }

  /** Waits for as long as anybody who writes does. */
  #patience(): WriteOptions {
    let hasWaited = false;
    return {
      onWaiting: (holder) => {
        hasWaited ||= holder !== null;
        if (hasWaited) this.#tellWriters(holder);
      },
      isGivenUp: () => this.#writers.size > 0 && [...this.#writers].every(({ signal }) => signal?.aborted),
    };
  }

  #tellWriters(holder: string | null): void {
    for (const { onWaiting } of this.#writers) onWaiting?.(holder);
  }

  #tell(changes: readonly StoreChange[] | null): void {
    for (const listener of this.#listeners) listener(changes);
  }
}
