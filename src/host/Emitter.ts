/** An event that is heard as the editor's are, for parts that are free of `vscode`. */
import type { Disposable } from "../shared/DisposableStore";

export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Calls the listener at each event until what it gives back is disposed of. */
  readonly event = (listener: (value: T) => void): Disposable => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
