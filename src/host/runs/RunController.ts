/**
 * From picked files and folders to analysis: groups them by store, asks the engine, keeps the run that goes on
 * and the last one's sums. What is shown of it is decided by those who listen (status bar, trees, notices).
 * Free of `vscode`.
 */
import { randomUUID } from "node:crypto";
import type { Disposable } from "../../shared/DisposableStore";
import type { AnalyzeParams, EngineSettings, RunSummary, StoreLocation } from "../../shared/engineProtocol";
import type { Log } from "../../shared/log";
import { Emitter } from "../Emitter";
import type { EngineClient } from "../engine/EngineClient";
import { engineErrorCode } from "../engine/engineErrorCode";
import { EngineStoppedError } from "../engine/EngineStoppedError";
import { Run } from "./Run";

export interface RunControllerOptions {
  engine: Pick<EngineClient, "request" | "onNotification">;
  /** The store that keeps the results of a file or folder. */
  storeOf: (path: string) => StoreLocation;
  /** Where what a store can't be written with is kept instead, or null. */
  fallBack: (store: StoreLocation) => Promise<StoreLocation | null>;
  /** The settings of this moment for a file or folder. */
  settingsOf: (path: string) => EngineSettings;
  /** Told when a run begins and when none goes on any more. */
  setRunning: (isRunning: boolean) => void;
  /** Told when the run is paused and when it is not any more. */
  setPaused: (isPaused: boolean) => void;
  /** Told what is asked for and not done: when a run begins or grows, and when it ends. */
  remember: (unfinished: readonly AnalyzeParams[]) => void;
  log: Log;
}

/** How a run ended. */
export interface RunEnd {
  sums: RunSummary;
  isCancelled: boolean;
  /** Nobody asked for it: files had changed. */
  isUnasked: boolean;
  /** What was not finished because the engine died. */
  interrupted: AnalyzeParams[];
  /** What went wrong with the run itself (not with a file), or null. */
  problem: string | null;
}

export interface AskOptions {
  /** Analyses again what is unchanged. */
  force: boolean;
  /** Nobody picked these files. */
  isUnasked?: boolean;
  /** Cancels what is asked here, and nothing else of the run. */
  signal?: AbortSignal;
}

/** How what was asked at once ended, whatever else the run it joined does. */
export interface AskedEnd {
  /** One for each store that finished. */
  summaries: RunSummary[];
  /** What went wrong with the run itself (not with a file), or null. */
  problem: string | null;
  /** The engine died on it. */
  isInterrupted: boolean;
}

type PartEnd = { summary: RunSummary } | { problem: string } | "interrupted";

export class RunController implements Disposable {
  readonly #options: RunControllerOptions;
  readonly #changed = new Emitter<void>();
  readonly #ended = new Emitter<RunEnd>();
  readonly #subscription: Disposable;
  #run: Run | null = null;
  #last: RunEnd | null = null;
  #isPaused = false;

  /** Something about the run has changed: progress, start, end. */
  readonly onDidChange = this.#changed.event;
  readonly onDidEnd = this.#ended.event;

  constructor(options: RunControllerOptions) {
    this.#options = options;
    this.#subscription = options.engine.onNotification("runProgress", (progress) => {
      if (!this.#run?.progress(progress, Date.now())) return;
      this.#tellPaused(this.#run.totals().isPaused);
      this.#changed.fire();
    });
  }

  /** The run that is going on, or null. */
  get current(): Run | null {
    return this.#run;
  }

  /** How the last run of this window ended, or null. */
  get last(): RunEnd | null {
    return this.#last;
  }

  /** Analyses files and folders (absolute paths); resolves when what was asked is over. */
  async analyze(paths: readonly string[], { force, isUnasked, signal }: AskOptions): Promise<AskedEnd> {
    const groups = new Map<string, { store: StoreLocation; paths: string[] }>();
    for (const path of paths) {
      const store = this.#options.storeOf(path);
      const group = groups.get(store.database) ?? { store, paths: [] };
      group.paths.push(path);
      groups.set(store.database, group);
    }
    const askedAt = new Date().toISOString();
    const asked = [...groups.values()].map((group) => ({
      ...this.#part(group),
      force,
      askedAt,
      ...(isUnasked ? { isUnasked } : {}),
    }));
    const cancel = (): void => {
      for (const { runId } of asked) void this.#options.engine.request("cancel", { runId });
    };
    signal?.addEventListener("abort", cancel, { once: true });
    const ends = this.#start(asked);
    if (signal?.aborted) cancel();
    return toAskedEnd(await ends.finally(() => signal?.removeEventListener("abort", cancel)));
  }

  /** Asks again for what an end of the engine interrupted: what was finished since it was asked goes by at once. */
  async resume(interrupted: readonly AnalyzeParams[]): Promise<void> {
    const { storeOf } = this.#options;
    await this.#start(
      interrupted.map((params) => {
        const [first] = params.paths;
        // Results may be kept elsewhere by now.
        const store = first === undefined ? params.store : storeOf(first);
        return { ...params, ...this.#part({ ...params, store }) };
      }),
    );
  }

  /** Ends the run now; what is done is kept. */
  async cancel(): Promise<void> {
    const run = this.#run;
    if (!run) return;
    run.isCancelling = true;
    this.#changed.fire();
    await Promise.all(run.openRunIds.map((runId) => this.#options.engine.request("cancel", { runId })));
  }

  /** Lets what is under way end and begins nothing new, until `goOn`. */
  async pause(): Promise<void> {
    await this.#askOpen("pause");
  }

  /** Ends a pause. */
  async goOn(): Promise<void> {
    await this.#askOpen("resume");
  }

  /** Takes one file (absolute path) out of the run. */
  async cancelFile(path: string): Promise<void> {
    const { engine } = this.#options;
    const open = this.#run?.openRunIds ?? [];
    await Promise.all(open.map((runId) => engine.request("cancelFile", { runId, path })));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#ended.dispose();
  }

  async #start(asked: readonly AnalyzeParams[]): Promise<PartEnd[]> {
    const run = (this.#run ??= new Run());
    for (const params of asked) run.add(params);
    // Files asked for while a run is being cancelled are wanted.
    run.isCancelling = false;
    this.#options.setRunning(true);
    this.#options.remember(run.unfinished);
    this.#changed.fire();
    const ends = await Promise.all(asked.map((params) => this.#follow(run, params)));
    if (run.isOver && this.#run === run) this.#end(run);
    return ends;
  }

  /** What is asked of one store, under a new id and the settings of now: they may differ from folder to folder. */
  #part(group: Pick<AnalyzeParams, "store" | "paths">): Omit<AnalyzeParams, "force" | "askedAt"> {
    const { store, paths } = group;
    return { runId: randomUUID(), store, paths, settings: this.#options.settingsOf(paths[0] ?? store.root) };
  }

  /** One part, from asking to its summary. */
  async #follow(run: Run, params: AnalyzeParams): Promise<PartEnd> {
    const { engine, log } = this.#options;
    try {
      const summary = await engine.request("analyze", params);
      run.finish(params.runId, summary);
      return { summary };
    } catch (error) {
      if (error instanceof EngineStoppedError) {
        run.finish(params.runId, null);
        return "interrupted";
      }
      const isReadOnly = engineErrorCode(error) === "readOnly" && !run.isCancelling;
      const instead = isReadOnly ? await this.#options.fallBack(params.store) : null;
      if (instead) return this.#follow(run, { ...params, store: instead });
      const problem = error instanceof Error ? error.message : String(error);
      run.fail(params.runId, problem);
      log("error", "host", `the run on ${params.store.database} failed: ${problem}`);
      return { problem };
    }
  }

  async #askOpen(method: "pause" | "resume"): Promise<void> {
    const open = this.#run?.openRunIds ?? [];
    await Promise.all(open.map((runId) => this.#options.engine.request(method, { runId })));
  }

  #tellPaused(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.#options.setPaused(isPaused);
  }

  #end(run: Run): void {
    const end: RunEnd = {
      sums: run.sums(),
      isCancelled: run.isCancelling,
      isUnasked: run.isUnasked,
      interrupted: run.isCancelling ? [] : run.unfinished,
      problem: run.problem,
    };
    this.#run = null;
    this.#last = end;
    this.#options.remember(end.interrupted);
    this.#options.setRunning(false);
    this.#tellPaused(false);
    this.#changed.fire();
    this.#ended.fire(end);
  }
}

function toAskedEnd(ends: readonly PartEnd[]): AskedEnd {
  const known = ends.filter((end) => end !== "interrupted");
  const problems = known.flatMap((end) => ("problem" in end ? [end.problem] : []));
  return {
    summaries: known.flatMap((end) => ("summary" in end ? [end.summary] : [])),
    problem: problems.length > 0 ? [...new Set(problems)].join(" ") : null,
    isInterrupted: ends.includes("interrupted"),
  };
}
