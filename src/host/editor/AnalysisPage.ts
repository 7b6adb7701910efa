/**
 * One open analysis page: tells it what is known about its file, again whenever that changes, and does what it
 * asks. The page is made anew each time it comes to the front ("ready"), so nothing is kept in it.
 */
import * as path from "node:path";
import * as vscode from "vscode";
import type { Analysis } from "../../shared/analysis";
import type { Log } from "../../shared/log";
import type { HostToPage, PageFile, PageState, PageToHost } from "../../shared/pageProtocol";
import { executeCommand } from "../contributions";
import { EngineStoppedError } from "../engine/EngineStoppedError";
import type { EngineClient } from "../engine/EngineClient";
import type { SettingName } from "../manifest";
import type { RunController } from "../runs/RunController";
import { hasDatabase } from "../stores/Stores";
import type { Settings } from "../settings";
import type { Stores } from "../stores/Stores";
import { readFileOnDisk } from "../files/fileState";
import { readPageMessage } from "./pageMessages";
import { pageState } from "./pageState";

/** Where a page's facts come from. */
export interface AnalysisPageSources {
  engine: EngineClient;
  stores: Stores;
  runs: RunController;
  settings: Settings;
  log: Log;
}

/** The setting that decides what a result has to have. */
const ESSENTIA: SettingName = "playlista.analysis.essentia";

type Turn = "none" | "asked" | "running";

export class AnalysisPage implements vscode.Disposable {
  readonly #options: AnalysisPageSources;
  readonly #uri: vscode.Uri;
  readonly #webview: vscode.Webview;
  readonly #subscriptions: vscode.Disposable;
  #isReady = false;
  /** Counts refreshes, so that a slow answer does not overwrite a newer one. */
  #generation = 0;
  /** This file's place in the run that goes on. */
  #turn: Turn = "none";
  #runningSince: number | null = null;
  /** The run that has finished this file already. */
  #finishedIn: object | null = null;
  #sentState = "";
  #sentView: string | null = null;

  constructor(uri: vscode.Uri, webview: vscode.Webview, options: AnalysisPageSources) {
    this.#options = options;
    this.#uri = uri;
    this.#webview = webview;
    const { engine, runs } = options;
    this.#subscriptions = vscode.Disposable.from(
      webview.onDidReceiveMessage((message: unknown) => {
        const known = readPageMessage(message);
        if (known) void this.#obey(known);
      }),
      engine.onNotification("trackChanged", (change) => {
        if (change.path !== uri.fsPath) return;
        this.#finishedIn = runs.current;
        void this.refresh();
      }),
      engine.onDidTurn(() => {
        void this.#post({ kind: "engineRestarting" });
        void this.refresh();
      }),
      runs.onDidChange(() => {
        this.#followRun();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        void this.refresh();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(ESSENTIA, uri)) void this.refresh();
      }),
      this.#watchFile(),
    );
  }

  /** Finds out what is known now and shows it. */
  async refresh(): Promise<void> {
    if (!this.#isReady) return;
    const generation = ++this.#generation;
    try {
      const [analysis, disk] = await Promise.all([this.#stored(), readFileOnDisk(this.#uri.fsPath)]);
      if (generation !== this.#generation) return;
      const state = pageState({
        analysis,
        disk,
        isTrusted: vscode.workspace.isTrusted,
        asked: this.#asked(),
        runningSince: this.#runningSince,
        requested: this.#options.settings.forUri(this.#uri),
      });
      await this.#post(state);
      if (analysis) await this.#sendView(analysis);
    } catch (error) {
      if (!(error instanceof EngineStoppedError)) {
        this.#options.log(
          "error",
          "host",
          `the analysis of ${this.#uri.fsPath} could not be read: ${String(error)}`,
        );
      }
      if (generation === this.#generation) await this.#post({ kind: "engineRestarting" });
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #obey(message: PageToHost): Promise<void> {
    switch (message.type) {
      case "ready":
        this.#isReady = true;
        this.#sentState = "";
        this.#sentView = null;
        await this.#post({ kind: "loading" });
        await this.refresh();
        return;
      case "analyze":
        await executeCommand(
          message.force ? "playlista.reanalyzeAudio" : "playlista.analyzeAudio",
          this.#uri,
        );
        return;
      case "cancel":
        await executeCommand("playlista.cancelAnalysis");
        return;
      case "showLog":
        await executeCommand("playlista.showLog");
        return;
      case "copyValues":
        await executeCommand("playlista.copyValues", this.#uri);
        return;
    }
  }

  #stored(): Promise<Analysis | null> {
    const { engine, stores } = this.#options;
    const store = stores.forUri(this.#uri).location;
    return hasDatabase(store).then((exists) =>
      exists ? engine.request("getAnalysis", { store, path: this.#uri.fsPath }) : null,
    );
  }

  #asked(): { force: boolean } | null {
    const run = this.#options.runs.current;
    return run && run !== this.#finishedIn ? run.asks(this.#uri.fsPath) : null;
  }

  /** Shows the state again when this file's turn in the run comes or has passed; not at each progress. */
  #followRun(): void {
    const isActive = this.#options.runs.current?.totals().active.includes(this.#uri.fsPath) ?? false;
    const turn: Turn = isActive ? "running" : this.#asked() ? "asked" : "none";
    if (turn === this.#turn) return;
    this.#turn = turn;
    this.#runningSince = isActive ? Date.now() : null;
    void this.refresh();
  }

  async #post(state: PageState): Promise<void> {
    if (!this.#isReady) return;
    const message: HostToPage = { type: "state", version: 1, file: this.#file(), state };
    const text = JSON.stringify(message);
    // Progress of a long run asks often; an unchanged state is not sent again.
    if (text === this.#sentState) return;
    this.#sentState = text;
    await this.#webview.postMessage(message);
  }

  async #sendView(analysis: Analysis): Promise<void> {
    const sha256 = analysis.file?.sha256 ?? null;
    if (sha256 === null) return;
    // The same content measured again may have more to draw.
    const made = `${sha256} ${analysis.timing.analyzedAt}`;
    if (made === this.#sentView) return;
    const { engine, stores } = this.#options;
    const store = stores.forUri(this.#uri).location;
    const bytes = await engine.request("getView", { store, path: this.#uri.fsPath });
    if (!bytes) return;
    this.#sentView = made;
    // The engine's bytes arrive as a Buffer, which would reach the page as JSON and not as bytes.
    const message: HostToPage = { type: "waveform", version: 1, bytes: new Uint8Array(bytes) };
    await this.#webview.postMessage(message);
  }

  #file(): PageFile {
    return {
      name: path.basename(this.#uri.fsPath),
      folder: this.#shownFolder(),
      mediaUri: this.#webview.asWebviewUri(this.#uri).toString(),
      canAnalyze: vscode.workspace.isTrusted,
    };
  }

  /** Relative to the workspace; its own top has no path, only a name. */
  #shownFolder(): string {
    const folder = path.dirname(this.#uri.fsPath);
    const workspaceFolder = vscode.workspace.getWorkspaceFolder(this.#uri);
    if (workspaceFolder?.uri.fsPath === folder) return workspaceFolder.name;
    return vscode.workspace.asRelativePath(folder);
  }

  /** Watches the folder and compares names: in a pattern, brackets in a file's name would be syntax. */
  #watchFile(): vscode.Disposable {
    const folder = vscode.Uri.file(path.dirname(this.#uri.fsPath));
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "*"));
    const changed = (uri: vscode.Uri): void => {
      if (uri.fsPath === this.#uri.fsPath) void this.refresh();
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(changed),
      watcher.onDidChange(changed),
      watcher.onDidDelete(changed),
    );
  }
}
