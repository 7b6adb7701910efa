/**
 * Where results are kept: a database for each workspace folder (StorePlaces.ts), and one in the editor's own storage for files
 * outside every folder and for windows without one. Finds databases on disk without opening them, so that a
 * window that never analysed starts no engine.
 */
import { stat } from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";
import type { StoreLocation } from "../../shared/engineProtocol";
import { isWithin } from "../runs/isWithin";
import { Emitter } from "../Emitter";
import { DATABASE_NAME, type StorePlaces } from "./StorePlaces";

export interface NamedStore {
  location: StoreLocation;
  /** The workspace folder's name, or null for the editor's own storage. */
  folderName: string | null;
}

export class Stores {
  readonly #others: NamedStore;
  readonly #places: StorePlaces;
  readonly #moved = new Emitter<void>();

  /** Results of some folder are looked for elsewhere than before. */
  readonly onDidMove = this.#moved.event;

  constructor(globalStorage: vscode.Uri, places: StorePlaces) {
    this.#places = places;
    const root = globalStorage.fsPath;
    this.#others = { location: { database: path.join(root, DATABASE_NAME), root }, folderName: null };
  }

  /** One for each workspace folder on disk, then the editor's own. */
  all(): NamedStore[] {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return [
      ...folders.filter((folder) => folder.uri.scheme === "file").map((folder) => this.#storeOf(folder)),
      this.#others,
    ];
  }

  /** The store that keeps the results of this file or folder. */
  forUri(uri: vscode.Uri): NamedStore {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    return folder?.uri.scheme === "file" ? this.#storeOf(folder) : this.#others;
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

  /** To be called when {@link StorePlaces} has another answer. */
  tellMoved(): void {
    this.#moved.fire();
  }

  #storeOf(folder: vscode.WorkspaceFolder): NamedStore {
    const location = this.#places.locationOf(folder.uri.fsPath);
    return {
      location: { ...location, ...(vscode.workspace.isTrusted ? {} : { isRestricted: true }) },
      folderName: folder.name,
    };
  }
}

/** Whether the store has been written yet. */
export async function hasDatabase(store: StoreLocation): Promise<boolean> {
  return stat(store.database).then(
    (found) => found.isFile(),
    () => false,
  );
}

function watchDatabase(store: NamedStore, listener: (store: NamedStore) => void): vscode.Disposable {
  const { root, database } = store.location;
  // Below an open folder the editor watches already.
  const base = isWithin(database, root) ? root : path.dirname(database);
  const place = path.relative(base, database).split(path.sep).join("/");
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(base), place),
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
