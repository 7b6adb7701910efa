/**
 * One run over a list of files: as many lanes as workers, each taking the next file when it is done with one,
 * so that a list of any length costs no more than what is under way.
 */
import { tookMs } from "../../shared/analysis";
import type { Analysis, AnalysisFailure, FileFacts } from "../../shared/analysis";
import type { RunSummary } from "../../shared/engineProtocol";
import { formatHeadline, headlineOf } from "../../shared/format";
import { isOutdated } from "../../shared/freshness";
import type { AnalysisAnswer } from "../../shared/job";
import type { Log } from "../../shared/log";
import type { Requested } from "../../shared/measurements";
import { StoreError } from "../store/StoreError";
import { failedAnalysis } from "./failedAnalysis";
import type { InFlight, Settle } from "./InFlight";
import { lookAtFile } from "./lookAtFile";
import { Recognizer, type ContentKeeper } from "./Recognizer";
import type { RunControl } from "./RunControl";
import { RunTally } from "./RunTally";
import type { TaskRunner } from "./TaskRunner";
import { unlessAborted } from "./unlessAborted";

/** Results that may wait for the disk before the lanes wait too. */
const MAX_UNSAVED = 256;

/** Where results are looked up and kept: a Store, which knows contents too. */
export interface ResultKeeper extends Partial<ContentKeeper> {
  get(path: string): Promise<Analysis | null>;
  put(answer: AnalysisAnswer): Promise<Analysis>;
  /** Waits while another process has the file; resolves to what lets others have it. */
  claim?(path: string, signal: AbortSignal): Promise<() => void>;
}

export interface FileRunOptions {
  /** Absolute, each once. */
  files: readonly string[];
  runner: TaskRunner;
  lanes: number;
  /** Analyse again what is unchanged. */
  force: boolean;
  /** Not what has a result from this time (ISO 8601) or later, even by force. */
  freshSince: string | undefined;
  /** How often a file that failed and has not changed is tried again, unless by force. */
  maxRetries: number;
  /** What is to be measured beside what always is. */
  requested: Requested;
  store: ResultKeeper | undefined;
  inFlight: InFlight;
  appVersion: string;
  log: Log;
  onStart: ((path: string) => void) | undefined;
  onResult: ((analysis: Analysis) => void) | undefined;
  /** Told of a file that was cancelled once its turn had come. */
  onCancelled: ((path: string) => void) | undefined;
  control: RunControl;
  /** Cancels this run, also from inside when results can't be kept. */
  stop: AbortController;
}

interface Ask {
  path: string;
  file: FileFacts | null;
  /** Whatever is known. */
  isForced: boolean;
  signal: AbortSignal;
}

export class FileRun {
  readonly #options: FileRunOptions;
  readonly #tally: RunTally;
  readonly #unsaved = new Set<Promise<void>>();
  readonly #errors: unknown[] = [];
  /** Null without a store that knows contents. */
  readonly #recognizer: Recognizer | null;
  #next = 0;

  constructor(options: FileRunOptions) {
    this.#options = options;
    this.#tally = new RunTally(options.files.length);
    const { store, requested } = options;
    this.#recognizer = store && knowsContents(store) ? new Recognizer(store, requested) : null;
  }

  /** Throws what the store threw when a result could not be kept. */
  async run(): Promise<RunSummary> {
    const { lanes, files, runner } = this.#options;
    await Promise.all(Array.from({ length: lanes }, () => this.#lane()));
    await Promise.all(this.#unsaved);
    if (this.#errors.length > 0) throw this.#errors[0];
    this.#tally.addCancelled(files.length - this.#next);
    return this.#tally.summary(lanes, runner.fellBack);
  }

  async #lane(): Promise<void> {
    const { files, stop, control } = this.#options;
    while (this.#next < files.length && (await control.mayBegin(stop.signal))) {
      const path = files[this.#next];
      if (path === undefined) return;
      this.#next++;
      await this.#process(path);
      if (this.#unsaved.size >= MAX_UNSAVED) await Promise.race(this.#unsaved);
    }
  }

  async #process(path: string): Promise<void> {
    const { control, stop } = this.#options;
    const { controller, unlink } = control.begin(path, stop.signal);
    try {
      const settle = await this.#take(path, controller.signal);
      if (settle) await this.#settle(path, controller.signal, settle);
    } finally {
      unlink();
    }
  }

  /** Takes a file that no other run has; null when another's result served, or it was cancelled meanwhile. */
  async #take(path: string, signal: AbortSignal): Promise<Settle | null> {
    const { inFlight, requested } = this.#options;
    for (let other = inFlight.get(path); other; other = inFlight.get(path)) {
      const analysis = await unlessAborted(other, signal);
      // The other run may have been asked for less.
      if (analysis && (analysis.error || !isOutdated(analysis, requested))) {
        this.#report(analysis);
        return null;
      }
      if (signal.aborted) break;
    }
    // At once, so that no other can come between the look and the taking.
    if (!signal.aborted) return inFlight.begin(path);
    this.#cancelled(path);
    return null;
  }

  async #settle(path: string, signal: AbortSignal, settle: Settle): Promise<void> {
    let settleAll = settle;
    try {
      const letGo = await this.#options.store?.claim?.(path, signal);
      settleAll = (analysis) => {
        letGo?.();
        settle(analysis);
      };
      await this.#analyze(path, signal, settleAll);
    } catch (error) {
      this.#fail(error);
      settleAll(null);
    }
  }

  async #analyze(path: string, signal: AbortSignal, settle: Settle): Promise<void> {
    const { store, requested, maxRetries } = this.#options;
    const stored = (await store?.get(path)) ?? null;
    const isForced = this.#isForced(stored);
    const look = await lookAtFile(path, stored, { force: isForced, maxRetries, requested });
    if (look.kind === "stored") {
      this.#report(look.analysis);
      // Whoever waits may have asked for a new one.
      settle(null);
      return;
    }
    if (look.kind === "refused") {
      // What is known of a file that is gone stays known. A path that was never a file for us is not remembered.
      const isKept = store !== undefined && stored !== null && look.code !== "notFound";
      const answer = this.#failed(path, look);
      this.#keep(isKept ? this.#put(store, answer) : Promise.resolve(answer.analysis), settle);
      return;
    }
    const answer = await this.#ask({ path, file: look.file, isForced, signal });
    if (answer === null) {
      this.#cancelled(path);
      settle(null);
    } else if (answer.analysis.state === "unchanged") this.#keep(Promise.resolve(answer.analysis), settle);
    else this.#keep(store ? this.#put(store, answer) : Promise.resolve(answer.analysis), settle);
  }

  /** What a worker says of a file; "unchanged" with the result that its content had already, null when cancelled. */
  async #ask({ path, file, isForced, signal }: Ask): Promise<AnalysisAnswer | null> {
    const { runner, onStart, log } = this.#options;
    const task = { path, file, onStart: () => onStart?.(path), signal };
    const candidates = isForced ? [] : ((await this.#recognizer?.candidates(path, file)) ?? []);
    const known = candidates.flatMap((each) => each.file?.sha256 ?? []);
    const answer = await runner.analyze({ ...task, known });
    if (answer?.analysis.state !== "unchanged") return answer;
    const facts = answer.analysis.file;
    const taken = facts && (await this.#recognizer?.take(path, facts, candidates));
    // No result has this content any more: one was removed, or made anew, meanwhile.
    if (!taken) return runner.analyze({ ...task, known: [] });
    log("debug", "parallel_analyzer", `${path} is known by its content`);
    return { analysis: taken, view: null };
  }

  #isForced(stored: Analysis | null): boolean {
    const { force, freshSince } = this.#options;
    return force && !(stored && freshSince !== undefined && stored.timing.analyzedAt >= freshSince);
  }

  /** A result that the database can't take is a failure of that file; a database that can't be written is thrown. */
  async #put(store: ResultKeeper, answer: AnalysisAnswer): Promise<Analysis> {
    try {
      return await store.put(answer);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const { path, file } = answer.analysis;
      const message = `Its result could not be kept (${String(error)}). Please report this.`;
      return store.put(this.#failed(path, { code: "crashedAnalyzer", message }, file));
    }
  }

  /** Lets the lane go on while a result is on its way to the disk. */
  #keep(durable: Promise<Analysis>, settle: Settle): void {
    const kept = durable
      .then((analysis) => {
        this.#report(analysis);
        settle(analysis);
      })
      .catch((error: unknown) => {
        this.#fail(error);
        settle(null);
      })
      .finally(() => this.#unsaved.delete(kept));
    this.#unsaved.add(kept);
  }

  #report(analysis: Analysis): void {
    this.#tally.add(analysis);
    const level = analysis.state === "unchanged" ? "debug" : "info";
    this.#options.log(level, "parallel_analyzer", describe(analysis));
    this.#options.onResult?.(analysis);
  }

  #cancelled(path: string): void {
    this.#tally.addCancelled(1);
    this.#options.onCancelled?.(path);
  }

  /** Without a place for results there is no point in making more. */
  #fail(error: unknown): void {
    this.#errors.push(error);
    this.#options.stop.abort();
  }

  #failed(
    path: string,
    { code, message }: Pick<AnalysisFailure, "code" | "message">,
    file: FileFacts | null = null,
  ): AnalysisAnswer {
    const { appVersion } = this.#options;
    return { analysis: failedAnalysis({ path, code, message, file, appVersion }), view: null };
  }
}

function knowsContents(store: ResultKeeper): store is ResultKeeper & ContentKeeper {
  return store.ofSize !== undefined && store.recognize !== undefined;
}

function describe(analysis: Analysis): string {
  const { path, state, error, timing } = analysis;
  if (error) return `${state} ${path}: ${error.code}, ${error.message} (attempt ${error.attempts})`;
  const ms = tookMs(timing);
  const made = ms === null ? "" : ` (${Math.round(ms)} ms, worker ${timing.workerId})`;
  return `${state} ${path}: ${formatHeadline(headlineOf(analysis))}${made}`;
}
