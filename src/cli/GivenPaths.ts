/**
 * Paths as the user gave them. The library works with absolute paths; what is printed is the argument as it
 * was typed, joined with the rest, never resolved, so that a script finds its own words again.
 */
import { isAbsolute, resolve, sep } from "node:path";

export class GivenPaths {
  readonly #givenByAbsolute = new Map<string, string>();

  constructor(given: readonly string[]) {
    for (const path of given) {
      const absolute = resolve(path);
      // The first spelling of a path wins.
      if (!this.#givenByAbsolute.has(absolute)) this.#givenByAbsolute.set(absolute, path);
    }
  }

  /** The arguments made absolute, each once, in the order given. */
  get absolute(): string[] {
    return [...this.#givenByAbsolute.keys()];
  }

  /** The words for an absolute path: those of the nearest argument above it. */
  toGiven(absolute: string): string {
    for (let end = absolute.length; end > 0; end = absolute.lastIndexOf(sep, end - 1)) {
      const ancestor = absolute.slice(0, end);
      const given = this.#givenByAbsolute.get(ancestor);
      if (given !== undefined) return join(given, absolute.slice(end));
    }
    const top = this.#givenByAbsolute.get(sep);
    return top !== undefined && isAbsolute(absolute) ? join(top, absolute) : absolute;
  }
}

/** `rest` is empty or starts with a separator. */
function join(given: string, rest: string): string {
  if (rest === "") return given;
  return given.replace(/[\\/]+$/, "") + rest;
}
