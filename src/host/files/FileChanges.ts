/**
 * Files that came, changed or went on the disk, gathered until it is quiet there: a copy in progress is not looked at,
 * and a checkout of thousands is one change. Free of `vscode`.
 */
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { OnChange } from "../manifest";

/** A file is there, new or changed; something that may be a folder was made; a file or a folder has gone. */
export type Change = "there" | "made" | "gone";

/** On a network each waits. */
const LOOKS_AT_ONCE = 32;

export interface FileChangesOptions {
  /** What is to happen by itself for a file, by the settings of this moment. */
  onChangeOf: (path: string) => OnChange;
  /** Told of all that changed: files, and folders that came or went. */
  look: (paths: string[]) => void;
  /** Told of the files and folders that are to be analysed unasked. */
  analyze: (paths: string[]) => void;
  /** Nothing happens until so long after the last change … */
  quietMs?: number;
  /** … or so long after the first. */
  longestMs?: number;
}

export class FileChanges {
  readonly #options: Required<FileChangesOptions>;
  #changes = new Map<string, Change>();
  #first = 0;
  #timer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(options: FileChangesOptions) {
    this.#options = { quietMs: 2000, longestMs: 20_000, ...options };
  }

  /** Takes in a change: of several of one path, what was last said of a file. */
  add(path: string, change: Change): void {
    if (this.#changes.size === 0) this.#first = Date.now();
    if (change !== "made" || this.#changes.get(path) !== "there") this.#changes.set(path, change);
    clearTimeout(this.#timer);
    const { quietMs, longestMs } = this.#options;
    const left = this.#first + longestMs - Date.now();
    this.#timer = setTimeout(
      () => {
        this.#tell();
      },
      Math.max(0, Math.min(quietMs, left)),
    );
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  #tell(): void {
    const changes = [...this.#changes];
    this.#changes = new Map();
    const pathsOf = (wanted: Change): string[] =>
      changes.filter(([, change]) => change === wanted).map(([path]) => path);
    const [there, made, gone] = [pathsOf("there"), pathsOf("made"), pathsOf("gone")];
    if (made.length === 0) this.#report(there, gone);
    else
      void foldersAmong(made).then((folders) => {
        this.#report([...folders, ...there], gone);
      });
  }

  #report(there: string[], gone: string[]): void {
    // It may have taken a while to look which are folders.
    if (this.#isDisposed) return;
    const { look, analyze, onChangeOf } = this.#options;
    if (there.length + gone.length > 0) look([...there, ...gone]);
    const wanted = there.filter((path) => onChangeOf(path) === "analyze");
    if (wanted.length > 0) analyze(wanted);
  }
}

/** Without what is a file, or is gone again, or lies in another of them. */
async function foldersAmong(paths: readonly string[]): Promise<string[]> {
  const made = new Set(paths);
  const isBelow = (path: string): boolean => {
    const parent = dirname(path);
    return parent !== path && (made.has(parent) || isBelow(parent));
  };
  const highest = paths.filter((path) => !isBelow(path));
  const folders: string[] = [];
  for (let at = 0; at < highest.length; at += LOOKS_AT_ONCE) {
    const some = highest.slice(at, at + LOOKS_AT_ONCE);
    const areFolders = await Promise.all(some.map(isFolder));
    folders.push(...some.filter((_, i) => areFolders[i]));
  }
  return folders;
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
