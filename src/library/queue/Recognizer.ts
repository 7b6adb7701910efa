/**
 * Knows files again by their content: one that was renamed, moved or copied, or only has a new time of change, takes the
 * result that its content has. The content is looked at only where a result of a file of the same size may do.
 */
import { stat } from "node:fs/promises";
import type { Analysis, FileFacts } from "../../shared/analysis";
import { isOutdated } from "../../shared/freshness";
import type { Requested } from "../../shared/measurements";

/** Where results are found by content: a Store. */
export interface ContentKeeper {
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

  /** Results that will do for a file if it has their content. */
  async candidates(file: FileFacts | null): Promise<Analysis[]> {
    if (!file) return [];
    const found = await this.#store.ofSize(file.size);
    return found.filter((analysis) => !isOutdated(analysis, this.#requested));
  }

  /** Gives a file, hash known, the result of one of the candidates; null when there is none with its content any more. */
  async take(path: string, file: FileFacts, candidates: readonly Analysis[]): Promise<Analysis | null> {
    const twins = candidates.filter((each) => each.path !== path && each.file?.sha256 === file.sha256);
    const movedFrom = await firstGone(twins);
    const kept = await this.#store.recognize(path, file, movedFrom);
    return kept && { ...kept, state: "unchanged" };
  }
}

/** Where a file was that is not there any more, nor anything that could be it. */
async function firstGone(analyses: readonly Analysis[]): Promise<string | null> {
  for (const { path, file } of analyses) {
    try {
      const { size } = await stat(path);
      if (size !== file?.size) return path;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      if (code === "ENOENT" || code === "ENOTDIR") return path;
    }
  }
  return null;
}
