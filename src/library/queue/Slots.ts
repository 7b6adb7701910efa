/**
 * How many files are analysed at once, over all runs of one executor: as many as the widest of them may, so that
 * a small run does not wait for a large one to end. First come, first served; a caller may ask to be alone, and
 * nobody who came later passes it by.
 */
interface Waiting {
  isAlone: boolean;
  start: () => void;
}

export class Slots {
  readonly #open = new Set<{ width: number }>();
  #active = 0;
  #hasAlone = false;
  #waiting: Waiting[] = [];

  /** Says that a run begins which may analyse `width` files at once; the function given back ends it. */
  open(width: number): () => void {
    const run = { width };
    this.#open.add(run);
    return () => {
      this.#open.delete(run);
    };
  }

  /** Resolves to the release when there is room, or to null when the signal comes first. */
  acquire(signal: AbortSignal): Promise<(() => void) | null> {
    return this.#enter(false, signal);
  }

  /** The same, with nobody else running until the release. */
  acquireAlone(signal: AbortSignal): Promise<(() => void) | null> {
    return this.#enter(true, signal);
  }

  #enter(isAlone: boolean, signal: AbortSignal): Promise<(() => void) | null> {
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
        isAlone,
        start: () => {
          signal.removeEventListener("abort", onAbort);
          resolve(this.#occupy(isAlone));
        },
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiting.push(waiting);
      this.#startNext();
    });
  }

  #occupy(isAlone: boolean): () => void {
    this.#active++;
    this.#hasAlone = isAlone;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#active--;
      this.#hasAlone = false;
      this.#startNext();
    };
  }

  #startNext(): void {
    for (let next = this.#waiting[0]; next && this.#hasRoom(next); next = this.#waiting[0]) {
      this.#waiting.shift();
      next.start();
    }
  }

  #hasRoom({ isAlone }: Waiting): boolean {
    if (this.#hasAlone) return false;
    return this.#active < (isAlone ? 1 : Math.max(1, ...[...this.#open].map(({ width }) => width)));
  }
}
