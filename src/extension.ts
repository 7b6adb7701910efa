/** Composition root: makes the parts, hands them to each other, and ends them with the window. */
import * as vscode from "vscode";
import { createApi } from "./host/api/createApi";
import type { PlaylistaApi } from "./host/api/PlaylistaApi";
import { registerCommands } from "./host/commands/registerCommands";
import { setContext } from "./host/contributions";
import { AnalysisEditor } from "./host/editor/AnalysisEditor";
import { EngineClient } from "./host/engine/EngineClient";
import { createLogChannel } from "./host/log";
import { watchFolders } from "./host/files/watchFolders";
import { registerRefresh } from "./host/registerRefresh";
import { Reports } from "./host/Reports";
import { RunController } from "./host/runs/RunController";
import { offerResume } from "./host/runs/offerResume";
import { registerRunNotices } from "./host/runs/runNotices";
import { RunStatusItem } from "./host/runs/RunStatusItem";
import { UnfinishedRun } from "./host/runs/UnfinishedRun";
import { Settings } from "./host/settings";
import { fallBack, followLocation } from "./host/stores/followLocation";
import type { FallBack } from "./host/stores/orInStorage";
import { StorePlaces } from "./host/stores/StorePlaces";
import { Stores } from "./host/stores/Stores";
import { ActivityTree } from "./host/views/ActivityTree";
import { FailedFiles } from "./host/views/FailedFiles";
import { LibraryTree } from "./host/views/LibraryTree";
import { DisposableStore } from "./shared/DisposableStore";

let engine: EngineClient | undefined;

/** Gives other extensions the API. Starts nothing: the engine and a database come with the first need of them. */
export function activate(context: vscode.ExtensionContext): PlaylistaApi {
  // Closed in reverse order: the log last.
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
  const channel = owned.add(createLogChannel());
  const { log } = channel;
  const settings = new Settings(log);
  const places = new StorePlaces({
    storage: (context.storageUri ?? context.globalStorageUri).fsPath,
    placeOf: (folder) => settings.databasePlaceFor(vscode.Uri.file(folder)),
    state: context.workspaceState,
  });
  const stores = new Stores(context.globalStorageUri, places);
  const moves = { stores, places, log };
  const fallBackFrom: FallBack = (store) => fallBack(store, moves);
  engine = new EngineClient({ modulePath: context.asAbsolutePath("dist/engine.js"), log });
  owned.add(
    engine.onNotification("log", ({ level, scope, message }) => {
      log(level, scope, message);
    }),
  );
  const unfinished = new UnfinishedRun(context.workspaceState);
  const runs = owned.add(
    new RunController({
      engine,
      storeOf: (path) => stores.forUri(vscode.Uri.file(path)).location,
      fallBack: fallBackFrom,
      settingsOf: (path) => settings.forUri(vscode.Uri.file(path)),
      setRunning: (isRunning) => void setContext("playlista.running", isRunning),
      setPaused: (isPaused) => void setContext("playlista.paused", isPaused),
      remember: (left) => {
        unfinished.write(left);
      },
      log,
    }),
  );
  const failed = owned.add(new FailedFiles({ engine, stores, log }));
  const library = owned.add(new LibraryTree({ engine, stores, failed, log }));
  const activity = owned.add(new ActivityTree(runs, failed));
  const dist = vscode.Uri.joinPath(context.extensionUri, "dist");
  const editor = owned.add(new AnalysisEditor({ engine, stores, runs, settings, log, dist }));
  owned.add(new RunStatusItem(runs));
  owned.add(registerRunNotices(runs, engine));
  owned.add(registerRefresh({ engine, stores, library, editor, log }));
  owned.add(followLocation(moves));
  owned.add(watchFolders({ stores, settings, runs, library, log }));
  const reports = owned.add(new Reports());
  owned.add(
    registerCommands({
      ...{ channel, engine, stores, fallBack: fallBackFrom },
      ...{ settings, reports, runs, failed, library, activity },
    }),
  );
  void offerResume(runs, unfinished);
  return createApi({ engine, stores, runs, log }, (thing) => owned.add(thing));
}

/** Resolves when the engine has saved and ended. */
export async function deactivate(): Promise<void> {
  await engine?.close();
}
