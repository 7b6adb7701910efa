/**
 * One writer a database, across windows, command lines and machines that share the folder. The lock itself is
 * proper-lockfile's: a folder whose making is atomic, kept fresh by a heartbeat, so that it works where
 * process ids mean nothing (containers, network shares). A note beside it tells others who has it, and lets a
 * restarted engine take over from its dead predecessor without waiting for the heartbeat to grow old.
 */
import { randomUUID } from "node:crypto";
import { readlinkSync } from "node:fs";
import { lstat, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { lock } from "proper-lockfile";
import { parseOwner, type Owner, type StoreUser } from "./lockOwner";
import { readRegularFile } from "./readRegularFile";
import { replaceFile } from "./replaceFile";
import type { StoreFiles } from "./StoreFiles";
import { StoreError } from "./StoreError";

/** Without a heartbeat for this long the holder counts as gone. */
const STALE_MS = 10_000;

/** A note is a few hundred bytes. */
const MAX_NOTE_BYTES = 16_384;

export class StoreLock {
  readonly #files: StoreFiles;
  readonly #user: StoreUser;
  #token: string | undefined;
  #unlock: (() => Promise<void>) | undefined;

  constructor(files: StoreFiles, user: StoreUser) {
    this.#files = files;
    this.#user = user;
  }

  /** One attempt: null when the lock is ours now, else who has it. */
  async tryAcquire(): Promise<string | null> {
    if (await this.#lock()) return null;
    const owner = await this.#readOwner();
    if (owner === null) return "another process";
    if (isGone(owner) && (await this.#clearAway()) && (await this.#lock())) return null;
    return describe(owner);
  }

  get isHeld(): boolean {
    return this.#token !== undefined;
  }

  /** Throws StoreError ("lockLost") unless the lock is still ours. */
  assertHeld(): void {
    if (!this.isHeld) {
      throw new StoreError(
        "lockLost",
        "Another process has taken over the database; nothing more is written.",
      );
    }
  }

  /**
   * The same, by the note on disk: sees a takeover that the heartbeat has not noticed yet (after the machine
   * slept, say). Between this look and the rename that follows another takeover fits in theory; it needs a
   * stop of more than the stale time at just that place.
   */
  async verify(): Promise<void> {
    const owner = await this.#readOwner();
    if (owner?.token !== this.#token) this.#token = undefined;
    this.assertHeld();
  }

  async release(): Promise<void> {
    const isOurs = this.isHeld;
    const unlock = this.#unlock;
    this.#token = undefined;
    this.#unlock = undefined;
    if (!isOurs || unlock === undefined) return;
    await rm(this.#files.owner, { force: true });
    try {
      await unlock();
    } catch (error) {
      throw isFilled(error) ? inTheWay(this.#files.lock, error) : error;
    }
  }

  async #lock(): Promise<boolean> {
    this.#unlock = await tryLock(this.#files.database, this.#files.lock, () => {
      this.#token = undefined;
    });
    if (!this.#unlock) return false;
    const owner = { ...describeSelf(this.#user), lockFolder: await folderId(this.#files.lock) };
    this.#token = owner.token;
    try {
      // Not written into what lies there: that may be a link to a file of the user's.
      await replaceFile(this.#files.owner, JSON.stringify(owner));
    } catch (error) {
      this.#token = undefined;
      await this.#unlock();
      throw error;
    }
    return true;
  }

  /**
   * Takes a dead owner's lock out of the way, one process at a time: without the second lock a slow one could
   * remove what a fast one has just made. For the same reason the lock must still be the very folder that the
   * dead owner made. What remains is a race with the heartbeat growing old in just this moment; the one that
   * loses it finds another's note at its next save, or no lock at its next heartbeat, and stops writing.
   */
  async #clearAway(): Promise<boolean> {
    const unlock = await tryLock(this.#files.owner, `${this.#files.owner}.lock`, () => undefined);
    if (!unlock) return false;
    try {
      const owner = await this.#readOwner();
      if (owner === null || !isGone(owner)) return false;
      if (owner.lockFolder !== (await folderId(this.#files.lock))) return false;
      await rm(this.#files.owner, { force: true });
      await rm(this.#files.lock, { recursive: true, force: true });
      return true;
    } finally {
      await unlock();
    }
  }

  async #readOwner(): Promise<Owner | null> {
    try {
      return parseOwner((await readRegularFile(this.#files.owner, MAX_NOTE_BYTES)).bytes.toString());
    } catch {
      // Not written yet or just removed: the next attempt sees more.
      return null;
    }
  }
}

/** Resolves to the release, or to nothing when another process has it. */
async function tryLock(
  file: string,
  lockfilePath: string,
  onCompromised: () => void,
): Promise<(() => Promise<void>) | undefined> {
  if (await isInTheWay(lockfilePath)) throw inTheWay(lockfilePath);
  try {
    return await lock(file, { lockfilePath, realpath: false, stale: STALE_MS, onCompromised });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ELOCKED") return undefined;
    throw isFilled(error) ? inTheWay(lockfilePath, error) : error;
  }
}

/** A lock is an empty folder; one with something in it is not removed. */
function isFilled(error: unknown): boolean {
  return ["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "");
}

/** A lock is a folder; anything else would never grow old, or could not be removed then. */
async function isInTheWay(path: string): Promise<boolean> {
  try {
    return !(await lstat(path)).isDirectory();
  } catch {
    return false;
  }
}

function inTheWay(path: string, cause?: unknown): StoreError {
  const message = `${path} is in the way: remove it when no other Playlista has this library open.`;
  return new StoreError("cannotWrite", message, { cause });
}

/** By time of birth, since numbers are used again; where a file system has none, locks are waited for. */
async function folderId(path: string): Promise<string> {
  try {
    const { ino, birthtimeMs } = await stat(path);
    return `${ino} ${birthtimeMs}`;
  } catch {
    return "";
  }
}

function describeSelf(what: StoreUser): Omit<Owner, "lockFolder"> {
  return {
    pid: process.pid,
    host: hostname(),
    pidNamespace: pidNamespace(),
    what,
    since: new Date().toISOString(),
    token: randomUUID(),
  };
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

/** True only when the owner ran here and certainly runs no more. */
function isGone(owner: Owner): boolean {
  if (owner.host !== hostname() || owner.pidNamespace !== pidNamespace()) return false;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function describe(owner: Owner): string {
  const place = owner.host === hostname() ? "" : ` on ${owner.host}`;
  const name = owner.what === "window" ? "a VS Code window" : "the command line";
  return `${name} (process ${owner.pid}${place})`;
}
