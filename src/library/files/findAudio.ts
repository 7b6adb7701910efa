/**
 * Turns what was given, files and folders, into the audio files meant. Folders are searched in a stable order
 * for registered extensions; a file that is named is always taken, whatever its name, also when it is not
 * there: why it can't be analysed is said as its result.
 */
import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import picomatch from "picomatch";
import { hasAudioExtension } from "../../shared/audioFormats";

/** Folders that hold no music of the user's: packages, and our own data. */
const PASSED_OVER = new Set(["node_modules", ".playlista"]);

export interface FindOptions {
  /** Globs, relative to the searched folder, that the search passes over. */
  exclude?: readonly string[] | undefined;
  /** A folder from which the globs hold for given paths too, as if it had been searched. */
  excludeBelow?: string | undefined;
  /** A folder, or a file by its name, that could not be read; the search goes on. */
  onUnreadable?: ((path: string, error: unknown) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Absolute paths as they were met (symbolic links unresolved), each file once whatever it is called. A given
 * folder that can't be read is among them, so that it has a result. Throws the signal's reason.
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
    if (this.#isPassedOver(path)) return;
    const realPath = await realPathOf(path);
    if (await isFolder(path)) {
      if (!this.#isNew(realPath)) return;
      const entries = await this.#read(path);
      if (entries === null) yield path;
      else yield* this.#findAmong(entries, { path, realPath, below: "" });
    } else if (this.#isNew(realPath)) yield path;
  }

  /** Whether a search of the folder from which the globs hold would not have met this path. */
  #isPassedOver(path: string): boolean {
    const { excludeBelow } = this.#options;
    if (excludeBelow === undefined) return false;
    const names = relative(excludeBelow, path).split(sep);
    if (names[0] === "" || names[0] === ".." || isAbsolute(names.join(sep))) return false;
    return names.some(
      (name, i) =>
        name.startsWith(".") || PASSED_OVER.has(name) || this.#isExcluded(names.slice(0, i + 1).join("/")),
    );
  }

  async *#findBelow(folder: Folder): AsyncGenerator<string> {
    this.#options.signal?.throwIfAborted();
    // Links may lead back to a folder above; each is walked once.
    if (this.#isNew(folder.realPath)) yield* this.#findAmong((await this.#read(folder.path)) ?? [], folder);
  }

  async *#findAmong(entries: readonly Dirent[], folder: Folder): AsyncGenerator<string> {
    const unnameable = await findUnnameable(folder.path, entries);
    for (const entry of entries) {
      if (entry.name.startsWith(".") || PASSED_OVER.has(entry.name)) continue;
      if (this.#isExcluded(folder.below + entry.name)) continue;
      const path = join(folder.path, entry.name);
      const kind = await kindOf(entry, path);
      if (kind === null || (kind === "file" && !hasAudioExtension(entry.name))) continue;
      if (unnameable.has(entry.name)) {
        this.#options.onUnreadable?.(path, new Error("its name is not valid Unicode, rename it"));
        continue;
      }
      const realPath = entry.isSymbolicLink() ? await realPathOf(path) : join(folder.realPath, entry.name);
      if (kind === "folder")
        yield* this.#findBelow({ path, realPath, below: `${folder.below}${entry.name}/` });
      else if (this.#isNew(realPath)) yield path;
    }
  }

  /** Null for a folder that can't be read. */
  async #read(folder: string): Promise<Dirent[] | null> {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      this.#options.onUnreadable?.(folder, error);
      return null;
    }
  }

  #isNew(realPath: string): boolean {
    if (this.#seen.has(realPath)) return false;
    this.#seen.add(realPath);
    return true;
  }
}

/** Names, as they are shown, of which the file system has others: by these a file can't be opened. */
async function findUnnameable(folder: string, entries: readonly Dirent[]): Promise<ReadonlySet<string>> {
  const unnameable = new Set<string>();
  if (!entries.some(({ name }) => name.includes("\uFFFD"))) return unnameable;
  // A folder that has gone since it was read has no names to speak of.
  for (const bytes of await readdir(folder, { encoding: "buffer" }).catch(() => [])) {
    const name = bytes.toString();
    if (!Buffer.from(name).equals(bytes)) unnameable.add(name);
  }
  return unnameable;
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
