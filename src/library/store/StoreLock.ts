/**
 * One writer a database, across windows, command lines and machines that share the folder. The lock itself is
 * proper-lockfile's: a folder whose making is atomic, kept fresh by a heartbeat, so that it works where
 * process ids mean nothing (containers, network shares). A note beside it tells others who has it, and lets a
 * restarted engine take over from its dead predecessor without waiting for the heartbeat to grow old.
 */
import { lstat, rm, stat } from "node:fs/promises";
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
    if (owner && isGone(owner) && (await this.#clearAway()) && (await this.#lock())) return null;
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
      const owner = await readOwner(this.#files);
      if (owner === null || !isGone(owner)) return false;
      if (owner.lockFolder !== (await folderId(this.#files.lock))) return false;
      await rm(this.#files.owner, { force: true });
      await rm(this.#files.lock, { recursive: true, force: true });
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

/** Milliseconds since the last heartbeat, or null where there is no lock. */
async function ageOf(lockFolder: string): Promise<number | null> {
  try {
    return Date.now() - (await lstat(lockFolder)).mtimeMs;
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
