/** What keeps a database from being read or written, in the words a user sees. */
import { StoreError } from "./StoreError";

/** No permission, or a disk that is read-only. */
const REFUSALS: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS"]);

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

/** The lock is held by no one here, or no more. */
export function lockLost(): StoreError {
  return new StoreError("lockLost", "Another process has taken over the database; nothing more is written.");
}

/** What lies at `path` has another owner. */
export function notOurs(path: string): StoreError {
  return new StoreError("notOurs", `${path} is not a Playlista database; it is left as it is.`);
}

/** Somebody took the database away after it was read. */
export function goneBeforeCopy(path: string): StoreError {
  const message = `${path} is no longer there, so that no copy of it could be kept. Nothing was forgotten.`;
  return new StoreError("cannotRead", message);
}

/** A database that is ours by its name or its mark. */
export function describeBroken(path: string, reason: string): string {
  return `${path} could not be read (${reason}).`;
}

/** Runs what writes; an error of the file system becomes one that can be shown. */
export async function orCannotWrite<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof StoreError || !isFileSystemError(error)) throw error;
    const message = `Cannot write ${path}: ${error.message}. ${adviceFor(error.code)}`.trim();
    throw new StoreError("cannotWrite", message, { cause: error });
  }
}

/** Runs what comes before the first write: a place that lets nothing be written is told apart ("readOnly"). */
export async function orReadOnly<T>(path: string, begin: () => Promise<T>): Promise<T> {
  try {
    return await orCannotWrite(path, begin);
  } catch (error) {
    if (!(error instanceof StoreError) || !isRefusal(error.cause)) throw error;
    throw new StoreError("readOnly", error.message, { cause: error.cause });
  }
}

/** Runs what reads; null where there is no such file. */
export async function orCannotRead<T>(path: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new StoreError("cannotRead", `Cannot read ${path}: ${message}`, { cause: error });
  }
}

function adviceFor(code: string | undefined): string {
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG")
    return "Free some space there, then try again: what was kept before is safe.";
  if (code !== undefined && REFUSALS.has(code))
    return "Allow Playlista to write there, or choose another place for its database.";
  return "";
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

function isRefusal(error: unknown): boolean {
  return isFileSystemError(error) && REFUSALS.has(error.code ?? "");
}
