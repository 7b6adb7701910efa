/**
 * Collects changes and hands them over together, so that a run over thousands of files redraws a tree a few
 * times a second and not a thousand times. When handling is slow it is done more seldom.
 */
const MIN_DELAY_MS = 250;
/** At most this share of the time goes into handling. */
const MAX_LOAD = 0.2;

export class Batch<T> {
  readonly #handle: (items: T[]) => Promise<void>;
  #items: T[] = [];
  #timer: NodeJS.Timeout | undefined;
  #delay = MIN_DELAY_MS;
  #isHandling = false;
  #isClosed = false;

  constructor(handle: (items: T[]) => Promise<void>) {
    this.#handle = handle;
  }

  add(item: T): void {
    this.#items.push(item);
    this.#schedule();
  }

  dispose(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#isClosed || this.#isHandling) return;
    this.#timer ??= setTimeout(() => void this.#flush(), this.#delay);
  }

  async #flush(): Promise<void> {
    const items = this.#items;
    this.#items = [];
    this.#timer = undefined;
    this.#isHandling = true;
    const start = performance.now();
    try {
      await this.#handle(items);
    } finally {
      this.#delay = Math.max(MIN_DELAY_MS, (performance.now() - start) / MAX_LOAD);
      this.#isHandling = false;
      if (this.#items.length > 0) this.#schedule();
    }
  }
}
