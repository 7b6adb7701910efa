/**
 * Writes what changes in memory while the lock is held: each change as a record of the journal, all of it now and
 * then as a new database file, a snapshot. After a crash between any two steps the snapshot that is in place and
 * the journal of its generation hold all that was acknowledged:
 *
 * - a journal is made whole, under another name, and then renamed; records are appended and synced in batches;
 * - a snapshot gets a new generation, so that from its rename on the journal of the one before counts no more.
 */
import type { Log } from "../../shared/log";
import { backUp, type BackupReason } from "./backup";
import { CommitQueue, type Change } from "./CommitQueue";
import { rebuildText } from "./findDamage";
import { nextGeneration, writeGeneration } from "./generation";
import { joinOthers, setJournalAside } from "./joinOthers";
import { Journal } from "./Journal";
import { MAX_PAYLOAD_BYTES, type Generation } from "./journalFormat";
import { keepAside } from "./keepAside";
import { readStamp, sameStamp, stampOf, type Stamp } from "./loadDatabase";
import type { Content } from "./loadStore";
import { applyOperations, type Operation } from "./operations";
import { refuseUnsaved } from "./refuseUnsaved";
import { replaceFile } from "./replaceFile";
import { rescue } from "./rescue";
import { renewIndexes, SCHEMA_VERSION } from "./schema";
import { describeBroken, orCannotWrite } from "./storeFailures";
import type { StoreFiles } from "./StoreFiles";
import type { StoreLock } from "./StoreLock";

/** A journal may grow to this, or to a share of the database, before a snapshot is taken. */
const JOURNAL_BYTES = 8 * 1024 * 1024;
const JOURNAL_SHARE = 1 / 8;
/** Up to this size a snapshot costs next to nothing. */
const SMALL_BYTES = 16 * 1024 * 1024;

export interface WriterOptions {
  files: StoreFiles;
  lock: StoreLock;
  log: Log;
  /** What both this and the readers of this process see. */
  memory: { content: Content };
}

export class StoreWriter {
  readonly #options: WriterOptions;
  readonly #files: StoreFiles;
  readonly #lock: StoreLock;
  readonly #log: Log;
  readonly #memory: { content: Content };
  readonly #queue = new CommitQueue((changes) =>
    orCannotWrite(this.#files.folder, () => this.#write(changes)),
  );
  #journal: Journal | undefined;
  /** The next change is saved with all others: the journal has nothing to go on from. */
  #needsSnapshot = false;
  /** What the journal says is better said by a new snapshot. */
  #isWorn = false;
  #isAsked = false;
  /** Why the last snapshot that was asked for failed. */
  #failures: Error[] = [];
  /** The size of the journal at which a snapshot is next worth trying. */
  #patience = JOURNAL_BYTES;

  private constructor(options: WriterOptions) {
    const { files, lock, log, memory } = options;
    this.#options = options;
    this.#files = files;
    this.#lock = lock;
    this.#log = log;
    this.#memory = memory;
  }

  /** Takes over what the last writer left. The lock must be held, and the files have been read since. */
  static async start(options: WriterOptions): Promise<StoreWriter> {
    const writer = new StoreWriter(options);
    try {
      await writer.#takeOver();
      return writer;
    } catch (error) {
      await writer.#journal?.close();
      throw error;
    }
  }

  /** Changes memory at once, all or, throwing, nothing; resolves when it is on disk. */
  change(operations: readonly Operation[]): Promise<void> {
    const applied = applyOperations(this.#content.database, operations);
    if (applied.length === 0) return Promise.resolve();
    return this.#queue.add(Buffer.from(JSON.stringify(applied)));
  }

  /** Writes what waits. Failures go to those who wait for the change. */
  flush(): Promise<void> {
    return this.#queue.commit();
  }

  /** Whether the database file lacks anything. */
  get hasJournal(): boolean {
    return (this.#journal !== undefined && this.#journal.last > 0) || this.#isWorn;
  }

  /** Writes a new database file, if the one there lacks anything. Throws StoreError. */
  async snapshot(): Promise<void> {
    this.#isAsked = true;
    this.#failures = [];
    await this.#queue.commit();
    const [failure] = this.#failures;
    if (failure) throw failure;
  }

  /** Where that costs little, leaves a database file that lacks nothing, as any SQLite tool can read it. */
  async settle(): Promise<void> {
    await this.flush();
    const isLarge = (this.#content.stamp?.size ?? 0) > SMALL_BYTES;
    if (!this.hasJournal || (isLarge && !this.#isJournalLarge())) return;
    // What fails is logged, and the journal has it.
    await this.snapshot().catch(() => undefined);
  }

  /** True when memory holds nothing that could not be written. */
  async stop(): Promise<boolean> {
    const isAllWritten = this.#queue.isEmpty;
    const journal = this.#journal;
    await journal?.close();
    this.#content.journalStamp = await readStamp(this.#files.journal);
    this.#content.journal = journal
      ? {
          kind: "followed",
          format: journal.format,
          place: { end: journal.size, last: journal.last, rest: "none" },
        }
      : { kind: "none" };
    return isAllWritten;
  }

  /** Keeps a copy of all that is on disk; resolves to its path, or to null where there is nothing yet. */
  async backUp(reason: BackupReason): Promise<string | null> {
    await this.flush();
    return this.#queue.alone(() => orCannotWrite(this.#files.backups, () => backUp(this.#files, reason)));
  }

  /** Makes the database file as small as it can be, and its text search fit. Throws StoreError. */
  async compact(): Promise<void> {
    await this.flush();
    const { database, migratedFrom } = this.#content;
    if (migratedFrom !== null) renewIndexes(database);
    rebuildText(database);
    database.run("VACUUM");
    this.#isWorn = true;
    await this.snapshot();
  }

  get #content(): Content {
    return this.#memory.content;
  }

  async #takeOver(): Promise<void> {
    const content = this.#content;
    await this.#setBrokenAside(content);
    this.#needsSnapshot = content.generation === null || content.migratedFrom !== null;
    const { journal, generation } = content;
    const path = this.#files.journal;
    if (journal.kind === "old") await this.#files.disk.remove(path);
    if (journal.kind === "foreign") {
      const aside = await keepAside(this.#files, path, "unused", "move");
      this.#log("warn", "store", `${path} was not used: ${journal.reason}. It is kept as ${aside}.`);
    }
    if (journal.kind !== "followed" || generation === null) return;
    const { end, last, rest } = journal.place;
    const format = { format: journal.format, nonce: generation.nonce };
    this.#journal = await Journal.resume(this.#files, { format, end, last });
    if (rest === "torn") {
      this.#log("info", "store", `The last change in ${path} was never finished, and is cut off.`);
    }
    if (rest !== "damaged") return;
    const aside = await keepAside(this.#files, path, "damaged", "copy");
    this.#log("warn", "store", `${path} is damaged: what could be read is used, and it is kept as ${aside}.`);
    this.#isWorn = true;
    await this.snapshot().catch(() => undefined);
  }

  /** Keeps a broken database, and brings what can be read of it and of its journal into a new one. */
  async #setBrokenAside(content: Content): Promise<void> {
    if (content.broken === null) return;
    const { database, journal } = this.#files;
    const aside = await keepAside(this.#files, database, "broken", "move");
    const journalAside = await keepAside(this.#files, journal, "broken", "move");
    const rescued = await rescue(content.database, aside, journalAside);
    const what = rescued === 0 ? "nothing could be read of it" : `${rescued} tracks could be read of it`;
    const message = `It is kept as ${aside ?? database}; a new one is started: ${what}.`;
    this.#log("error", "store", `${describeBroken(database, content.broken)} ${message}`);
    Object.assign(content, { stamp: null, broken: null, generation: null, journal: { kind: "none" } });
  }

  /** Writes all changes of the list, and those that it adds to the list. */
  async #write(changes: Change[]): Promise<void> {
    const isAsked = this.#isAsked && this.hasJournal;
    this.#isAsked = false;
    if (changes.length === 0 && !isAsked) return;
    await this.#lookAround(changes);
    // What no record can hold would keep all that comes after it waiting in vain.
    const isTooLarge = changes.some(({ payload }) => payload.length > MAX_PAYLOAD_BYTES);
    if (this.#needsSnapshot || isTooLarge) {
      // A new layout is for good; a column more is not worth a copy.
      const { migratedFrom } = this.#content;
      if (migratedFrom !== null && migratedFrom < SCHEMA_VERSION) await backUp(this.#files, "migration");
      return this.#save(changes);
    }
    if (isAsked && (await this.#trySave(changes))) return;
    if (changes.length > 0) await this.#append(changes);
  }

  async #append(changes: readonly Change[]): Promise<void> {
    const { generation } = this.#content;
    if (generation === null) throw new Error("a journal without a snapshot");
    this.#journal ??= await Journal.create(this.#files, generation);
    await this.#journal.append(changes.map(({ payload }) => payload));
    // Whoever took over meanwhile may have read the journal before this was in it.
    await this.#lock.verify();
    if (this.#isJournalLarge()) this.#saveSoon();
  }

  #isJournalLarge(): boolean {
    const limit = Math.max(this.#patience, (this.#content.stamp?.size ?? 0) * JOURNAL_SHARE);
    return (this.#journal?.size ?? 0) > limit;
  }

  #saveSoon(): void {
    this.#isAsked = true;
    void this.#queue.commit();
  }

  /** False when it failed: the journal serves as well, and who asked for it is told. */
  async #trySave(changes: Change[]): Promise<boolean> {
    try {
      await orCannotWrite(this.#files.database, () => this.#save(changes));
      return true;
    } catch (error) {
      if (!this.#lock.isHeld) throw error;
      const failure = error instanceof Error ? error : new Error(String(error));
      this.#failures.push(failure);
      this.#patience = 2 * (this.#journal?.size ?? JOURNAL_BYTES);
      this.#log(
        "warn",
        "store",
        `${failure.message} Until then ${this.#files.journal} has what has changed.`,
      );
      return false;
    }
  }

  async #save(changes: Change[]): Promise<void> {
    const { database, generation, migratedFrom } = this.#content;
    const next = nextGeneration(generation);
    changes.push(...this.#queue.take());
    if (migratedFrom !== null) renewIndexes(database);
    writeGeneration(database, next);
    const bytes = database.export();
    // Exporting closes the connection and opens another, and with it goes what is set for a connection.
    database.run("PRAGMA foreign_keys = ON");
    await replaceFile(this.#files.database, bytes, {
      disk: this.#files.disk,
      beforeRename: async () => {
        await refuseUnsaved(this.#files.database);
        await this.#lock.verify();
      },
      onRenamed: (stats) => {
        this.#begin(next, stampOf(stats));
      },
    });
    // Of the generation before; where it can't be removed, the next one replaces it.
    await this.#files.disk.remove(this.#files.journal).catch(() => undefined);
  }

  /** From here on the database file lacks nothing. */
  #begin(generation: Generation, stamp: Stamp): void {
    Object.assign(this.#content, { generation, stamp, migratedFrom: null } satisfies Partial<Content>);
    void this.#journal?.close().catch(() => undefined);
    this.#journal = undefined;
    this.#needsSnapshot = false;
    this.#isWorn = false;
    this.#patience = JOURNAL_BYTES;
  }

  /** All looks at once: each waits for the disk. */
  async #lookAround(changes: Change[]): Promise<void> {
    const [stamp, isJournalInPlace] = await Promise.all([
      readStamp(this.#files.database),
      this.#journal?.isInPlace() ?? true,
      this.#lock.verify(),
    ]);
    if (!sameStamp(this.#content.stamp, stamp)) await this.#join(changes);
    if (!isJournalInPlace) await this.#leaveJournal();
  }

  async #leaveJournal(): Promise<void> {
    await setJournalAside(this.#options);
    await this.#journal?.close();
    this.#journal = undefined;
    this.#needsSnapshot = true;
  }

  async #join(changes: Change[]): Promise<void> {
    const isJoined = await joinOthers(this.#options, this.#journal?.last ?? 0, () => {
      changes.push(...this.#queue.take());
      return changes;
    });
    // What was brought up to date in memory is not what the journal goes on from.
    if (!isJoined || this.#content.migratedFrom !== null) this.#needsSnapshot = true;
  }
}
