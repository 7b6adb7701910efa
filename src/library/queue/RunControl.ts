/**
 * A run's brake: pauses it, lets it go on, and takes single files out. What is under way when a run is paused goes
 * on to its end; nothing new begins.
 */
import { abortWith, type LinkedAbort } from "./abortWith";
import { unlessAborted } from "./unlessAborted";

export class RunControl {
  readonly #running = new Map<string, AbortController>();
  readonly #unwanted = new Set<string>();
  readonly #onChange: () => void;
  #going: { promise: Promise<void>; resolve: () => void } | null = null;

  /** `onChange` is told when the run was paused or goes on. */
  constructor(onChange: () => void = () => undefined) {
    this.#onChange = onChange;
  }

  get isPaused(): boolean {
    return this.#going !== null;
  }

  pause(): void {
    if (this.#going) return;
    let resolve = (): void => undefined;
    const promise = new Promise<void>((go) => {
      resolve = go;
    });
    this.#going = { promise, resolve };
    this.#onChange();
  }

  resume(): void {
    const going = this.#going;
    if (!going) return;
    this.#going = null;
    going.resolve();
    this.#onChange();
  }

  /** Cancels one file (absolute path), at once when it is being analysed, otherwise before its turn comes. */
  cancelFile(path: string): void {
    this.#unwanted.add(path);
    this.#running.get(path)?.abort();
  }

  /** Resolves to true when a file may begin, or to false when the signal comes first. */
  async mayBegin(signal: AbortSignal): Promise<boolean> {
    while (this.#going && !signal.aborted) await unlessAborted(this.#going.promise, signal);
    return !signal.aborted;
  }

  /** A file's own signal for its turn, which ends with the run's; aborted from the start for one that was cancelled. */
  begin(path: string, signal: AbortSignal): LinkedAbort {
    const { controller, unlink } = abortWith(signal);
    this.#running.set(path, controller);
    if (this.#unwanted.has(path)) controller.abort();
    return {
      controller,
      unlink: () => {
        this.#running.delete(path);
        unlink();
      },
    };
  }
}
