/** What keeps a database from being read or written, in the words a user sees. */
import { StoreError } from "./StoreError";

/** `path` can be read but not written. */
export function newerVersion(path: string): StoreError {
  return new StoreError(
    "newerVersion",
    `${path} was made by a newer version of Playlista. It can be read but not changed: update Playlista.`,
  );
}

/** `holder` is who has the lock. */
export function inUse(holder: string): StoreError {
  const message = `The library is being written by ${holder}. Try again when that is done.`;
  return new StoreError("inUse", message);
}

/** What lies at `path` has another owner. */
export function notOurs(path: string): StoreError {
  return new StoreError("notOurs", `${path} is not a Playlista database; it is left as it is.`);
}

/** Runs what writes; an error of the file system becomes one that can be shown. */
export async function orCannotWrite<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof StoreError || !isFileSystemError(error)) throw error;
    throw new StoreError("cannotWrite", `Cannot write ${path}: ${error.message}`, { cause: error });
  }
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
