/**
 * One database file and its copy in memory: loading, saving, and the write lock, which several runs of one
 * process share. What the tables mean is TrackStore's.
 */
import { rename } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "sql.js";
import type { Log } from "../../shared/log";
import { DurableQueue } from "./DurableQueue";
import { loadDatabase, openInMemory, readStamp, sameStamp, type Loaded, type Stamp } from "./loadDatabase";
import type { LockHolder } from "./lockOwner";
import { refuseUnsaved } from "./refuseUnsaved";
import { saveDatabase } from "./saveDatabase";
import { migrate, SCHEMA_VERSION } from "./schema";
import { inUse, newerVersion, notOurs, orCannotWrite } from "./storeFailures";
import type { StoreFiles } from "./StoreFiles";
import { StoreLock } from "./StoreLock";

/** How often a waiting process looks whether the lock is free. */
const LOCK_POLL_MS = 300;

export interface OpenOptions extends LockHolder {
  /** Leaves the reading to the first lock(), so that of several that want the lock only the one that gets it reads. */
  isUnread?: boolean;
  log?: Log | undefined;
}

export interface LockOptions {
  /** Says who holds the database while this call waits, then null. */
  onWaiting?: ((holder: string | null) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Gives up after this long with StoreError "inUse"; without it the wait has no end. */
  limitMs?: number | undefined;
}

type BrokenFile = Extract<Loaded, { kind: "broken" }>;

/** The file as it was read, and the database in memory that stands for it. */
interface Content {
  loaded: Exclude<Loaded, { kind: "notOurs" }>;
  database: Database;
}

export class DatabaseFile {
  readonly #files: StoreFiles;
  readonly #log: Log;
  readonly #lock: StoreLock;
  readonly #queue = new DurableQueue(() => this.#save());
  #database: Database;
  #stamp: Stamp | null = null;
  #isNewer = false;
  #broken: BrokenFile | null = null;
  /** Memory holds what could not be saved: the file is the truth again once the lock is gone. */
  #isAhead = false;
  #isHeld = false;
  #holders = 0;
  #attempt: Promise<string | null> | undefined;

  private constructor(files: StoreFiles, options: OpenOptions, empty: Database) {
    this.#files = files;
    this.#log = options.log ?? (() => undefined);
    this.#lock = new StoreLock(files, options);
    this.#database = empty;
  }

  static async open(files: StoreFiles, options: OpenOptions): Promise<DatabaseFile> {
    const file = new DatabaseFile(files, options, await openEmpty());
    if (!options.isUnread) await file.#load();
    return file;
  }

  /** Ask anew each time: a refresh replaces it. */
  get database(): Database {
    return this.#database;
  }

  async lock(options: LockOptions): Promise<() => Promise<void>> {
    options.signal?.throwIfAborted();
    const giveUpAt = performance.now() + (options.limitMs ?? Infinity);
    while (!this.#isHeld) {
      this.#attempt ??= this.#acquire().finally(() => {
        this.#attempt = undefined;
      });
      const holder = await this.#attempt;
      if (holder === null) break;
      if (performance.now() >= giveUpAt) throw inUse(holder);
      options.onWaiting?.(holder);
      await delay(LOCK_POLL_MS, undefined, options.signal ? { signal: options.signal } : {});
    }
    this.#holders++;
    options.onWaiting?.(null);
    let isReleased = false;
    return async () => {
      if (isReleased) return;
      isReleased = true;
      await this.#release();
    };
  }

  get isLockHeld(): boolean {
    return this.#lock.isHeld;
  }

  /** Throws StoreError ("lockLost") when the lock is not held, or no more. */
  assertHeld(): void {
    this.#lock.assertHeld();
  }

  /** Says that the database in memory has changed; resolves when the change is on disk. */
  changed(): Promise<void> {
    this.#isAhead = true;
    return this.#queue.changed();
  }

  flush(): Promise<void> {
    return this.#queue.flush();
  }

  /** Reads the file again if another process has replaced it; true when it had. */
  async refresh(): Promise<boolean> {
    while (!this.#isInUse() && !(await this.#isUpToDate())) {
      const [database, stamp] = [this.#database, this.#stamp];
      const content = await this.#read();
      // A run may have taken the lock during the reading: what it keeps must not be replaced by what was before.
      if (!this.#isInUse() && this.#database === database && this.#stamp === stamp) {
        this.#take(content);
        return true;
      }
      content.database.close();
    }
    return false;
  }

  close(): void {
    this.#database.close();
  }

  /** One attempt at the lock: null when it is ours, else who has it. */
  async #acquire(): Promise<string | null> {
    if (this.#isNewer) throw newerVersion(this.#files.database);
    return orCannotWrite(this.#files.folder, async () => {
      await this.#files.make();
      const holder = await this.#lock.tryAcquire();
      if (holder !== null) return holder;
      try {
        await this.#prepareForWriting();
        this.#isHeld = true;
        return null;
      } catch (error) {
        await this.#lock.release();
        throw error;
      }
    });
  }

  async #release(): Promise<void> {
    await this.#queue.flush();
    // Another run may have joined during the flush.
    if (--this.#holders > 0) return;
    this.#isHeld = false;
    await this.#lock.release();
  }

  /** Another process may have written before the lock was ours. */
  async #prepareForWriting(): Promise<void> {
    await refuseUnsaved(this.#files.database);
    await this.#files.removeTemporaries();
    if (!(await this.#isUpToDate())) await this.#load();
    if (this.#isNewer) throw newerVersion(this.#files.database);
    if (this.#broken) await this.#setAside(this.#broken);
  }

  /** A run writes, or is about to. */
  #isInUse(): boolean {
    return this.#isHeld || this.#attempt !== undefined;
  }

  async #isUpToDate(): Promise<boolean> {
    return !this.#isAhead && sameStamp(this.#stamp, await readStamp(this.#files.database));
  }

  async #load(): Promise<void> {
    this.#take(await this.#read());
  }

  /** Reads the file; one that can't be read counts as empty. */
  async #read(): Promise<Content> {
    const loaded = await loadDatabase(this.#files.database);
    if (loaded.kind === "notOurs") throw notOurs(this.#files.database);
    if (loaded.kind !== "ours") return { loaded, database: await openEmpty() };
    const { database, version } = loaded;
    if (version <= SCHEMA_VERSION) migrate(database, version);
    return { loaded, database };
  }

  /** Puts what was read in the place of what is in memory. */
  #take({ loaded, database }: Content): void {
    this.#database.close();
    this.#database = database;
    this.#isNewer = loaded.kind === "ours" && loaded.version > SCHEMA_VERSION;
    this.#stamp = loaded.kind === "none" ? null : loaded.stamp;
    this.#broken = loaded.kind === "broken" ? loaded : null;
    this.#isAhead = false;
    if (this.#isNewer) this.#log("warn", "store", newerVersion(this.#files.database).message);
    if (this.#broken) this.#log("warn", "store", describeBroken(this.#files.database, this.#broken));
  }

  /** Keeps a broken database for whoever wants to rescue it, out of the new one's way. */
  async #setAside(broken: BrokenFile): Promise<void> {
    const { database } = this.#files;
    const aside = `${database}.broken-${new Date().toISOString().replaceAll(":", "-")}`;
    await rename(database, aside);
    this.#stamp = null;
    this.#broken = null;
    const message = `${describeBroken(database, broken)} It is kept as ${aside}; a new one is started.`;
    this.#log("error", "store", message);
  }

  async #save(): Promise<void> {
    await orCannotWrite(this.#files.database, async () => {
      this.#lock.assertHeld();
      this.#isAhead = false;
      try {
        this.#stamp = await saveDatabase(this.#database, this.#files.database, async () => {
          await refuseUnsaved(this.#files.database);
          await this.#lock.verify();
        });
      } catch (error) {
        this.#isAhead = true;
        throw error;
      }
    });
  }
}

async function openEmpty(): Promise<Database> {
  const database = await openInMemory();
  migrate(database, 0);
  return database;
}

function describeBroken(path: string, { reason }: BrokenFile): string {
  return `${path} could not be read (${reason}).`;
}
