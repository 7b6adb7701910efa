/**
 * Turns what was given, files and folders, into the audio files meant. Folders are searched in a stable order
 * for registered extensions; a file that is named is always taken, whatever its name, also when it is not
 * there: why it can't be analysed is said as its result.
 */
import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import picomatch from "picomatch";
import { hasAudioExtension } from "../../shared/audioFormats";

/** Folders that hold no music of the user's: packages, and our own data. */
const PASSED_OVER = new Set(["node_modules", ".playlista"]);

export interface FindOptions {
  /** Globs, relative to the searched folder, that the search passes over. */
  exclude?: readonly string[] | undefined;
  /** A folder that could not be read; the search goes on. */
  onUnreadable?: ((folder: string, error: unknown) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Absolute paths as they were met (symbolic links unresolved), each file once whatever it is called. Throws
 * the signal's reason.
 */
export async function* findAudio(
  given: readonly string[],
  options: FindOptions = {},
): AsyncGenerator<string> {
  const search = new Search(options);
  for (const path of given) yield* search.findAt(resolve(path));
}

interface Folder {
  path: string;
  realPath: string;
  /** Relative to the given folder, with "/" and a "/" at its end; "" for that folder itself. */
  below: string;
}

class Search {
  readonly #options: FindOptions;
  readonly #isExcluded: (path: string) => boolean;
  readonly #seen = new Set<string>();

  constructor(options: FindOptions) {
    this.#options = options;
    this.#isExcluded = picomatch([...(options.exclude ?? [])], { dot: true });
  }

  async *findAt(path: string): AsyncGenerator<string> {
    this.#options.signal?.throwIfAborted();
    const realPath = await realPathOf(path);
    if (await isFolder(path)) yield* this.#findBelow({ path, realPath, below: "" });
    else if (this.#isNew(realPath)) yield path;
  }

  async *#findBelow(folder: Folder): AsyncGenerator<string> {
    this.#options.signal?.throwIfAborted();
    // Links may lead back to a folder above; each is walked once.
    if (!this.#isNew(folder.realPath)) return;
    for (const entry of await this.#read(folder.path)) {
      if (entry.name.startsWith(".") || PASSED_OVER.has(entry.name)) continue;
      if (this.#isExcluded(folder.below + entry.name)) continue;
      const path = join(folder.path, entry.name);
      const kind = await kindOf(entry, path);
      if (kind === null || (kind === "file" && !hasAudioExtension(entry.name))) continue;
      const realPath = entry.isSymbolicLink() ? await realPathOf(path) : join(folder.realPath, entry.name);
      if (kind === "folder")
        yield* this.#findBelow({ path, realPath, below: `${folder.below}${entry.name}/` });
      else if (this.#isNew(realPath)) yield path;
    }
  }

  async #read(folder: string): Promise<Dirent[]> {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      this.#options.onUnreadable?.(folder, error);
      return [];
    }
  }

  #isNew(realPath: string): boolean {
    if (this.#seen.has(realPath)) return false;
    this.#seen.add(realPath);
    return true;
  }
}

/** Null for what is neither (sockets, pipes, links into nothing). */
async function kindOf(entry: Dirent, path: string): Promise<"file" | "folder" | null> {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "folder";
  // A link to follow, or a file system that does not say.
  if (!entry.isSymbolicLink() && isKnown(entry)) return null;
  try {
    const target = await stat(path);
    if (target.isDirectory()) return "folder";
    return target.isFile() ? "file" : null;
  } catch {
    return null;
  }
}

function isKnown(entry: Dirent): boolean {
  return entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice();
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}
