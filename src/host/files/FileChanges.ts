/**
 * Files that came, changed or went on the disk, gathered until it is quiet there: a copy in progress is not looked at,
 * and a checkout of thousands is one change. Free of `vscode`.
 */
import type { OnChange } from "../manifest";

export interface FileChangesOptions {
  /** What is to happen by itself for a file, by the settings of this moment. */
  onChangeOf: (path: string) => OnChange;
  /** Told of all that changed: files, and folders that went. */
  look: (paths: string[]) => void;
  /** Told of the files that are to be analysed unasked. */
  analyze: (paths: string[]) => void;
  /** Nothing happens until so long after the last change … */
  quietMs?: number;
  /** … or so long after the first. */
  longestMs?: number;
}

export class FileChanges {
  readonly #options: Required<FileChangesOptions>;
  /** Path → whether it is there. */
  #changes = new Map<string, boolean>();
  #first = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FileChangesOptions) {
    this.#options = { quietMs: 2000, longestMs: 20_000, ...options };
  }

  /** Takes in that a file is new or has changed (`isThere`), or that a file or folder has gone. */
  add(path: string, isThere: boolean): void {
    if (this.#changes.size === 0) this.#first = Date.now();
    this.#changes.set(path, isThere);
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
    clearTimeout(this.#timer);
  }

  #tell(): void {
    const { look, analyze, onChangeOf } = this.#options;
    const changes = [...this.#changes];
    this.#changes = new Map();
    look(changes.map(([path]) => path));
    const wanted = changes.filter(([path, isThere]) => isThere && onChangeOf(path) === "analyze");
    if (wanted.length > 0) analyze(wanted.map(([path]) => path));
  }
}
