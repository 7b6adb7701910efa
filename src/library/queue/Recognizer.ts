/**
 * Knows files again by their content: one that was renamed or moved, or only has a new time of change, takes the result
 * that its content has. The content is looked at only where a result of a file of the same size may do.
 */
import { stat } from "node:fs/promises";
import type { Analysis, FileFacts } from "../../shared/analysis";
import { isOutdated } from "../../shared/freshness";
import { isElsewhere } from "../../shared/networkPath";
import type { Requested } from "../../shared/measurements";

/** Where results are found by content: a Store. */
export interface ContentKeeper {
  readonly location: { root: string };
  ofSize(bytes: number): Promise<Analysis[]>;
  recognize(path: string, file: FileFacts, movedFrom: string | null): Promise<Analysis | null>;
}

export class Recognizer {
  readonly #store: ContentKeeper;
  readonly #requested: Requested;

  /** `requested`: what a result must have beside what all have. */
  constructor(store: ContentKeeper, requested: Requested) {
    this.#store = store;
    this.#requested = requested;
  }

  /**
   * Results that will do for a file if it has their content: its own, or those of files that are not where they were. A
   * copy is analysed like any other file: who asks for it expects an answer about it.
   */
  async candidates(path: string, file: FileFacts | null): Promise<Analysis[]> {
    if (!file) return [];
    const found = await this.#store.ofSize(file.size);
    const current = found.filter((analysis) => !isOutdated(analysis, this.#requested));
    const own = current.filter((analysis) => analysis.path === path);
    if (own.length > 0) return own;
    const areGone = await Promise.all(current.map((analysis) => this.#isGone(analysis)));
    return current.filter((_, index) => areGone[index]);
  }

  /** Gives a file, hash known, the result of one of the candidates; null when there is none with its content any more. */
  async take(path: string, file: FileFacts, candidates: readonly Analysis[]): Promise<Analysis | null> {
    const twin = candidates.find((each) => each.file?.sha256 === file.sha256);
    const movedFrom = twin && twin.path !== path ? twin.path : null;
    const kept = await this.#store.recognize(path, file, movedFrom);
    return kept && { ...kept, state: "unchanged" };
  }

  /** Whether a file is not there any more, nor anything that could be it. */
  async #isGone({ path, file }: Analysis): Promise<boolean> {
    if (isElsewhere(path, this.#store.location.root)) return false;
    try {
      const { size } = await stat(path);
      return size !== file?.size;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      return code === "ENOENT" || code === "ENOTDIR";
    }
  }
}
