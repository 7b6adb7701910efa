/** API skeleton: bodies follow within minutes. */
export interface FoundFile {
  /** Absolute; symbolic links as they were met. */
  path: string;
  /** As given, joined with the rest when it was found in a given folder. */
  given: string;
  /** With every symbolic link resolved; equals `path` where that is not possible. */
  realPath: string;
}

export interface FindOptions {
  /** Globs, relative to the searched folder, that the search passes over. */
  exclude?: readonly string[];
  /** A folder that could not be read; the search goes on. */
  onUnreadable?: (folder: string, error: unknown) => void;
  signal?: AbortSignal;
}

export declare function findAudio(
  given: readonly string[],
  options?: FindOptions,
): AsyncGenerator<FoundFile>;
