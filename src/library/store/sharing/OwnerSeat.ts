/**
 * The owner's seat: this process has the lock and the database in memory, writes it, and answers the other processes
 * of the user (OwnerServer). Where they can't be met it owns the database all the same.
 */
import { randomBytes } from "node:crypto";
import type { Analysis } from "../../../shared/analysis";
import type { StoreLocation } from "../../../shared/engineProtocol";
import type { AnalysisAnswer } from "../../../shared/job";
import type { OpenOptions } from "../DatabaseFile";
import type { ChangeListener, StoreChange } from "../storeChange";
import { StoreError } from "../StoreError";
import type { StoreMethod } from "../storeMethod";
import { damaged, isDamage, raiseDoubt } from "../damage";
import { STORE_METHODS, type AnswerOf, type MethodName, type ParamsOf } from "../storeMethods";
import { TrackStore } from "../TrackStore";
import { Claims } from "./Claims";
import { NoMeetingPlace } from "./meetingPlace";
import { OwnerServer, type Peer } from "./OwnerServer";
import { ReaderSeat, runMethod } from "./ReaderSeat";
import type { WriterSeat } from "./Seat";
import { OwnerGone, type WireName } from "./wire";

export interface OwnerSeatOptions extends Pick<OpenOptions, "user"> {
  location: StoreLocation;
  log: NonNullable<OpenOptions["log"]>;
  /** Hears what any process has changed. */
  onChange: ChangeListener;
}

/** What is taken before anybody is answered. */
interface Holding {
  store: TrackStore;
  release: () => Promise<void>;
}

export class OwnerSeat implements WriterSeat {
  readonly #options: OwnerSeatOptions;
  readonly #holding: Promise<Holding>;
  readonly #asked = new Set<Promise<unknown>>();
  readonly #claims = new Claims();
  /** What clients hold: what ends it, by client and number. */
  readonly #held = new Map<Peer, Map<number, () => void>>();
  #server: OwnerServer | null = null;
  #store: TrackStore | null = null;
  #isLeaving = false;

  private constructor(options: OwnerSeatOptions, id: string) {
    this.#options = options;
    this.#holding = this.#take(id);
  }

  /**
   * Takes the lock, and only then reads the database. Throws StoreError, "inUse" when another process has the lock.
   * Who finds our note can ask at once: the socket is there before the note is, and the answers wait for the reading.
   */
  static async take(options: OwnerSeatOptions): Promise<OwnerSeat> {
    const id = randomBytes(8).toString("hex");
    const seat = new OwnerSeat(options, id);
    await seat.#holding;
    return seat;
  }

  get isUsable(): boolean {
    return !this.#isLeaving && (this.#store?.isLockHeld ?? false);
  }

  /** Other processes that use this owner now. */
  get clients(): number {
    return this.#server?.clients ?? 0;
  }

  ask<M extends MethodName>(name: M, params: ParamsOf<M>): Promise<AnswerOf<M>> {
    return this.#run<AnswerOf<M>>(async (store) => {
      const answer: AnswerOf<M> = await runMethod(store, name, params);
      const { changed }: StoreMethod = STORE_METHODS[name];
      if (changed) this.#tellOf(store, changed(answer as never, params));
      return answer;
    });
  }

  put(answer: AnalysisAnswer, isRepeated: boolean): Promise<Analysis> {
    return this.#run((store) => this.#put(store, answer, isRepeated));
  }

  async claim(path: string, signal: AbortSignal): Promise<(() => void) | null> {
    await this.#holding;
    if (!this.isUsable) throw new OwnerGone("The owner leaves, or has lost the lock.");
    const { granted, release } = this.#claims.claim(path);
    signal.addEventListener("abort", release, { once: true });
    await granted.finally(() => {
      signal.removeEventListener("abort", release);
    });
    return signal.aborted ? null : release;
  }

  settle(): Promise<void> {
    return this.#run(settle);
  }

  /** Lets the lock go and everybody hang up, in this order: who asks next can own at once. */
  async close(): Promise<void> {
    (await this.#leave())?.close();
  }

  /** The same, but goes on reading. */
  async stepDown(): Promise<ReaderSeat | null> {
    const store = await this.#leave();
    return store && new ReaderSeat(store);
  }

  async #leave(): Promise<TrackStore | null> {
    if (this.#isLeaving) return null;
    this.#isLeaving = true;
    const { store, release } = await this.#holding;
    this.#claims.close();
    await Promise.all(this.#asked);
    try {
      await release();
    } finally {
      await this.#server?.close();
    }
    return store;
  }

  async #take(id: string): Promise<Holding> {
    const { location, user, log } = this.#options;
    this.#server = await this.#listen(id);
    try {
      const socket = this.#server ? id : undefined;
      const store = await TrackStore.open(location, { user, socket, log, isUnread: true });
      const release = await lockOrClose(store);
      this.#store = store;
      await this.#server?.removeDeadPlaces();
      return { store, release };
    } catch (error) {
      this.#isLeaving = true;
      await this.#server?.close();
      throw error;
    }
  }

  async #listen(id: string): Promise<OwnerServer | null> {
    const { location, log } = this.#options;
    try {
      return await OwnerServer.listen({
        database: location.database,
        id,
        log,
        answer: (peer, name, params) => this.#answer(peer, name, params),
        onLeave: (peer) => {
          for (const end of this.#held.get(peer)?.values() ?? []) end();
          this.#held.delete(peer);
        },
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const level = error instanceof NoMeetingPlace ? "warn" : "error";
      log(
        level,
        "store",
        `Other windows and the command line have to wait while this one writes: ${reason}.`,
      );
      return null;
    }
  }

  /** A client's question; its parameters are checked. */
  async #answer(peer: Peer, name: WireName, params: unknown[]): Promise<unknown> {
    switch (name) {
      case "expectView":
        return this.#run(async (store) => this.#hold(peer, params[0] as number, await store.expectView()));
      case "claim":
        return this.#claimFor(peer, params[0] as number, params[1] as string);
      case "giveUp":
        this.#giveUp(peer, params[0] as number);
        return null;
      case "keep": {
        const [hold, analysis, isRepeated] = params as [number, Analysis, boolean];
        const kept = this.put({ analysis, view: null }, isRepeated);
        return kept.finally(() => {
          this.#giveUp(peer, hold);
        });
      }
      case "ping":
        return null;
      case "settle":
        return this.settle().then(() => null);
      default:
        return this.ask(name, params as ParamsOf<typeof name>);
    }
  }

  async #claimFor(peer: Peer, hold: number, path: string): Promise<null> {
    await this.#holding;
    if (!this.isUsable) throw new OwnerGone("The owner leaves, or has lost the lock.");
    const { granted, release } = this.#claims.claim(path);
    this.#hold(peer, hold, release);
    await granted;
    return null;
  }

  #hold(peer: Peer, hold: number, end: () => void): null {
    const held = this.#held.get(peer) ?? new Map<number, () => void>();
    this.#held.set(peer, held);
    held.get(hold)?.();
    held.set(hold, end);
    return null;
  }

  #giveUp(peer: Peer, hold: number): void {
    const held = this.#held.get(peer);
    held?.get(hold)?.();
    held?.delete(hold);
  }

  async #put(store: TrackStore, answer: AnalysisAnswer, isRepeated: boolean): Promise<Analysis> {
    const { path, timing } = answer.analysis;
    const stored = isRepeated ? store.get(path) : null;
    if (stored && stored.timing.analyzedAt >= timing.analyzedAt) {
      // The owner before kept it, and counted the attempt, but could not say so any more.
      await settle(store);
      return { ...stored, segments: answer.analysis.segments };
    }
    const kept = await store.put(answer);
    this.#tellOf(store, [path]);
    return kept;
  }

  /** Runs what needs the lock; a lock that was lost is an owner that is gone, for whoever asked. */
  async #run<T>(act: (store: TrackStore) => Promise<T>): Promise<T> {
    const run = this.#holding.then(async ({ store }) => {
      if (!this.isUsable) throw new OwnerGone("The owner leaves, or has lost the lock.");
      return act(store);
    });
    const asked = run.catch(() => undefined).finally(() => this.#asked.delete(asked));
    this.#asked.add(asked);
    try {
      return await run;
    } catch (error) {
      const told = this.#judge(error);
      // Everybody looks for the next owner, this process too.
      if (!this.isUsable || told instanceof OwnerGone) void this.close().catch(() => undefined);
      throw told;
    }
  }

  /** Of a damaged database the next owner makes a new one, of what can be read, before it answers. */
  #judge(error: unknown): unknown {
    if (error instanceof StoreError && error.code === "lockLost") {
      return new OwnerGone(error.message, { cause: error });
    }
    if (!isDamage(error)) return error;
    const { database } = this.#options.location;
    return raiseDoubt(database) ? new OwnerGone(error.message, { cause: error }) : damaged(database, error);
  }

  #tellOf(store: TrackStore, paths: readonly string[] | null): void {
    const changes: StoreChange[] | null = paths && paths.map((path) => ({ path, track: store.getRow(path) }));
    if (changes?.length === 0) return;
    this.#options.onChange(changes);
    this.#server?.tell(changes);
  }
}

async function lockOrClose(store: TrackStore): Promise<() => Promise<void>> {
  try {
    return await store.lock({ limitMs: 0 });
  } catch (error) {
    store.close();
    throw error;
  }
}

/** The end of a hold of the lock beside the owner's own saves what waits and clears away old views. */
async function settle(store: TrackStore): Promise<void> {
  const release = await store.lock();
  await release();
}
