/** Counts a run, so that every branch ends in the same summary and no file is lost on the way. */
import type { Analysis } from "../../shared/analysis";
import type { FailedFile, RunSummary } from "../../shared/engineProtocol";

export class RunTally {
  readonly #asked: number;
  readonly #started = performance.now();
  #firstFailure: FailedFile | null = null;
  #failed = 0;
  #succeeded = 0;
  #unchanged = 0;
  #cancelled = 0;

  constructor(asked: number) {
    this.#asked = asked;
  }

  add(analysis: Analysis): void {
    if (analysis.state === "analyzed") this.#succeeded++;
    else if (analysis.state === "unchanged") this.#unchanged++;
    else if (analysis.state === "cancelled") this.#cancelled++;
    else this.#addFailure(analysis);
  }

  addCancelled(files: number): void {
    this.#cancelled += files;
  }

  /** Throws when the sums do not add up: a file was lost or done twice. */
  summary(workers: number, fellBack: boolean): RunSummary {
    const counted = this.#succeeded + this.#failed + this.#unchanged + this.#cancelled;
    if (counted !== this.#asked) throw new Error(`asked for ${this.#asked} files, counted ${counted}`);
    return {
      asked: this.#asked,
      succeeded: this.#succeeded,
      failed: this.#failed,
      unchanged: this.#unchanged,
      cancelled: this.#cancelled,
      totalMs: performance.now() - this.#started,
      workers,
      firstFailure: this.#firstFailure,
      fellBack,
    };
  }

  #addFailure({ path, error }: Analysis): void {
    if (!error) throw new Error(`a failed result without an error: ${path}`);
    this.#failed++;
    this.#firstFailure ??= { path, code: error.code, message: error.message };
  }
}
