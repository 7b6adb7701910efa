/** Files that are under way, so that two runs that ask for the same file at once have it analysed once. */
import type { Analysis } from "../../shared/analysis";

/** Says what came of a file that was taken; null: nothing new. */
export type Settle = (analysis: Analysis | null) => void;

export class InFlight {
  readonly #files = new Map<string, Promise<Analysis | null>>();

  /** The coming result of a file that another run has taken (null: nothing new came of it). */
  get(path: string): Promise<Analysis | null> | undefined {
    return this.#files.get(path);
  }

  /** Takes a file; the function given back must be called with what came of it. */
  begin(path: string): Settle {
    const { promise, resolve } = withResolver<Analysis | null>();
    this.#files.set(path, promise);
    return (analysis) => {
      this.#files.delete(path);
      resolve(analysis);
    };
  }
}

function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((take) => {
    resolve = take;
  });
  return { promise, resolve };
}
