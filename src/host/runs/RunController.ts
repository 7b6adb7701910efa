/**
 * From picked files and folders to analysis: groups them by store, asks the engine, keeps the run that goes on
 * and the last one's sums. What is shown of it is decided by those who listen (status bar, trees, notices).
 */
import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { AnalyzeParams, EngineSettings } from "../../shared/engineProtocol";
import type { Log } from "../../shared/log";
import { setContext } from "../contributions";
import type { EngineClient } from "../engine/EngineClient";
import { EngineStoppedError } from "../engine/EngineStoppedError";
import type { NamedStore, Stores } from "../stores/Stores";
import { Run } from "./Run";
import type { RunSums } from "./Run";

export interface RunControllerOptions {
  engine: EngineClient;
  stores: Stores;
  settings: (folder: vscode.Uri | null) => EngineSettings;
  log: Log;
}

/** How a run ended. */
export interface RunEnd {
  sums: RunSums;
  isCancelled: boolean;
  /** What was not finished because the engine died. */
  interrupted: AnalyzeParams[];
  /** What went wrong with the run itself (not with a file), or null. */
  problem: string | null;
}

export class RunController implements vscode.Disposable {
  readonly #options: RunControllerOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #ended = new vscode.EventEmitter<RunEnd>();
  readonly #subscription: vscode.Disposable;
  #run: Run | null = null;
  #last: RunEnd | null = null;
  #problem: string | null = null;

  /** Something about the run has changed: progress, start, end. */
  readonly onDidChange = this.#changed.event;
  readonly onDidEnd = this.#ended.event;

  constructor(options: RunControllerOptions) {
    this.#options = options;
    this.#subscription = vscode.Disposable.from(
      options.engine.onNotification("runProgress", (progress) => {
        if (this.#run?.progress(progress, Date.now())) this.#changed.fire();
      }),
    );
  }

  /** The run that is going on, or null. */
  get current(): Run | null {
    return this.#run;
  }

  /** How the last run of this window ended, or null. */
  get last(): RunEnd | null {
    return this.#last;
  }

  /** Analyses files and folders (all on disk); resolves when what was asked is over. */
  async analyze(uris: readonly vscode.Uri[], { force }: { force: boolean }): Promise<void> {
    const groups = new Map<string, { store: NamedStore; paths: string[] }>();
    for (const uri of uris) {
      const store = this.#options.stores.forUri(uri);
      const group = groups.get(store.location.database) ?? { store, paths: [] };
      group.paths.push(uri.fsPath);
      groups.set(store.location.database, group);
    }
    const asked = [...groups.values()].map(({ store, paths }) => ({
      runId: randomUUID(),
      store: store.location,
      paths,
      force,
    }));
    await this.#start(asked);
  }

  /** Asks again for what an end of the engine interrupted: finished files are unchanged and go by at once. */
  async resume(interrupted: readonly AnalyzeParams[]): Promise<void> {
    await this.#start(interrupted.map((params) => ({ ...params, runId: randomUUID() })));
  }

  /** Ends the run now; what is done is kept. */
  async cancel(): Promise<void> {
    const run = this.#run;
    if (!run) return;
    run.isCancelling = true;
    this.#changed.fire();
    await Promise.all(run.openRunIds.map((runId) => this.#options.engine.request("cancel", { runId })));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#ended.dispose();
  }

  async #start(asked: readonly AnalyzeParams[]): Promise<void> {
    const run = (this.#run ??= new Run());
    for (const params of asked) run.add(params);
    // Files asked for while a run is being cancelled are wanted.
    run.isCancelling = false;
    void setContext("playlista.running", true);
    this.#changed.fire();
    for (const { settings, parts } of this.#bySettings(asked)) {
      // The engine takes the settings it was given last: parts under other settings come after.
      await this.#options.engine.request("configure", settings).catch(() => undefined);
      await Promise.all(parts.map((params) => this.#follow(run, params)));
    }
    if (!run.isOver || this.#run !== run) return;
    this.#end(run);
  }

  /** Settings may differ from folder to folder; nearly always they do not. */
  #bySettings(asked: readonly AnalyzeParams[]): { settings: EngineSettings; parts: AnalyzeParams[] }[] {
    const groups = new Map<string, { settings: EngineSettings; parts: AnalyzeParams[] }>();
    for (const params of asked) {
      const settings = this.#options.settings(vscode.Uri.file(params.paths[0] ?? params.store.root));
      const key = JSON.stringify(settings);
      const group = groups.get(key) ?? { settings, parts: [] };
      group.parts.push(params);
      groups.set(key, group);
    }
    return [...groups.values()];
  }

  /** One part, from asking to its summary. */
  async #follow(run: Run, params: AnalyzeParams): Promise<void> {
    const { engine, log } = this.#options;
    try {
      run.finish(params.runId, await engine.request("analyze", params));
    } catch (error) {
      run.finish(params.runId, null);
      if (error instanceof EngineStoppedError) return;
      this.#problem = error instanceof Error ? error.message : String(error);
      log("error", "host", `the run on ${params.store.database} failed: ${this.#problem}`);
    }
  }

  #end(run: Run): void {
    const end: RunEnd = {
      sums: run.sums(),
      isCancelled: run.isCancelling,
      interrupted: this.#problem === null && !run.isCancelling ? run.unfinished : [],
      problem: this.#problem,
    };
    this.#run = null;
    this.#last = end;
    this.#problem = null;
    void setContext("playlista.running", false);
    this.#changed.fire();
    this.#ended.fire(end);
  }
}
