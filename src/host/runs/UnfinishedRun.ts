/** What is asked for and not yet done, kept in the workspace's state over the end of the window. Free of `vscode`. */
import type { AnalyzeParams } from "../../shared/engineProtocol";

/** As much of a Memento as is used. */
export interface State {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

const KEY = "playlista.unfinishedRun";

export class UnfinishedRun {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  /** What was written last; what is not of its shape (another version's) is left out. */
  read(): AnalyzeParams[] {
    const stored = this.#state.get(KEY);
    return Array.isArray(stored) ? stored.filter(isAnalyzeParams) : [];
  }

  write(unfinished: readonly AnalyzeParams[]): void {
    void this.#state.update(KEY, unfinished.length > 0 ? unfinished : undefined);
  }
}

function isAnalyzeParams(value: unknown): value is AnalyzeParams {
  if (!isRecord(value)) return false;
  const { store, paths, force, askedAt } = value;
  if (!isRecord(store) || !Array.isArray(paths) || typeof force !== "boolean") return false;
  return [askedAt, store["database"], store["root"], ...(paths as unknown[])].every(
    (text) => typeof text === "string",
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
