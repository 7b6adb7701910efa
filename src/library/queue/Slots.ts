/**
 * How many files are analysed at once, over all runs of one executor: as many as the widest of them may, so that
 * a small run does not wait for a large one to end, and as fit into the memory that is free. The latest run goes
 * first: it is what the user clicked last. Within a run it is first come, first served; a caller may ask to be
 * alone, and nobody who came later passes it by.
 */
import { availableMemory } from "./memory";

/** How often memory is looked at again while a file waits for it and none ends. */
const LOOK_AGAIN_MS = 1000;
/** Left to everybody else. */
const RESERVE_BYTES = 256 * 1024 * 1024;

export interface SlotsOptions {
  /** Bytes that could be taken now. */
  available?: () => number;
  /** Told when a file has to wait for memory, once until none has to. */
  onLowMemory?: (running: number) => void;
}

export interface Wish {
  /** What it is expected to take. */
  bytes?: number;
  /** The higher goes first. */
  rank?: number;
}

interface Waiting extends Required<Wish> {
  isAlone: boolean;
  start: () => void;
}

export class Slots {
  readonly #available: () => number;
  readonly #onLowMemory: (running: number) => void;
  readonly #open = new Set<{ width: number }>();
  #active = 0;
  /** What all that run are expected to take. */
  #bytes = 0;
  #hasAlone = false;
  #isLow = false;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor({ available = availableMemory, onLowMemory = () => undefined }: SlotsOptions = {}) {
    this.#available = available;
    this.#onLowMemory = onLowMemory;
  }

  /** Says that a run begins which may analyse `width` files at once; the function given back ends it. */
  open(width: number): () => void {
    const run = { width };
    this.#open.add(run);
    return () => {
      this.#open.delete(run);
    };
  }

  /**
   * Resolves to the release when there is room for one more, or to null when the signal comes first. One runs
   * always, however little memory there is.
   */
  acquire(signal: AbortSignal, { bytes = 0, rank = 0 }: Wish = {}): Promise<(() => void) | null> {
    return this.#enter({ isAlone: false, bytes, rank }, signal);
  }

  /** The same, with nobody else running until the release. */
  acquireAlone(signal: AbortSignal): Promise<(() => void) | null> {
    return this.#enter({ isAlone: true, bytes: 0, rank: 0 }, signal);
  }

  #enter(asked: Omit<Waiting, "start">, signal: AbortSignal): Promise<(() => void) | null> {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve(null);
        return;
      }
      const onAbort = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        resolve(null);
        this.#startNext();
      };
      const waiting: Waiting = {
        ...asked,
        start: () => {
          signal.removeEventListener("abort", onAbort);
          resolve(this.#occupy(asked));
        },
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#lineUp(waiting);
      this.#startNext();
    });
  }

  /** Behind all of its rank and above, and behind whoever asked to be alone. */
  #lineUp(waiting: Waiting): void {
    const staysBefore = (other: Waiting | undefined): boolean =>
      other === undefined || other.isAlone || waiting.isAlone || other.rank >= waiting.rank;
    let at = this.#waiting.length;
    while (!staysBefore(this.#waiting[at - 1])) at--;
    this.#waiting.splice(at, 0, waiting);
  }

  #occupy({ isAlone, bytes }: Omit<Waiting, "start">): () => void {
    this.#active++;
    this.#bytes += bytes;
    this.#hasAlone = isAlone;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#active--;
      this.#bytes -= bytes;
      this.#hasAlone = false;
      this.#startNext();
    };
  }

  #startNext(): void {
    clearTimeout(this.#timer);
    for (let next = this.#waiting[0]; next && this.#hasRoom(next); next = this.#waiting[0]) {
      if (!this.#hasMemory(next)) {
        this.#waitForMemory();
        return;
      }
      this.#isLow = false;
      this.#waiting.shift();
      next.start();
    }
  }

  #hasRoom({ isAlone }: Waiting): boolean {
    if (this.#hasAlone) return false;
    return this.#active < (isAlone ? 1 : Math.max(1, ...[...this.#open].map(({ width }) => width)));
  }

  /** Those that run may not have taken yet what they will take: all of it is kept for them. */
  #hasMemory({ bytes }: Waiting): boolean {
    if (this.#active === 0 || bytes === 0) return true;
    return this.#available() >= RESERVE_BYTES + this.#bytes + bytes;
  }

  #waitForMemory(): void {
    if (!this.#isLow) this.#onLowMemory(this.#active);
    this.#isLow = true;
    // Somebody else may give some back.
    this.#timer = setTimeout(() => {
      this.#startNext();
    }, LOOK_AGAIN_MS);
    this.#timer.unref();
  }
}
