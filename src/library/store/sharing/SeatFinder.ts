/**
 * Finds this process's seat at a database and the next one when it is lost; one change of seat at a time. Looks about
 * once a second, while anybody listens for changes, whether there is a better seat or something new to read.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { StoreLocation } from "../../../shared/engineProtocol";
import type { LockOptions, OpenOptions } from "../DatabaseFile";
import { noStore } from "../loadStore";
import { nameOf, type Owner } from "../lockOwner";
import type { ChangeListener } from "../storeChange";
import { StoreError } from "../StoreError";
import { inUse } from "../storeFailures";
import { StoreFiles } from "../StoreFiles";
import { lookAtLock } from "../StoreLock";
import { TrackStore } from "../TrackStore";
import { ClientSeat, type NoSeat } from "./ClientSeat";
import { OwnerSeat } from "./OwnerSeat";
import { ReaderSeat } from "./ReaderSeat";
import type { Seat, WriterSeat } from "./Seat";

/** How often a waiting process looks whether it can write now; more often when an owner has just gone. */
const POLL_MS = 300;
const HASTY_POLL_MS = 20;
/** For this long after an owner has gone the next one is waited for before the file is read without one. */
const TAKEOVER_MS = 2000;
const WATCH_MS = 1000;
/** An owner whom nobody else uses, and who has not written for so long, lets the lock go. */
const IDLE_MS = 60_000;

export interface SeatFinderOptions {
  location: StoreLocation;
  user: OpenOptions["user"];
  log: NonNullable<OpenOptions["log"]>;
  onChange: ChangeListener;
  /** Who owns the database and does not answer, or null when it answers again. */
  onSilence: (holder: string | null) => void;
  /** Something is being written, or about to be. */
  isWriting: () => boolean;
}

export interface WriteOptions extends LockOptions {
  /** Asked while it waits: true ends the waiting with StoreError "inUse". */
  isGivenUp?: () => boolean;
}

export class SeatFinder {
  readonly #options: SeatFinderOptions;
  readonly #files: StoreFiles;
  #mayTakeOver = false;
  #isReady = false;
  #seat: OwnerSeat | ClientSeat | ReaderSeat | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #lostAt = -Infinity;
  #usedAt = performance.now();
  /** The hold of an owner that can't be asked: not tried again before somebody must write. */
  #closedTo: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isWatching = false;
  #isClosed = false;

  constructor(options: SeatFinderOptions) {
    this.#options = options;
    this.#files = new StoreFiles(options.location.database);
  }

  /** From now on this process becomes the owner when the one that it uses is gone, though it has nothing to write. */
  mayTakeOver(): void {
    this.#mayTakeOver = true;
    this.#getReady();
  }

  /** Throws StoreError when the file can't be read and there is no owner to be asked. */
  async toRead(): Promise<Seat> {
    const seat = this.#seat;
    if (seat?.isUsable) return seat;
    return this.#serially(async () => {
      if (this.#seat?.isUsable) return this.#seat;
      return this.#sit(await this.#findToRead());
    });
  }

  /** Waits for as long as neither an owner can be asked nor this process be the owner. */
  async toWrite({ signal, limitMs, onWaiting, isGivenUp }: WriteOptions): Promise<WriterSeat> {
    const giveUpAt = performance.now() + (limitMs ?? Infinity);
    this.mayTakeOver();
    for (;;) {
      signal?.throwIfAborted();
      const found = this.#writer() ?? (await this.#serially(() => this.#findToWrite()));
      this.#usedAt = performance.now();
      if (typeof found !== "string") {
        onWaiting?.(null);
        return found;
      }
      if (performance.now() >= giveUpAt || isGivenUp?.()) throw inUse(found);
      onWaiting?.(found);
      await delay(this.#pollMs(), undefined, signal ? { signal } : {});
    }
  }

  /** True when another process had written the file, which is read again then. */
  async refresh(): Promise<boolean> {
    const seat = await this.toRead();
    return seat instanceof ReaderSeat && seat.refresh();
  }

  /** From now on changes that nobody told are looked for. */
  watch(): void {
    this.#timer ??= setInterval(() => void this.#look(), WATCH_MS).unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#serially(() => this.#seat?.close());
  }

  #writer(): OwnerSeat | ClientSeat | null {
    const seat = this.#seat;
    return seat?.isUsable && !(seat instanceof ReaderSeat) ? seat : null;
  }

  async #findToRead(): Promise<ClientSeat | OwnerSeat | ReaderSeat> {
    for (;;) {
      const { owner, mayBeFree } = await lookAtLock(this.#files);
      const client = mayBeFree ? "unreachable" : await this.#connect(owner);
      if (client instanceof ClientSeat) return client;
      const isTakeover = performance.now() - this.#lostAt < TAKEOVER_MS;
      if (!isTakeover) break;
      const mine = mayBeFree && this.#mayTakeOver ? await this.#own().catch(() => null) : null;
      if (mine) return mine;
      await delay(HASTY_POLL_MS);
    }
    const { location, user, log } = this.#options;
    return new ReaderSeat(await TrackStore.open(location, { user, log }));
  }

  /** A seat, or the name of whoever keeps us from one. */
  async #findToWrite(): Promise<WriterSeat | string> {
    const seat = this.#writer();
    if (seat) return seat;
    const { owner, mayBeFree } = await lookAtLock(this.#files);
    if (mayBeFree) {
      const mine = await this.#own();
      return mine ? this.#sit(mine) : nameOf(owner);
    }
    const client = await this.#connect(owner);
    if (client instanceof ClientSeat) return this.#sit(client);
    const why: Record<NoSeat, string> = {
      unreachable: "",
      refused: "",
      otherVersion: " of another version",
      silent: ", which does not answer",
    };
    return nameOf(owner) + why[client];
  }

  /** Null when another process was faster. */
  async #own(): Promise<OwnerSeat | null> {
    const { location, user, log, onChange } = this.#options;
    try {
      return await OwnerSeat.take({ location, user, log, onChange });
    } catch (error) {
      if (error instanceof StoreError && error.code === "inUse") return null;
      throw error;
    }
  }

  async #connect(owner: Owner | null): Promise<ClientSeat | NoSeat> {
    if (!owner?.socket) return "unreachable";
    const seat = await ClientSeat.connect({
      files: this.#files,
      id: owner.socket,
      onChange: this.#options.onChange,
      onGone: () => {
        this.#lost();
      },
      onSilence: (isSilent) => void this.#silence(isSilent ? owner : null),
    });
    this.#closedTo = seat instanceof ClientSeat || seat === "silent" ? null : owner.token;
    return seat;
  }

  /** Whoever used the old seat asks again; what came between is not known. */
  #sit<S extends OwnerSeat | ClientSeat | ReaderSeat>(seat: S): S {
    const before = this.#seat;
    this.#seat = seat;
    this.#usedAt = performance.now();
    if (this.#mayTakeOver) this.#getReady();
    if (before) {
      void before.close().catch((error: unknown) => {
        this.#options.log("warn", "store", `Leaving the library: ${String(error)}`);
      });
      this.#options.onChange(null);
    }
    return seat;
  }

  /** Compiles SQLite before it is needed in a hurry. */
  #getReady(): void {
    if (this.#isReady || !(this.#seat instanceof ClientSeat)) return;
    this.#isReady = true;
    void noStore().then(({ database }) => {
      database.close();
    });
  }

  /** Who may take over does so at once; who listens finds the next owner. */
  #lost(): void {
    if (this.#isClosed) return;
    this.#lostAt = performance.now();
    if (!this.#mayTakeOver && this.#timer === undefined) return;
    this.toRead().catch((error: unknown) => {
      this.#options.log("warn", "store", `The library's owner has gone: ${String(error)}`);
    });
  }

  /** An owner that is stopped holds its lock for some seconds: who writes waits for that, who reads does not. */
  async #silence(owner: Owner | null): Promise<void> {
    this.#options.onSilence(owner && `${nameOf(owner)}, which does not answer`);
    if (!owner || !(this.#seat instanceof ClientSeat)) return;
    const seat = this.#seat;
    if (!this.#options.isWriting() || (await lookAtLock(this.#files)).mayBeFree) await seat.close();
  }

  async #look(): Promise<void> {
    if (this.#isWatching || this.#isClosed) return;
    this.#isWatching = true;
    try {
      await this.#serially(() => this.#improve());
    } catch (error) {
      // Another look in a second; what is asked meanwhile says itself what is wrong.
      this.#options.log("debug", "store", `looking at the library: ${String(error)}`);
    } finally {
      this.#isWatching = false;
    }
  }

  async #improve(): Promise<void> {
    const seat = this.#seat;
    if (this.#isClosed || seat === null) return;
    if (!seat.isUsable) {
      this.#lostAt = performance.now();
      this.#sit(await this.#findToRead());
    } else if (seat instanceof OwnerSeat) {
      await this.#leaveIfIdle(seat);
    } else if (seat instanceof ReaderSeat) {
      await this.#improveReader(seat);
    }
  }

  async #improveReader(seat: ReaderSeat): Promise<void> {
    const { owner, mayBeFree } = await lookAtLock(this.#files);
    const client = mayBeFree || owner?.token === this.#closedTo ? null : await this.#connect(owner);
    if (client instanceof ClientSeat) this.#sit(client);
    else if (await seat.refresh()) this.#options.onChange(null);
  }

  async #leaveIfIdle(seat: OwnerSeat): Promise<void> {
    if (seat.clients > 0 || this.#options.isWriting()) {
      this.#usedAt = performance.now();
    } else if (performance.now() - this.#usedAt > IDLE_MS) {
      this.#seat = await seat.stepDown();
    }
  }

  #pollMs(): number {
    return performance.now() - this.#lostAt < TAKEOVER_MS ? HASTY_POLL_MS : POLL_MS;
  }

  #serially<T>(act: () => T | Promise<T>): Promise<T> {
    const next = this.#last.then(act);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
