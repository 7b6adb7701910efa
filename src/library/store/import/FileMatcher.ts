/**
 * Finds here the files that an earlier database names: by the path below the mapped folder, then by name and size
 * together; never by the name alone. Files are looked at, not opened.
 */
import { stat } from "node:fs/promises";
import { basename, join, posix, resolve } from "node:path";
import type { FolderMapping, SkipReason } from "../../../shared/earlier";
import { isElsewhere } from "../../../shared/networkPath";
import { findAudio } from "../../files/findAudio";

/** A file as it is here. */
export interface MatchedFile {
  /** Absolute. */
  path: string;
  size: number;
  /** ms since 1970. */
  modified: number;
}

export type Match =
  | { kind: "file"; file: MatchedFile }
  | {
      kind: "none";
      reason: Extract<SkipReason, "noSuchFile" | "otherContent" | "ambiguous" | "unusablePath">;
    };

/** What is known of a file there; the size is null where it was not written down. */
export interface Sought {
  path: string;
  size: number | null;
}

const WINDOWS_PATH = /^[A-Za-z]:[\\/]|^\\\\/;

export class FileMatcher {
  readonly #mapping: FolderMapping | null;
  readonly #root: string;
  #bySize: Promise<ReadonlyMap<string, MatchedFile[]>> | undefined;

  /** Relative paths, and files to be found by name and size, lie below `root` where nothing is mapped. */
  constructor(mapping: FolderMapping | null, root: string) {
    this.#mapping = mapping;
    this.#root = root;
  }

  async find({ path, size }: Sought): Promise<Match> {
    const place = hasNul(path) ? null : this.#placeOf(path);
    if (place === null) return { kind: "none", reason: "unusablePath" };
    const file = await lookAt(place);
    if (file && (size === null || size === file.size)) return { kind: "file", file };
    const elsewhere = size === null ? [] : await this.#findBySize(posix.basename(withSlashes(path)), size);
    const [only] = elsewhere;
    if (elsewhere.length === 1 && only) return { kind: "file", file: only };
    if (elsewhere.length > 1) return { kind: "none", reason: "ambiguous" };
    return { kind: "none", reason: file ? "otherContent" : "noSuchFile" };
  }

  /** Null for a path that climbs out of where it should be, or leads to a machine that nobody has named here. */
  #placeOf(path: string): string | null {
    const clean = posix.normalize(withSlashes(path));
    if (this.#mapping) {
      const from = folderText(this.#mapping.from);
      if (clean.startsWith(`${from}/`)) return join(this.#mapping.to, clean.slice(from.length + 1));
    }
    if (posix.isAbsolute(clean) || WINDOWS_PATH.test(path))
      return isElsewhere(path, this.#root) ? null : resolve(path);
    return clean.startsWith("..") ? null : join(this.#mapping?.to ?? this.#root, clean);
  }

  async #findBySize(name: string, size: number): Promise<MatchedFile[]> {
    this.#bySize ??= indexFiles(this.#mapping?.to ?? this.#root);
    return (await this.#bySize).get(keyOf(name, size)) ?? [];
  }
}

/**
 * The mapping to offer: none where the files lie where the database says, else the folder that they have in
 * common there (the container's /music where it is that) becomes `root`.
 */
export async function suggestMapping(paths: readonly string[], root: string): Promise<FolderMapping | null> {
  const given = paths.filter((path) => posix.isAbsolute(path) && !hasNul(path) && !isElsewhere(path, root));
  const found = await Promise.all(given.slice(0, 20).map(lookAt));
  if (given.length === 0 || found.some((file) => file !== null)) return null;
  const common = commonFolder(given);
  const from = common === "/music" || common.startsWith("/music/") ? "/music" : common;
  return from === "/" ? null : { from, to: root };
}

function commonFolder(paths: readonly string[]): string {
  let common = posix.dirname(paths[0] ?? "/");
  for (const path of paths) {
    while (common !== "/" && !path.startsWith(`${common}/`)) common = posix.dirname(common);
  }
  return common;
}

/** Null for what is no file. */
async function lookAt(path: string): Promise<MatchedFile | null> {
  const stats = await stat(path).catch(() => null);
  return stats?.isFile() ? { path, size: stats.size, modified: stats.mtimeMs } : null;
}

async function indexFiles(folder: string): Promise<ReadonlyMap<string, MatchedFile[]>> {
  const index = new Map<string, MatchedFile[]>();
  for await (const path of findAudio([folder])) {
    const file = await lookAt(path);
    if (!file) continue;
    const key = keyOf(basename(path), file.size);
    index.set(key, [...(index.get(key) ?? []), file]);
  }
  return index;
}

/** File systems differ in how they spell an accent. */
function keyOf(name: string, size: number): string {
  return `${name.normalize("NFC")}/${size}`;
}

function withSlashes(path: string): string {
  return WINDOWS_PATH.test(path) ? path.replaceAll("\\", "/") : path;
}

/** Without a "/" at the end. */
function folderText(folder: string): string {
  return posix.normalize(withSlashes(folder)).replace(/\/+$/, "");
}

function hasNul(path: string): boolean {
  return path.includes("\0");
}
