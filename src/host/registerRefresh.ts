/**
 * Keeps what is shown true to what changes outside a run: databases on disk, workspace folders,
 * where their results lie.
 */
import * as vscode from "vscode";
import type { Log } from "../shared/log";
import type { EngineClient } from "./engine/EngineClient";
import { EngineStoppedError } from "./engine/EngineStoppedError";
import type { AnalysisEditor } from "./editor/AnalysisEditor";
import type { NamedStore, Stores } from "./stores/Stores";
import { Batch } from "./views/Batch";
import type { LibraryTree } from "./views/LibraryTree";

export interface RefreshOptions {
  engine: EngineClient;
  stores: Stores;
  library: LibraryTree;
  editor: AnalysisEditor;
  log: Log;
}

/** Listens for as long as the window lives. */
export function registerRefresh(options: RefreshOptions): vscode.Disposable {
  const { engine, stores, library, editor, log } = options;
  const written = new Batch<NamedStore>(async (changed) => {
    if (!(await hasForeignChange(changed, engine, log))) return;
    library.refresh();
    editor.refresh();
  });
  let watchers = stores.watch((store) => {
    written.add(store);
  });
  const lookAnew = (): void => {
    watchers.dispose();
    watchers = stores.watch((store) => {
      written.add(store);
    });
    library.refresh();
  };
  return vscode.Disposable.from(
    written,
    {
      dispose: () => {
        watchers.dispose();
      },
    },
    vscode.workspace.onDidChangeWorkspaceFolders(lookAnew),
    stores.onDidMove(() => {
      lookAnew();
      editor.refresh();
      // Into a store that is open already results may have been copied.
      for (const store of stores.all()) written.add(store);
    }),
    engine.onNotification("storeChanged", () => {
      library.refresh();
      editor.refresh();
    }),
  );
}

/** The engine tells of every change that it hears of; a file that was replaced it may not have read again yet. */
async function hasForeignChange(
  stores: readonly NamedStore[],
  engine: EngineClient,
  log: Log,
): Promise<boolean> {
  if (!engine.isRunning) return true;
  const locations = new Map(stores.map(({ location }) => [location.database, location]));
  try {
    const answers = await Promise.all(
      [...locations.values()].map((store) => engine.request("refresh", { store })),
    );
    return answers.some(({ changed }) => changed);
  } catch (error) {
    if (!(error instanceof EngineStoppedError)) log("warn", "host", `refresh failed: ${String(error)}`);
    return true;
  }
}
