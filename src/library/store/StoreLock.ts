/**
 * One writer a database, across windows, command lines and machines that share the folder. The lock itself is
 * proper-lockfile's: a folder whose making is atomic, kept fresh by a heartbeat, so that it works where
 * process ids mean nothing (containers, network shares). A note beside it tells others who has it, and lets a
 * restarted engine take over from its dead predecessor without waiting for the heartbeat to grow old.
 */
import { lstat, rm, rmdir, stat } from "node:fs/promises";
import { lock } from "proper-lockfile";
import { describeSelf, isGone, nameOf, parseOwner, type LockHolder, type Owner } from "./lockOwner";
import { readRegularFile } from "./readRegularFile";
import { replaceFile } from "./replaceFile";
import { lockLost } from "./storeFailures";
import type { StoreFiles } from "./StoreFiles";
import { StoreError } from "./StoreError";

/** Without a heartbeat for this long the holder counts as gone. */
const STALE_MS = 10_000;

/** A note is a few hundred bytes. */
const MAX_NOTE_BYTES = 16_384;

export class StoreLock {
  readonly #files: StoreFiles;
  readonly #holder: LockHolder;
  #token: string | undefined;
  #unlock: (() => Promise<void>) | undefined;

  constructor(files: StoreFiles, holder: LockHolder) {
    this.#files = files;
    this.#holder = holder;
  }

  /** One attempt: null when the lock is ours now, else who has it. */
  async tryAcquire(): Promise<string | null> {
    if (await this.#lock()) return null;
    const owner = await readOwner(this.#files);
    if ((await this.#isLeft(owner)) && (await this.#clearAway()) && (await this.#lock())) return null;
    return nameOf(owner);
  }

  get isHeld(): boolean {
    return this.#token !== undefined;
  }

  /** Throws StoreError ("lockLost") unless the lock is still ours. */
  assertHeld(): void {
    if (!this.isHeld) throw lockLost();
  }

  /**
   * The same, by the note on disk: sees a takeover that the heartbeat has not noticed yet (after the machine
   * slept, say). Between this look and the rename that follows another takeover fits in theory; it needs a
   * stop of more than the stale time at just that place.
   */
  async verify(): Promise<void> {
    const owner = await readOwner(this.#files);
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
    const owner = { ...describeSelf(this.#holder), lockFolder: await folderId(this.#files.lock) };
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

  /** Whether nobody can hold it any more, though its time is not long ago. */
  async #isLeft(owner: Owner | null): Promise<boolean> {
    return (owner !== null && isGone(owner)) || (await isOld(this.#files.lock));
  }

  /**
   * Takes a lock that was left out of the way, one process at a time: without the second lock a slow one could
   * remove what a fast one has just made. For the same reason the lock must still be the very folder that the
   * dead owner made, or without a heartbeat still. What remains is a race with the heartbeat growing old in just this moment; the one that
   * loses it finds another's note at its next save, or no lock at its next heartbeat, and stops writing.
   */
  async #clearAway(): Promise<boolean> {
    const second = `${this.#files.owner}.lock`;
    const unlock = await tryLock(this.#files.owner, second, () => undefined);
    if (!unlock) {
      // Next time, then.
      if (await isOld(second)) await removeLock(second);
      return false;
    }
    try {
      const owner = await readOwner(this.#files);
      const isOwnersLeft =
        owner !== null && isGone(owner) && owner.lockFolder === (await folderId(this.#files.lock));
      if (!isOwnersLeft && !(await isOld(this.#files.lock))) return false;
      await rm(this.#files.owner, { force: true });
      if (isOwnersLeft) await rm(this.#files.lock, { recursive: true, force: true });
      else await removeLock(this.#files.lock);
      return true;
    } finally {
      await unlock();
    }
  }
}

/** Who has the lock, as far as is known, and whether an attempt at it may be worth it. Makes and changes nothing. */
export async function lookAtLock(files: StoreFiles): Promise<{ owner: Owner | null; mayBeFree: boolean }> {
  const [age, owner] = await Promise.all([ageOf(files.lock), readOwner(files)]);
  if (age === null) return { owner: null, mayBeFree: true };
  return { owner, mayBeFree: age > STALE_MS || (owner !== null && isGone(owner)) };
}

async function isOld(lockFolder: string): Promise<boolean> {
  return ((await ageOf(lockFolder)) ?? 0) > STALE_MS;
}

/** By the path of a lock whose time is yet to come: that time, and when it was first seen, on a clock that nobody sets. */
const ahead = new Map<string, { mtimeMs: number; since: number }>();

/**
 * Milliseconds since the last heartbeat, or null where there is no lock. After a clock was set back, or beside a
 * machine whose clock is ahead, the time says nothing: then it is since when this process has seen no other.
 */
async function ageOf(lockFolder: string): Promise<number | null> {
  try {
    const { mtimeMs } = await lstat(lockFolder);
    const age = Date.now() - mtimeMs;
    if (age >= 0) return age;
    const seen = ahead.get(lockFolder);
    if (seen?.mtimeMs === mtimeMs) return performance.now() - seen.since;
    ahead.set(lockFolder, { mtimeMs, since: performance.now() });
    return 0;
  } catch {
    return null;
  }
}

/** Null also while the note is not written yet or just removed: the next look sees more. */
async function readOwner(files: StoreFiles): Promise<Owner | null> {
  try {
    return parseOwner((await readRegularFile(files.owner, MAX_NOTE_BYTES)).bytes.toString());
  } catch {
    return null;
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

async function removeLock(path: string): Promise<void> {
  try {
    await rmdir(path);
  } catch (error) {
    if (isFilled(error)) throw inTheWay(path, error);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
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
