/**
 * The one door to analysis for the engine, the command line and tests: finds the files, holds the store's
 * lock for the length of the run, and says of each result when it is on disk.
 */
import { resolve } from "node:path";
import type { Analysis } from "../shared/analysis";
import type { RunProgress, RunSummary } from "../shared/engineProtocol";
import type { Log } from "../shared/log";
import { findAudio } from "./files/findAudio";
import { findGone } from "./files/findGone";
import { readConfMapping } from "./config/readConf";
import type { ConfValue } from "./config/confValue";
import { DEFAULT_LIMITS } from "../shared/limits";
import { ParallelAnalyzer, type ProcessFilesOptions } from "./queue/ParallelAnalyzer";
import { RunControl } from "./queue/RunControl";
import { RunTally } from "./queue/RunTally";
import type { Store } from "./store/Store";

/** A removal of another window is over in this time; a run is not, and nobody waits for one unasked. */
const REMOVE_WAIT_MS = 2000;

export interface ManagerOptions {
  store: Store;
  /** Without one the manager has its own, which `close` ends. */
  analyzer?: ParallelAnalyzer;
  /** For its own analyzer: keys of a playlista.conf with their values; what has no effect is logged. */
  config?: Readonly<Record<string, ConfValue>>;
  log?: Log;
}

type Progress = Omit<RunProgress, "runId">;

export interface AnalyzeFilesOptions extends Omit<
  ProcessFilesOptions,
  "store" | "onStart" | "onCancelled" | "control"
> {
  /** Globs that a folder search passes over. */
  exclude?: readonly string[] | undefined;
  /** A folder from which the globs hold for given files too. */
  excludeBelow?: string | undefined;
  /** At every change, not throttled; the object is a new one each time. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Given the run's brake before it begins. */
  onControl?: ((control: RunControl) => void) | undefined;
}

export class AnalysisManager {
  /** For reading; writing goes through this manager. */
  readonly store: Store;
  readonly #analyzer: ParallelAnalyzer;
  readonly #ownAnalyzer: ParallelAnalyzer | null;
  /** What a folder search passes over where a call does not say. */
  readonly #exclude: readonly string[];
  readonly #log: Log;

  constructor({ store, analyzer, config = {}, log = () => undefined }: ManagerOptions) {
    const { settings, notices } = readConfMapping(config);
    for (const { message } of notices) log("warn", "config", message);
    const { exclude = [], maxFileSizeMB = DEFAULT_LIMITS.maxFileSizeMB, ...others } = settings;
    this.store = store;
    this.#analyzer =
      analyzer ?? new ParallelAnalyzer({ ...others, limits: { ...DEFAULT_LIMITS, maxFileSizeMB }, log });
    this.#ownAnalyzer = analyzer ? null : this.#analyzer;
    this.#exclude = exclude;
    this.#log = log;
  }

  /**
   * Paths are files and folders, absolute or relative to the working directory. A cancelled run resolves too:
   * its summary counts what was left. Throws StoreError.
   */
  async analyzeFiles(paths: readonly string[], options: AnalyzeFilesOptions = {}): Promise<RunSummary> {
    const run = new ProgressReport(options.onProgress);
    options.onControl?.(run.control);
    const files: string[] = [];
    try {
      await this.#find(paths, files, options, run);
      if (files.length === 0 && (await this.store.known(toAbsolute(paths))).length === 0)
        return new RunTally(0).summary(0, false);
      const release = await this.store.beginWriting({
        onWaiting: (waitingFor) => {
          run.update({ waitingFor });
        },
        signal: options.signal,
      });
      try {
        const startedAt = new Date().toISOString();
        const summary = await this.#process(files, options, run);
        await this.#markGone(paths, files);
        await this.#noteRun(startedAt, summary, options);
        return summary;
      } finally {
        await release();
      }
    } catch (error) {
      if (!isCancel(error, options.signal)) throw error;
      const tally = new RunTally(files.length);
      tally.addCancelled(files.length);
      return tally.summary(0, false);
    }
  }

  /**
   * Forgets results (never files); resolves to the absolute paths forgotten. Throws StoreError, "inUse" when
   * another process goes on writing.
   */
  async remove(paths: readonly string[]): Promise<string[]> {
    const release = await this.store.beginWriting({ limitMs: REMOVE_WAIT_MS });
    try {
      return await this.store.remove(paths.map((path) => resolve(path)));
    } finally {
      await release();
    }
  }

  /** Ends what it started itself; the store is its opener's. Runs should have ended. */
  async close(): Promise<void> {
    await this.#ownAnalyzer?.close();
  }

  async #find(
    paths: readonly string[],
    files: string[],
    { exclude = this.#exclude, excludeBelow, signal }: AnalyzeFilesOptions,
    run: ProgressReport,
  ): Promise<void> {
    const onUnreadable = (path: string, error: unknown): void => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#log("warn", "library", `${path} could not be read: ${reason}`);
    };
    run.update({ counted: false });
    for await (const file of findAudio(paths, { exclude, excludeBelow, onUnreadable, signal })) {
      files.push(file);
      run.update({ total: files.length });
    }
    run.update({ counted: true });
  }

  /** Marks what was known there and is gone; what is back is marked no more. */
  async #markGone(paths: readonly string[], files: readonly string[]): Promise<void> {
    const given = toAbsolute(paths);
    const seen = new Set(files);
    // What is named is among the files also where it is not there.
    for (const path of given) seen.delete(path);
    const { gone, back } = await findGone(await this.store.known(given), seen);
    if (gone.length > 0) await this.store.markMissing(gone, new Date().toISOString());
    if (back.length > 0) await this.store.markMissing(back, null);
  }

  /** A run that had nothing to do is not worth a write. */
  async #noteRun(startedAt: string, summary: RunSummary, options: AnalyzeFilesOptions): Promise<void> {
    const { asked, succeeded, failed, unchanged, cancelled, fellBack } = summary;
    if (asked === unchanged) return;
    const settings = {
      ...this.#analyzer.settingsOf(options),
      fellBack,
      forceReextract: options.forceReextract ?? false,
    };
    await this.store.noteRun({
      ...{ startedAt, endedAt: new Date().toISOString(), app: this.#analyzer.appVersion },
      ...{ asked, succeeded, failed, unchanged, cancelled, settings: JSON.stringify(settings) },
    });
  }

  #process(files: readonly string[], options: AnalyzeFilesOptions, run: ProgressReport): Promise<RunSummary> {
    return this.#analyzer.processFiles(files, {
      ...options,
      store: this.store,
      control: run.control,
      onStart: (path) => {
        run.start(path);
      },
      onCancelled: (path) => {
        run.end({ path });
      },
      onResult: (analysis) => {
        options.onResult?.(analysis);
        run.end(analysis);
      },
    });
  }
}

function toAbsolute(paths: readonly string[]): string[] {
  return paths.map((path) => resolve(path));
}

/** The state of a run, told at each change. */
class ProgressReport {
  readonly #tell: ((progress: Progress) => void) | undefined;
  readonly #active = new Set<string>();
  #progress: Progress = {
    ...{ counted: false, total: 0, done: 0, failed: 0, active: [], waitingFor: null, isPaused: false },
  };
  readonly control = new RunControl(() => {
    this.update({ isPaused: this.control.isPaused });
  });

  constructor(tell: ((progress: Progress) => void) | undefined) {
    this.#tell = tell;
  }

  update(change: Partial<Progress>): void {
    this.#progress = { ...this.#progress, ...change };
    this.#tell?.(this.#progress);
  }

  start(path: string): void {
    this.#active.add(path);
    this.update({ active: [...this.#active] });
  }

  end({ path, error }: Pick<Analysis, "path" | "error">): void {
    this.#active.delete(path);
    const { done, failed } = this.#progress;
    this.update({ done: done + 1, failed: failed + (error ? 1 : 0), active: [...this.#active] });
  }
}

function isCancel(error: unknown, signal: AbortSignal | undefined): boolean {
  if (!signal?.aborted) return false;
  return error === signal.reason || (error instanceof Error && error.name === "AbortError");
}
