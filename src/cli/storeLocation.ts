/** Where the command line keeps results. */
import { basename, dirname, resolve } from "node:path";
import type { StoreLocation } from "../shared/engineProtocol";

const FOLDER = ".playlista";

/** Without a file: `.playlista/library.sqlite` in the current folder. Paths are kept relative to the store's folder. */
export function storeLocation(databaseFile: string | undefined): StoreLocation {
  const database = resolve(databaseFile ?? `${FOLDER}/library.sqlite`);
  const folder = dirname(database);
  return { database, root: basename(folder) === FOLDER ? dirname(folder) : folder };
}
