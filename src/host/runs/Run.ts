/**
 * One run as the user sees it: what was asked together, or joined while it was going, possibly over several
 * stores. Adds up what the engine says of each part. Free of `vscode`.
 */
import type { AnalyzeParams, RunProgress, RunSummary } from "../../shared/engineProtocol";
import { addSummaries } from "./addSummaries";
import { isWithin } from "./isWithin";

export interface RunTotals {
  /** False while folders are still being searched. */
  counted: boolean;
  total: number;
  done: number;
  failed: number;
  /** Absolute paths of the files being analysed now. */
  active: string[];
  /** Who holds a database that the whole run waits for, or null. */
  waitingFor: string | null;
  /** Nothing new begins until it is resumed. */
  isPaused: boolean;
}

interface Part {
  params: AnalyzeParams;
  progress: RunProgress | null;
  summary: RunSummary | null;
  problem: string | null;
  isOver: boolean;
}

/** An estimate needs this many files behind it. */
const MIN_DONE_FOR_ESTIMATE = 5;
/** The estimate follows the pace of the last while: files that were unchanged go by at once and say nothing. */
const PACE_WINDOW_MS = 30_000;

export class Run {
  readonly #parts = new Map<string, Part>();
  #paces: { at: number; done: number }[] = [];
  isCancelling = false;

  add(params: AnalyzeParams): void {
    this.#parts.set(params.runId, { params, progress: null, summary: null, problem: null, isOver: false });
  }

  /** Takes in what the engine says at `now` (ms); false when the part is not of this run. */
  progress(progress: RunProgress, now: number): boolean {
    const part = this.#parts.get(progress.runId);
    if (!part) return false;
    part.progress = progress;
    this.#paces.push({ at: now, done: this.totals().done });
    this.#paces = this.#paces.filter(({ at }) => now - at <= PACE_WINDOW_MS);
    return true;
  }

  /** Ends a part; without a summary it was interrupted. */
  finish(runId: string, summary: RunSummary | null): void {
    const part = this.#parts.get(runId);
    if (!part) return;
    part.summary = summary;
    part.isOver = true;
  }

  /** Ends a part with what went wrong with it (not with a file). */
  fail(runId: string, problem: string): void {
    const part = this.#parts.get(runId);
    if (!part) return;
    part.problem = problem;
    part.isOver = true;
  }

  /** What went wrong with its parts, each once, or null. */
  get problem(): string | null {
    const problems = [...this.#parts.values()].map((part) => part.problem).filter((text) => text !== null);
    return problems.length > 0 ? [...new Set(problems)].join(" ") : null;
  }

  /** Nobody asked for any of it. */
  get isUnasked(): boolean {
    return [...this.#parts.values()].every((part) => part.params.isUnasked === true);
  }

  get isOver(): boolean {
    return [...this.#parts.values()].every((part) => part.isOver);
  }

  /** Ids of the parts that are not over. */
  get openRunIds(): string[] {
    return [...this.#parts].filter(([, part]) => !part.isOver).map(([runId]) => runId);
  }

  /** What was asked for by parts that were interrupted or have not ended. */
  get unfinished(): AnalyzeParams[] {
    return [...this.#parts.values()]
      .filter((part) => part.summary === null && part.problem === null)
      .map((part) => part.params);
  }

  totals(): RunTotals {
    const parts = [...this.#parts.values()];
    const open = parts.filter((part) => !part.isOver);
    // A part that has not begun says nothing yet.
    const begun = open.filter((part) => part.progress !== null);
    const waiting = begun.map((part) => part.progress?.waitingFor ?? null);
    return {
      counted: (begun.length > 0 || open.length === 0) && begun.every((part) => part.progress?.counted),
      total: sum(parts, (part) => part.summary?.asked ?? part.progress?.total ?? 0),
      done: sum(parts, (part) => part.summary?.asked ?? part.progress?.done ?? 0),
      failed: sum(parts, (part) => part.summary?.failed ?? part.progress?.failed ?? 0),
      active: open.flatMap((part) => part.progress?.active ?? []),
      waitingFor: waiting.includes(null) ? null : (waiting[0] ?? null),
      isPaused: begun.length > 0 && begun.every((part) => part.progress?.isPaused),
    };
  }

  /** Over all parts; interrupted ones count with nothing, since what they had done is not known for sure. */
  sums(): RunSummary {
    return addSummaries([...this.#parts.values()].flatMap((part) => part.summary ?? []));
  }

  /** Seconds left at the pace of the last half minute, or null while that cannot be said. */
  secondsLeft(): number | null {
    const { counted, total, done } = this.totals();
    const first = this.#paces[0];
    const last = this.#paces.at(-1);
    if (!counted || done < MIN_DONE_FOR_ESTIMATE || !first || !last) return null;
    const finished = last.done - first.done;
    if (finished <= 0) return null;
    return ((last.at - first.at) / finished / 1000) * (total - done);
  }

  /** Whether an open part will look at this file, and whether it analyses it even if it is unchanged. */
  asks(path: string): { force: boolean } | null {
    const asking = [...this.#parts.values()].filter(
      (part) => !part.isOver && part.params.paths.some((asked) => isWithin(path, asked)),
    );
    return asking.length > 0 ? { force: asking.some((part) => part.params.force) } : null;
  }
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
