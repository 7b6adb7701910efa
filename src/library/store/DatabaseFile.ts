/**
 * The files of one database and what they say in memory: reading them, and the write lock, which several runs of
 * one process share. Writing is StoreWriter's; what the tables mean is TrackStore's.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "sql.js";
import type { Log } from "../../shared/log";
import type { BackupReason } from "./backup";
import type { Disk } from "./disk";
import { readStamp, sameStamp } from "./loadDatabase";
import { isDoubted, settleDoubt } from "./damage";
import { loadStore, noStore, type Content } from "./loadStore";
import type { LockHolder } from "./lockOwner";
import type { Operation } from "./operations";
import { readJournal, replay } from "./readJournal";
import { refuseUnsaved } from "./refuseUnsaved";
import { describeBroken, inUse, lockLost, newerVersion, orReadOnly } from "./storeFailures";
import type { StoreFiles } from "./StoreFiles";
import { StoreLock } from "./StoreLock";
import { StoreWriter } from "./StoreWriter";

/** How often a waiting process looks whether the lock is free. */
const LOCK_POLL_MS = 300;
/** Without a change for this long, the database file is brought up to date for other tools. */
const IDLE_MS = 10_000;

export interface OpenOptions extends LockHolder {
  /** Leaves the reading to the first lock(), so that of several that want the lock only the one that gets it reads. */
  isUnread?: boolean;
  log?: Log | undefined;
  /** What writes; another only in tests. */
  disk?: Disk | undefined;
}

export interface LockOptions {
  /** Says who holds the database while this call waits, then null. */
  onWaiting?: ((holder: string | null) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Gives up after this long with StoreError "inUse"; without it the wait has no end. */
  limitMs?: number | undefined;
}

export class DatabaseFile {
  readonly #files: StoreFiles;
  readonly #log: Log;
  readonly #lock: StoreLock;
  readonly #memory: { content: Content };
  /** While the lock is held. */
  #writer: StoreWriter | undefined;
  /** Memory is not what the files say, and they are the truth. */
  #isAhead = false;
  #holders = 0;
  #attempt: Promise<string | null> | undefined;
  #idle: NodeJS.Timeout | undefined;

  private constructor(files: StoreFiles, options: OpenOptions, content: Content) {
    this.#files = files;
    this.#log = options.log ?? (() => undefined);
    this.#lock = new StoreLock(files, options);
    this.#memory = { content };
    this.#tell(content);
  }

  /** Throws StoreError ("notOurs", "cannotRead", "newerVersion"). */
  static async open(files: StoreFiles, options: OpenOptions): Promise<DatabaseFile> {
    if (!options.isUnread) return new DatabaseFile(files, options, await loadStore(files));
    const file = new DatabaseFile(files, options, await noStore());
    file.#isAhead = true;
    return file;
  }

  /** Ask anew each time: a refresh replaces it. */
  get database(): Database {
    return this.#memory.content.database;
  }

  async lock(options: LockOptions): Promise<() => Promise<void>> {
    options.signal?.throwIfAborted();
    const giveUpAt = performance.now() + (options.limitMs ?? Infinity);
    while (!this.#writer) {
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

  /** Changes memory at once, all or, throwing, nothing; resolves when it is on disk. The lock must be held. */
  change(operations: readonly Operation[]): Promise<void> {
    return this.#held().change(operations);
  }

  /** Keeps a copy of what is on disk (backup.ts). The lock must be held. */
  backUp(reason: BackupReason): Promise<string | null> {
    return this.#held().backUp(reason);
  }

  /** Makes the database file as small as it can be. The lock must be held. */
  compact(): Promise<void> {
    return this.#held().compact();
  }

  async flush(): Promise<void> {
    await this.#writer?.flush();
  }

  /** Reads what another process has written since; true when there was anything. */
  async refresh(): Promise<boolean> {
    while (!this.#isInUse() && !(await this.#isUpToDate())) {
      const before = this.#memory.content;
      if (await this.#readOn(before)) return true;
      const content = await loadStore(this.#files);
      // A run may have taken the lock during the reading: what it keeps must not be replaced by what was before.
      if (!this.#isInUse() && this.#memory.content === before) {
        this.#take(content);
        return true;
      }
      content.database.close();
    }
    return false;
  }

  close(): void {
    clearTimeout(this.#idle);
    void this.#writer?.stop().catch(() => undefined);
    this.#memory.content.database.close();
  }

  #held(): StoreWriter {
    this.assertHeld();
    if (!this.#writer) throw lockLost();
    return this.#writer;
  }

  /** One attempt at the lock: null when it is ours, else who has it. */
  async #acquire(): Promise<string | null> {
    if (this.#memory.content.isNewer) throw newerVersion(this.#files.database);
    return orReadOnly(this.#files.folder, async () => {
      await this.#files.make();
      const holder = await this.#lock.tryAcquire();
      if (holder !== null) return holder;
      try {
        this.#writer = await this.#prepareForWriting();
        return null;
      } catch (error) {
        await this.#lock.release();
        throw error;
      }
    });
  }

  /** Another process may have written before the lock was ours. */
  async #prepareForWriting(): Promise<StoreWriter> {
    await refuseUnsaved(this.#files.database);
    await this.#files.removeTemporaries();
    await this.#readForWriting();
    if (this.#memory.content.isNewer) throw newerVersion(this.#files.database);
    const [files, lock, log, memory] = [this.#files, this.#lock, this.#log, this.#memory];
    return StoreWriter.start({ files, lock, log, memory });
  }

  async #readForWriting(): Promise<void> {
    const { database } = this.#files;
    if (!isDoubted(database)) {
      if (!(await this.#isUpToDate())) this.#take(await loadStore(this.#files));
      return;
    }
    this.#take(await loadStore(this.#files, true));
    settleDoubt(database, this.#memory.content.broken !== null);
  }

  async #release(): Promise<void> {
    const writer = this.#writer;
    await writer?.settle();
    // Another run may have joined meanwhile.
    if (--this.#holders > 0) return;
    this.#writer = undefined;
    if (writer) {
      this.#isAhead = !(await writer.stop());
      if (writer.hasJournal) this.#settleWhenIdle();
    }
    await this.#lock.release();
  }

  /** In large libraries a snapshot is not worth its time after each change. */
  #settleWhenIdle(): void {
    clearTimeout(this.#idle);
    const settle = async (): Promise<void> => {
      const release = await this.lock({ limitMs: 0 });
      try {
        await this.#writer?.snapshot();
      } finally {
        await release();
      }
    };
    this.#idle = setTimeout(() => {
      settle().catch((error: unknown) => {
        this.#log("debug", "store", `Not now: ${String(error)}`);
      });
    }, IDLE_MS).unref();
  }

  /** A run writes, or is about to. */
  #isInUse(): boolean {
    return this.#writer !== undefined || this.#attempt !== undefined;
  }

  async #isUpToDate(): Promise<boolean> {
    const { stamp, journalStamp } = this.#memory.content;
    if (this.#isAhead || !sameStamp(stamp, await readStamp(this.#files.database))) return false;
    return sameStamp(journalStamp, await readStamp(this.#files.journal));
  }

  /** Where only the journal has grown, that much is enough. */
  async #readOn(content: Content): Promise<boolean> {
    const { journal, generation, stamp, migratedFrom } = content;
    if (this.#isAhead || journal.kind !== "followed" || generation === null) return false;
    // Without our indexes, to read all is quicker than to take changes in.
    if (migratedFrom !== null) return false;
    const file = await readJournal(this.#files.journal);
    const header = file?.generation ?? null;
    if (file === null || header?.nonce !== generation.nonce) return false;
    if (file.bytes.length < journal.place.end) return false;
    if (!sameStamp(stamp, await readStamp(this.#files.database))) return false;
    if (this.#isInUse() || this.#memory.content !== content) return false;
    const place = replay(content.database, { ...file, generation: header }, journal.place);
    Object.assign(content, { journal: { ...journal, place }, journalStamp: file.stamp });
    return true;
  }

  /** Puts what was read in the place of what is in memory. */
  #take(content: Content): void {
    this.#memory.content.database.close();
    this.#memory.content = content;
    this.#isAhead = false;
    this.#tell(content);
  }

  #tell({ isNewer, broken }: Content): void {
    const { database } = this.#files;
    if (isNewer) this.#log("warn", "store", newerVersion(database).message);
    if (broken !== null) this.#log("warn", "store", describeBroken(database, broken));
  }
}
