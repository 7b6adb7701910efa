/** How often a dying engine is started again by itself, so that one that dies at each start does not loop. */
const MAX_RESTARTS = 3;
const WINDOW_MS = 120_000;

export class RestartLimit {
  #restarts: number[] = [];

  /** True when one more restart is allowed at `now` (ms); it is then counted. */
  take(now: number): boolean {
    this.#restarts = this.#restarts.filter((at) => now - at < WINDOW_MS);
    if (this.#restarts.length >= MAX_RESTARTS) return false;
    this.#restarts.push(now);
    return true;
  }

  /** Forgets the restarts: the user asked for another try. */
  reset(): void {
    this.#restarts = [];
  }
}
