/** Passes on the newest of many progress reports, about ten a second: no one reads faster. */
import type { RunProgress } from "../shared/engineProtocol";

const INTERVAL_MS = 100;

export class ProgressThrottle {
  readonly #send: (progress: RunProgress) => void;
  #waiting: RunProgress | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (progress: RunProgress) => void) {
    this.#send = send;
  }

  report(progress: RunProgress): void {
    this.#waiting = progress;
    if (this.#timer === undefined) this.flush();
  }

  /** Sends what waits, now: before the run's answer, so that nothing comes after it. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#waiting) return;
    this.#send(this.#waiting);
    this.#waiting = null;
    this.#timer = setTimeout(() => {
      this.flush();
    }, INTERVAL_MS);
    this.#timer.unref();
  }
}
