/**
 * Where the results of each workspace folder lie: in the folder, or in the editor's storage because the setting says
 * so or because the folder could not be written. Asks the setting each time, so that a change of it acts at once.
 * Free of `vscode`.
 */
import { createHash } from "node:crypto";
import * as path from "node:path";
import type { StoreLocation } from "../../shared/engineProtocol";
import type { DatabasePlace } from "../manifest";
import type { State } from "../runs/UnfinishedRun";

export const DATABASE_NAME = "library.sqlite";
const STORE_FOLDER = ".playlista";
const READ_ONLY_KEY = "playlista.readOnlyFolders";

export interface StorePlacesOptions {
  /** Absolute folder of the editor's storage for this workspace. */
  storage: string;
  /** What the setting says of a workspace folder (absolute path). */
  placeOf: (folder: string) => DatabasePlace;
  /** Keeps which folders could not be written, over the end of the window. */
  state: State;
}

export class StorePlaces {
  readonly #options: StorePlacesOptions;
  readonly #readOnly: Set<string>;

  constructor(options: StorePlacesOptions) {
    this.#options = options;
    const stored = options.state.get(READ_ONLY_KEY);
    const folders: unknown[] = Array.isArray(stored) ? stored : [];
    this.#readOnly = new Set(folders.filter((folder) => typeof folder === "string"));
  }

  /** The store of a workspace folder (absolute path) as of now. */
  locationOf(folder: string): StoreLocation {
    return this.#at(folder, this.#placeOf(folder));
  }

  /** Where the results of the folder would lie by the other choice. */
  otherOf(folder: string): StoreLocation {
    return this.#at(folder, this.#placeOf(folder) === "workspace" ? "storage" : "workspace");
  }

  /**
   * Where results go instead of a store that could not be written, until the setting is changed; null when that store
   * is not a folder's own. `isNew`: it was not known before.
   */
  fallBack({ database, root }: StoreLocation): { location: StoreLocation; isNew: boolean } | null {
    if (database !== this.#at(root, "workspace").database) return null;
    const isNew = !this.#readOnly.has(root);
    if (isNew) {
      this.#readOnly.add(root);
      this.#write();
    }
    return { location: this.#at(root, "storage"), isNew };
  }

  /** Forgets that a folder could not be written. */
  tryAgain(folder: string): void {
    if (this.#readOnly.delete(folder)) this.#write();
  }

  #placeOf(folder: string): DatabasePlace {
    return this.#readOnly.has(folder) ? "storage" : this.#options.placeOf(folder);
  }

  #at(root: string, place: DatabasePlace): StoreLocation {
    const name = createHash("sha256").update(root).digest("hex").slice(0, 32);
    // A folder of the same name in both places: by it the store knows what is its own, and what is the user's.
    const above = place === "workspace" ? root : path.join(this.#options.storage, name);
    return { database: path.join(above, STORE_FOLDER, DATABASE_NAME), root };
  }

  #write(): void {
    const folders = [...this.#readOnly];
    void this.#options.state.update(READ_ONLY_KEY, folders.length > 0 ? folders : undefined);
  }
}
