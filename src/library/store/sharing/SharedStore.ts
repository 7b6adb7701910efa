/** The store that everybody opens. */
import type { Analysis } from "../../../shared/analysis";
import type { Disposable } from "../../../shared/DisposableStore";
import type { StoreLocation } from "../../../shared/engineProtocol";
import type { AnalysisAnswer } from "../../../shared/job";
import type { LockOptions, OpenOptions } from "../DatabaseFile";
import type { ChangeListener, Store, StoreChange } from "../Store";
import { STORE_METHODS, type AnswerOf, type MethodName, type ParamsOf } from "../storeMethods";
import { TrackStore } from "../TrackStore";

/** Results of one answer to {@link SharedStore.all}. */
const PAGE = 200;

export class SharedStore implements Store {
  readonly location: StoreLocation;
  readonly #local: TrackStore;
  readonly #listeners = new Set<ChangeListener>();

  private constructor(local: TrackStore) {
    this.location = local.location;
    this.#local = local;
  }

  /** Reads the database if there is one; makes no file. Throws StoreError ("notOurs", "cannotRead"). */
  static async open(location: StoreLocation, options: OpenOptions): Promise<SharedStore> {
    return new SharedStore(await TrackStore.open(location, options));
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
  readonly backUp = this.#method("backUp");
  readonly analyzedAmong = this.#method("analyzedAmong");
  readonly importPlaylists = this.#method("importPlaylists");
  readonly ofSize = this.#method("ofSize");
  readonly known = this.#method("known");

  beginWriting(options: LockOptions = {}): Promise<() => Promise<void>> {
    return this.#local.lock(options);
  }

  async put(answer: AnalysisAnswer): Promise<Analysis> {
    const kept = await this.#local.put(answer);
    this.#tell([{ path: kept.path, track: this.#local.getRow(kept.path) }]);
    return kept;
  }

  async recognize(...params: ParamsOf<"recognize">): Promise<Analysis | null> {
    const [path, , movedFrom] = params;
    const kept = await this.#ask("recognize", params);
    if (!kept) return null;
    const changed = movedFrom === null ? [path] : [path, movedFrom];
    this.#tell(changed.map((each) => ({ path: each, track: this.#local.getRow(each) })));
    return kept;
  }

  async markMissing(...params: ParamsOf<"markMissing">): Promise<string[]> {
    const marked = await this.#ask("markMissing", params);
    this.#tell(marked.map((path) => ({ path, track: this.#local.getRow(path) })));
    return marked;
  }

  async remove(paths: string[]): Promise<string[]> {
    const removed = await this.#ask("remove", [paths]);
    this.#tell(removed.map((path) => ({ path, track: null })));
    return removed;
  }

  async importResults(results: Analysis[]): Promise<string[]> {
    const kept = await this.#ask("importResults", [results]);
    this.#tell(kept.map((path) => ({ path, track: this.#local.getRow(path) })));
    return kept;
  }

  withSegments(analysis: Analysis): Promise<Analysis> {
    return this.#local.withSegments(analysis);
  }

  getView(path: string): Promise<Uint8Array | null> {
    return this.#local.getView(path);
  }

  async *all(): AsyncGenerator<Analysis> {
    for (let after: string | null = ""; after !== null;) {
      const { results, next }: AnswerOf<"page"> = await this.page(after, PAGE);
      yield* results;
      after = next;
    }
  }

  refresh(): Promise<boolean> {
    return this.#local.refresh();
  }

  onDidChange(listener: ChangeListener): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  close(): Promise<void> {
    this.#local.close();
    return Promise.resolve();
  }

  #method<M extends MethodName>(name: M): (...params: ParamsOf<M>) => Promise<AnswerOf<M>> {
    return (...params) => this.#ask(name, params);
  }

  async #ask<M extends MethodName>(name: M, params: ParamsOf<M>): Promise<AnswerOf<M>> {
    const run = STORE_METHODS[name].run as (...all: unknown[]) => AnswerOf<M> | Promise<AnswerOf<M>>;
    return run(this.#local, ...params);
  }

  #tell(changes: readonly StoreChange[]): void {
    for (const listener of this.#listeners) listener(changes);
  }
}
