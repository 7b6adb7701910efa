/** What the engine does for the host: the protocol's requests over the library, one pool of workers for all stores. */
import { AnalysisManager } from "../library/AnalysisManager";
import { readConfFile } from "../library/config/readConfFile";
import type { ParallelAnalyzer } from "../library/queue/ParallelAnalyzer";
import type { RunControl } from "../library/queue/RunControl";
import { exportToFile } from "../library/store/export/exportFile";
import { maintain } from "../library/store/maintain";
import { answerSql } from "../library/store/sql/answerSql";
import { importEarlier } from "../library/store/import/importEarlier";
import { ImportError } from "../library/store/import/ImportError";
import { SharedStore } from "../library/store/sharing/SharedStore";
import type { Store } from "../library/store/Store";
import { chooseFiles } from "../library/verify/chooseFiles";
import { verifyExecutors } from "../library/verify/verifyExecutors";
import type {
  AnalyzeParams,
  ImportAnswer,
  ImportParams,
  RunSummary,
  StoreLocation,
  VerifyParams,
} from "../shared/engineProtocol";
import type { Log } from "../shared/log";
import type { VerifyReport } from "../shared/verify";
import { ProgressThrottle } from "./ProgressThrottle";
import type { Handlers, Notify } from "./rpc";

export interface ServiceOptions {
  analyzer: ParallelAnalyzer;
  notify: Notify;
  log: Log;
}

interface Run {
  cancel: AbortController;
  control: RunControl | null;
  ended: Promise<unknown>;
}

interface Library {
  store: SharedStore;
  manager: AnalysisManager;
}

export class EngineService {
  readonly #options: ServiceOptions;
  readonly #managers = new Map<string, Promise<Library>>();
  readonly #runs = new Map<string, Run>();

  readonly handlers: Handlers = {
    analyze: (params) => this.#startRun(params),
    cancel: ({ runId }) => {
      this.#runs.get(runId)?.cancel.abort();
      return Promise.resolve(null);
    },
    pause: ({ runId }) =>
      this.#control(runId, (control) => {
        control.pause();
      }),
    resume: ({ runId }) =>
      this.#control(runId, (control) => {
        control.resume();
      }),
    cancelFile: ({ runId, path }) =>
      this.#control(runId, (control) => {
        control.cancelFile(path);
      }),
    getAnalysis: async ({ store, path }) => {
      const results = await this.#store(store);
      const analysis = await results.get(path);
      return analysis && results.withSegments(analysis);
    },
    getView: async ({ store, path }) => (await this.#store(store)).getView(path),
    listFolder: async ({ store, ...query }) => (await this.#store(store)).listFolder(query),
    listFailed: async ({ store, limit }) => (await this.#store(store)).listFailed(limit),
    maintain: async ({ store, action }) => maintain(await this.#store(store), action),
    sql: (params) => answerSql(params),
    export: async ({ store, ...options }) => exportToFile(await this.#store(store), options),
    groups: async ({ store, query, by }) => (await this.#store(store)).groups(query, by),
    search: async ({ store, query, ...page }) => (await this.#store(store)).search(query, page),
    count: async ({ store }) => (await this.#store(store)).count(),
    remove: async ({ store, paths }) => {
      await (await this.#manager(store)).remove(paths);
      return null;
    },
    verify: (params) => this.#verify(params),
    readConf: ({ path }) => readConfFile(path),
    importEarlier: (params) => this.#import(params),
    refresh: async ({ store }) => ({ changed: await (await this.#store(store)).refresh() }),
  };

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Cancels all runs, waits until what they finished is on disk, ends the workers, and leaves the libraries to others. */
  async stop(): Promise<void> {
    const runs = [...this.#runs.values()];
    for (const { cancel } of runs) cancel.abort();
    await Promise.allSettled(runs.map(({ ended }) => ended));
    await this.#options.analyzer.close();
    const opened = await Promise.allSettled(this.#managers.values());
    const managers = opened.flatMap((open) => (open.status === "fulfilled" ? [open.value] : []));
    await Promise.allSettled(managers.map(({ store }) => store.close()));
  }

  #startRun(params: AnalyzeParams): Promise<RunSummary> {
    const cancel = new AbortController();
    const run: Run = { cancel, control: null, ended: Promise.resolve() };
    this.#runs.set(params.runId, run);
    const ended = this.#analyze(params, run).finally(() => this.#runs.delete(params.runId));
    run.ended = ended;
    return ended;
  }

  /** A run that is over, or has not begun, has nothing to brake. */
  #control(runId: string, act: (control: RunControl) => void): Promise<null> {
    const control = this.#runs.get(runId)?.control;
    if (control) act(control);
    return Promise.resolve(null);
  }

  async #analyze(params: AnalyzeParams, run: Run): Promise<RunSummary> {
    const { runId, store, settings } = params;
    const { notify } = this.#options;
    const manager = await this.#manager(store);
    const throttle = new ProgressThrottle((progress) => {
      notify("runProgress", progress);
    });
    try {
      return await manager.analyzeFiles(params.paths, {
        forceReextract: params.force,
        freshSince: params.askedAt,
        executor: settings.executor,
        maxWorkers: settings.workers,
        timeoutSeconds: settings.timeoutSeconds,
        maxRetries: settings.maxRetries,
        limits: settings.limits,
        essentia: settings.essentia,
        exclude: settings.exclude,
        ...(params.isUnasked ? { excludeBelow: store.root } : {}),
        onProgress: (progress) => {
          throttle.report({ runId, ...progress });
        },
        onControl: (control) => {
          run.control = control;
        },
        signal: run.cancel.signal,
      });
    } finally {
      throttle.flush();
    }
  }

  #verify({ runId, paths, exclude, maxFiles, workers }: VerifyParams): Promise<VerifyReport | null> {
    return this.#cancellable(runId, async (signal) =>
      verifyExecutors(await chooseFiles(paths, { exclude, most: maxFiles, signal }), {
        workers,
        isBackground: true,
        onProgress: (progress) => {
          this.#options.notify("verifyProgress", { runId, ...progress });
        },
        signal,
      }),
    );
  }

  #import({ runId, store, path, mapping, isPreview }: ImportParams): Promise<ImportAnswer | null> {
    return this.#cancellable(runId, async (signal) => {
      try {
        const summary = await importEarlier(await this.#store(store), path, {
          mapping,
          isPreview,
          onProgress: (done, total) => {
            this.#options.notify("importProgress", { runId, done, total });
          },
          signal,
        });
        return { summary, problem: null };
      } catch (error) {
        if (error instanceof ImportError) return { summary: null, problem: error.message };
        throw error;
      }
    });
  }

  /** Cancelled as a run is; null when it was. */
  async #cancellable<T>(runId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    const cancel = new AbortController();
    const { signal } = cancel;
    const ended = work(signal);
    this.#runs.set(runId, { cancel, control: null, ended });
    try {
      return await ended;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      this.#runs.delete(runId);
    }
  }

  async #store(location: StoreLocation): Promise<Store> {
    return (await this.#manager(location)).store;
  }

  async #manager(location: StoreLocation): Promise<AnalysisManager> {
    let opening = this.#managers.get(location.database);
    if (!opening) {
      opening = this.#open(location);
      this.#managers.set(location.database, opening);
      // What could not be opened may be another time.
      opening.catch(() => this.#managers.delete(location.database));
    }
    const { manager, store } = await opening;
    if (!location.isRestricted) store.mayTakeOver();
    return manager;
  }

  async #open(location: StoreLocation): Promise<Library> {
    const { analyzer, notify, log } = this.#options;
    const store = await SharedStore.open(location, { user: "window", log });
    store.onDidChange((changes) => {
      if (changes === null) notify("storeChanged", { store: location });
      else for (const change of changes) notify("trackChanged", { store: location, ...change });
    });
    return { store, manager: new AnalysisManager({ store, analyzer, log }) };
  }
}
