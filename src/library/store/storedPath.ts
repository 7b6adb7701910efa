/**
 * How a path is written in the database: relative to the store's root with `/` for files below it (so that a
 * library can be moved or mounted elsewhere), absolute with `/` for all others.
 */
import { isAbsolute, posix, relative, resolve, sep } from "node:path";

export function toStoredPath(root: string, path: string): string {
  const below = relative(root, path);
  const isOutside = below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below);
  return (isOutside ? resolve(path) : below).split(sep).join("/");
}

export function fromStoredPath(root: string, stored: string): string {
  return resolve(root, stored);
}

/** The folder column: "" for files right in the root. */
export function storedFolder(stored: string): string {
  const folder = posix.dirname(stored);
  return folder === "." ? "" : folder;
}

export function isOutsideRoot(stored: string): boolean {
  return isAbsolute(stored);
}
