/** The exported API over the window's own parts: it can do what the commands can, with the same limits. */
import * as path from "node:path";
import * as vscode from "vscode";
import type { Disposable } from "../../shared/DisposableStore";
import type { RunSummary, TrackRow } from "../../shared/engineProtocol";
import type { Log } from "../../shared/log";
import type { EngineClient } from "../engine/EngineClient";
import { EngineStoppedError } from "../engine/EngineStoppedError";
import type { RunController } from "../runs/RunController";
import { addSummaries } from "../runs/addSummaries";
import { hasDatabase, type Stores } from "../stores/Stores";
import type { AnalyzedEvent, ApiAnalyzeOptions, PlaylistaApi, PlaylistaApiError } from "./PlaylistaApi";

export interface ApiParts {
  engine: EngineClient;
  stores: Stores;
  runs: RunController;
  log: Log;
}

/** `own` takes what has to be closed with the window. */
export function createApi(parts: ApiParts, own: (thing: Disposable) => void): PlaylistaApi {
  const analyzed = new vscode.EventEmitter<AnalyzedEvent>();
  own(analyzed);
  let isTelling = false;
  return {
    apiVersion: 1,
    analyzeFiles: (files, options) => analyzeFiles(parts, files, options),
    getAnalysis: (file) => Promise.resolve(file).then((given) => storedAnalysis(parts, pathOf(given))),
    onDidAnalyze: (...listener) => {
      // Results are read for listeners only.
      if (!isTelling) own(tellAnalyzed(parts, analyzed));
      isTelling = true;
      return analyzed.event(...listener);
    },
  };
}

async function analyzeFiles(
  { runs }: ApiParts,
  files: readonly (vscode.Uri | string)[],
  { force = false, token }: ApiAnalyzeOptions = {},
): Promise<RunSummary> {
  if (!vscode.workspace.isTrusted) throw apiError("restricted", "In Restricted Mode nothing is analyzed.");
  const paths = files.map(pathOf);
  const cancel = new AbortController();
  if (token?.isCancellationRequested) cancel.abort();
  const listening = token?.onCancellationRequested(() => {
    cancel.abort();
  });
  try {
    const { summaries, problem, isInterrupted } = await runs.analyze(paths, { force, signal: cancel.signal });
    if (problem !== null) throw apiError("failed", problem);
    if (isInterrupted) throw apiError("stopped", new EngineStoppedError().message);
    return addSummaries(summaries);
  } finally {
    listening?.dispose();
  }
}

function apiError(code: PlaylistaApiError["code"], message: string): PlaylistaApiError {
  return Object.assign(new Error(message), { code });
}

/** Other extensions need not be written in TypeScript. */
function pathOf(file: unknown): string {
  const given = file instanceof vscode.Uri && file.scheme === "file" ? file.fsPath : file;
  if (typeof given === "string" && path.isAbsolute(given)) return given;
  throw apiError("notOnDisk", `${String(file)} is no absolute path of a file on a disk.`);
}

async function storedAnalysis(
  { engine, stores }: ApiParts,
  file: string,
): ReturnType<PlaylistaApi["getAnalysis"]> {
  const store = stores.forUri(vscode.Uri.file(file)).location;
  if (!(await hasDatabase(store))) return null;
  try {
    return await engine.request("getAnalysis", { store, path: file });
  } catch (error) {
    if (error instanceof EngineStoppedError) throw apiError("stopped", error.message);
    throw apiError("failed", error instanceof Error ? error.message : String(error));
  }
}

/** What an import brings was not analysed now. */
function isFromEarlier({ state, errorCode }: TrackRow): boolean {
  return state === "imported" || errorCode === "failedEarlier";
}

/** One after the other, so that listeners hear of files in the order in which they were done. */
function tellAnalyzed(parts: ApiParts, analyzed: vscode.EventEmitter<AnalyzedEvent>): Disposable {
  const { engine, log } = parts;
  let told = Promise.resolve();
  return engine.onNotification("trackChanged", ({ path: file, track }) => {
    if (!track || isFromEarlier(track)) return;
    told = told
      .then(async () => {
        const analysis = await storedAnalysis(parts, file);
        if (analysis) analyzed.fire({ uri: vscode.Uri.file(file), analysis });
      })
      .catch((error: unknown) => {
        log("debug", "host", `listeners were not told of ${file}: ${String(error)}`);
      });
  });
}
