/**
 * Turns many changes into few saves. Each change is acknowledged by the first save that began after it. Saves
 * are paced: after one that took a while the next waits three times as long, so that saving a large library
 * costs at most a quarter of the time; after a quiet spell a change is saved at once.
 */
const PAUSE_PER_SAVE = 3;

interface Waiter {
  resolve: () => void;
  reject: (error: unknown) => void;
}

export class DurableQueue {
  readonly #save: () => Promise<void>;
  #waiters: Waiter[] = [];
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> | undefined;
  #notBefore = 0;

  constructor(save: () => Promise<void>) {
    this.#save = save;
  }

  /** Says that something changed in memory; resolves when it is on disk, rejects when it could not be saved. */
  changed(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      this.#schedule();
    });
  }

  /** Saves what waits, now. Failures go to those who wait for the change. */
  async flush(): Promise<void> {
    while (this.#saving !== undefined || this.#waiters.length > 0) {
      await (this.#saving ?? this.#start());
    }
  }

  #schedule(): void {
    if (this.#saving !== undefined || this.#timer !== undefined) return;
    const wait = Math.max(0, this.#notBefore - performance.now());
    this.#timer = setTimeout(() => void this.#start(), wait);
  }

  #start(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saving = this.#run().finally(() => {
      this.#saving = undefined;
      if (this.#waiters.length > 0) this.#schedule();
    });
    return this.#saving;
  }

  async #run(): Promise<void> {
    const waiters = this.#waiters;
    this.#waiters = [];
    const started = performance.now();
    try {
      await this.#save();
      for (const waiter of waiters) waiter.resolve();
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error);
    }
    const ended = performance.now();
    this.#notBefore = ended + PAUSE_PER_SAVE * (ended - started);
  }
}
