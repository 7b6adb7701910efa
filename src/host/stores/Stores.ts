/**
 * Where results are kept: a database in each workspace folder, and one in the editor's own storage for files
 * outside every folder and for windows without one. Finds databases on disk without opening them, so that a
 * window that never analysed starts no engine.
 */
import { stat } from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";
import type { StoreLocation } from "../../shared/engineProtocol";

const DATABASE_NAME = "library.sqlite";
const STORE_FOLDER = ".playlista";

export interface NamedStore {
  location: StoreLocation;
  /** The workspace folder's name, or null for the editor's own storage. */
  folderName: string | null;
}

export class Stores {
  readonly #others: NamedStore;

  constructor(globalStorage: vscode.Uri) {
    const root = globalStorage.fsPath;
    this.#others = { location: { database: path.join(root, DATABASE_NAME), root }, folderName: null };
  }

  /** One for each workspace folder on disk, then the editor's own. */
  all(): NamedStore[] {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return [...folders.filter((folder) => folder.uri.scheme === "file").map(storeOf), this.#others];
  }

  /** The store that keeps the results of this file or folder. */
  forUri(uri: vscode.Uri): NamedStore {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    return folder?.uri.scheme === "file" ? storeOf(folder) : this.#others;
  }

  /** Those that have a database already. */
  async existing(): Promise<NamedStore[]> {
    const stores = this.all();
    const found = await Promise.all(stores.map(({ location }) => hasDatabase(location)));
    return stores.filter((_, index) => found[index]);
  }

  /** Calls `listener` when a database file is made, replaced or removed, by whichever process. */
  watch(listener: (store: NamedStore) => void): vscode.Disposable {
    const watchers = this.all().map((store) => watchDatabase(store, listener));
    return vscode.Disposable.from(...watchers);
  }
}

/** Whether the store has been written yet. */
export async function hasDatabase(store: StoreLocation): Promise<boolean> {
  return stat(store.database).then(
    (found) => found.isFile(),
    () => false,
  );
}

function storeOf(folder: vscode.WorkspaceFolder): NamedStore {
  const root = folder.uri.fsPath;
  return {
    location: {
      database: path.join(root, STORE_FOLDER, DATABASE_NAME),
      root,
      ...(vscode.workspace.isTrusted ? {} : { isRestricted: true }),
    },
    folderName: folder.name,
  };
}

function watchDatabase(store: NamedStore, listener: (store: NamedStore) => void): vscode.Disposable {
  const { root, database } = store.location;
  const place = path.relative(root, database).split(path.sep).join("/");
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(root), place),
  );
  const changed = (): void => {
    listener(store);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(changed),
    watcher.onDidChange(changed),
    watcher.onDidDelete(changed),
  );
}
