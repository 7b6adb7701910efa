/**
 * Damage that shows only when a page is read: not every page is looked at when a library is opened. Whoever meets it
 * says so here, and the next opening for writing in this process looks at all of the database before it goes on.
 */
import { StoreError } from "./StoreError";

/** By the path of the database: to be looked at, or looked at without finding anything. */
const doubts = new Map<string, "open" | "unfounded">();

const DAMAGE = /^(database disk image is malformed|malformed database schema|file is not a database)/;

/** Whether SQLite could not read a page, or what it says. */
export function isDamage(error: unknown): error is Error {
  return error instanceof Error && !(error instanceof StoreError) && DAMAGE.test(error.message);
}

/** True when looking at all of it may help: that was not done before. */
export function raiseDoubt(path: string): boolean {
  if (doubts.get(path) === "unfounded") return false;
  doubts.set(path, "open");
  return true;
}

export function isDoubted(path: string): boolean {
  return doubts.get(path) === "open";
}

/** All of it was looked at; what was wrong is brought into a new database. */
export function settleDoubt(path: string, wasFounded: boolean): void {
  if (wasFounded) doubts.delete(path);
  else doubts.set(path, "unfounded");
}

/** What a user is told to do about a damaged database. */
export const ADVICE =
  "Compact the library: what can be read is brought into a new database, and the damaged file is kept.";

/** What lies at `path` could be read only in part. */
export function damaged(path: string, cause: Error): StoreError {
  return new StoreError("cannotRead", `${path} is damaged (${cause.message}). ${ADVICE}`, { cause });
}
