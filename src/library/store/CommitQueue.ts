/**
 * Turns many changes into few writes: what comes while one is under way waits for the next and shares it. What
 * could not be written is told to who waits for it, and stays first in line, since memory has it.
 */
interface Waiter {
  resolve: () => void;
  reject: (error: unknown) => void;
}

export interface Change {
  payload: Buffer;
  /** Absent once a failure was told. */
  waiter?: Waiter | undefined;
}

export class CommitQueue {
  readonly #write: (changes: Change[]) => Promise<void>;
  #waiting: Change[] = [];
  #isScheduled = false;
  #running: Promise<unknown> = Promise.resolve();

  /** `write` may add to the list what it covers as well. */
  constructor(write: (changes: Change[]) => Promise<void>) {
    this.#write = write;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Resolves when the change is on disk, rejects when it could not be written. */
  add(payload: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ payload, waiter: { resolve, reject } });
      if (this.#isScheduled) return;
      this.#isScheduled = true;
      void this.commit();
    });
  }

  /** All that waits; the caller answers for it. */
  take(): Change[] {
    return this.#waiting.splice(0);
  }

  /** Writes what waits, if `write` has anything to do. Failures go to those who wait for the change. */
  commit(): Promise<void> {
    return this.alone(async () => {
      this.#isScheduled = false;
      const changes = this.take();
      try {
        await this.#write(changes);
        for (const { waiter } of changes) waiter?.resolve();
      } catch (error) {
        for (const { waiter } of changes) waiter?.reject(error);
        this.#waiting.unshift(...changes.map(({ payload }) => ({ payload })));
      }
    });
  }

  /** Runs something while nothing is written. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#running.then(work);
    this.#running = run.catch(() => undefined);
    return run;
  }
}
