/**
 * One writer a database, across windows, command lines and machines that share the folder. The lock itself is
 * proper-lockfile's: a folder whose making is atomic, kept fresh by a heartbeat, so that it works where
 * process ids mean nothing (containers, network shares). A note beside it tells others who has it, and lets a
 * restarted engine take over from its dead predecessor without waiting for the heartbeat to grow old.
 */
import { randomUUID } from "node:crypto";
import { readlinkSync } from "node:fs";
import { readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { lock } from "proper-lockfile";
import type { StoreFiles } from "./StoreFiles";
import { StoreError } from "./StoreError";

/** Who writes, as a second process will read it. */
export type StoreUser = "window" | "command line";

/** Without a heartbeat for this long the holder counts as gone. */
const STALE_MS = 10_000;

interface Owner {
  pid: number;
  host: string;
  /** Two containers may share a host name but not each other's process ids. */
  pidNamespace: string;
  what: StoreUser;
  since: string;
  /** Tells this hold from any other. */
  token: string;
}

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
    const heartbeat = await this.#lastHeartbeat(this.#files.lock);
    const owner = await this.#readOwner();
    if (owner === null) return "another process";
    if (isGone(owner) && (await this.#breakLock(heartbeat)) && (await this.#lock())) return null;
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
    await unlock();
  }

  async #lock(): Promise<boolean> {
    try {
      this.#unlock = await lock(this.#files.database, {
        lockfilePath: this.#files.lock,
        realpath: false,
        stale: STALE_MS,
        onCompromised: () => {
          this.#token = undefined;
        },
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ELOCKED") return false;
      throw error;
    }
    const owner = describeSelf(this.#user);
    this.#token = owner.token;
    await writeFile(this.#files.owner, JSON.stringify(owner));
    return true;
  }

  /**
   * Takes a dead owner's lock out of the way. Two processes may see the same dead owner; the rename is atomic,
   * so only one of them moves that lock. A race remains: the slower one may move the faster one's new lock. It
   * sees so by the heartbeat, which a dead owner's lock no longer has, and puts it back; should it die right
   * there, the faster one finds its lock gone at its next save or heartbeat and stops writing.
   */
  async #breakLock(lastHeartbeat: number | null): Promise<boolean> {
    const aside = `${this.#files.lock}.${randomUUID()}`;
    try {
      await rename(this.#files.lock, aside);
      const isDead = (await this.#lastHeartbeat(aside)) === lastHeartbeat;
      if (isDead) await rmdir(aside);
      else await rename(aside, this.#files.lock);
      return isDead;
    } catch (error) {
      // Someone else was faster in moving it, or has made a new one meanwhile.
      if (["ENOENT", "EEXIST", "ENOTEMPTY", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) {
        return false;
      }
      throw error;
    }
  }

  async #lastHeartbeat(path: string): Promise<number | null> {
    try {
      return (await stat(path)).mtimeMs;
    } catch {
      return null;
    }
  }

  async #readOwner(): Promise<Owner | null> {
    try {
      return JSON.parse(await readFile(this.#files.owner, "utf8")) as Owner;
    } catch {
      // Not written yet, half written or just removed: the next attempt sees more.
      return null;
    }
  }
}

function describeSelf(what: StoreUser): Owner {
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
  const name = owner.what === "window" ? "another window" : "the command line";
  return `${name} (process ${owner.pid}${place})`;
}
