/** Composition root: makes the parts, hands them to each other, and ends them with the window. */
import * as vscode from "vscode";
import { registerCommands } from "./host/commands/registerCommands";
import { AnalysisEditor } from "./host/editor/AnalysisEditor";
import { EngineClient } from "./host/engine/EngineClient";
import { createLogChannel } from "./host/log";
import { registerRefresh } from "./host/registerRefresh";
import { RunController } from "./host/runs/RunController";
import { registerRunNotices } from "./host/runs/runNotices";
import { RunStatusItem } from "./host/runs/RunStatusItem";
import { Settings } from "./host/settings";
import { Stores } from "./host/stores/Stores";
import { ActivityTree } from "./host/views/ActivityTree";
import { FailedFiles } from "./host/views/FailedFiles";
import { LibraryTree } from "./host/views/LibraryTree";

let engine: EngineClient | undefined;

/** Starts nothing: the engine and a database come with the first need of them. */
export function activate(context: vscode.ExtensionContext): void {
  const channel = createLogChannel();
  const { log } = channel;
  const settings = new Settings(log);
  const stores = new Stores(context.globalStorageUri);
  engine = new EngineClient({
    modulePath: context.asAbsolutePath("dist/engine.js"),
    appVersion: (context.extension.packageJSON as { version: string }).version,
    settings: () => settings.forFolder(null),
    log,
  });
  engine.onNotification("log", ({ level, scope, message }) => {
    log(level, scope, message);
  });
  const runs = new RunController({ engine, stores, settings: (folder) => settings.forFolder(folder), log });
  const failed = new FailedFiles({ engine, stores, log });
  const library = new LibraryTree({ engine, stores, failed, log });
  const activity = new ActivityTree(runs, failed);
  const dist = vscode.Uri.joinPath(context.extensionUri, "dist");
  const editor = new AnalysisEditor({ engine, stores, runs, log, dist });
  context.subscriptions.push(
    channel,
    runs,
    failed,
    library,
    activity,
    editor,
    new RunStatusItem(runs),
    registerRunNotices(runs, engine),
    registerRefresh({ engine, stores, settings, library, editor, log }),
    registerCommands({ channel, engine, stores, runs, failed, library, activity }),
  );
}

/** Resolves when the engine has saved and ended. */
export async function deactivate(): Promise<void> {
  await engine?.close();
}
