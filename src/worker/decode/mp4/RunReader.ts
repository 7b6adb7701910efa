/**
 * Reads the two tables of runs: "stts" (so many samples of this duration each) and "stsc" (from this chunk on so
 * many samples in each). They are only ever read forwards.
 */
import type { FileSource } from "../../FileSource";
import type { Box } from "./boxes";
import { ByteWindow } from "./ByteWindow";

export class RunReader {
  readonly #window: ByteWindow;
  readonly #start: number;
  readonly #entryBytes: number;
  readonly #count: number;
  #index = 0;
  #left = 0;
  #value = 0;

  private constructor(window: ByteWindow, start: number, entryBytes: number, count: number) {
    this.#window = window;
    this.#start = start;
    this.#entryBytes = entryBytes;
    this.#count = count;
  }

  static async open(source: FileSource, box: Box | undefined, entryBytes: number): Promise<RunReader | null> {
    if (!box) return null;
    const window = new ByteWindow(source);
    if (!(await window.need(box.body, 8))) return null;
    const room = Math.floor((Math.min(box.end, source.size) - box.body - 8) / entryBytes);
    return new RunReader(window, box.body + 8, entryBytes, Math.min(window.u32(box.body + 4), room));
  }

  /** The next sample's value, when no more need be read for it. */
  get nextReady(): number | null {
    if (this.#left === 0) return null;
    this.#left--;
    return this.#value;
  }

  /** The next sample's value; behind the last run, that of the last. */
  async next(): Promise<number> {
    await this.#advance();
    if (this.#left > 0) this.#left--;
    return this.#value;
  }

  /** Passes over `samples` and adds up their values. */
  async sum(samples: number): Promise<number> {
    let sum = 0;
    for (let rest = samples; rest > 0;) {
      await this.#advance();
      // Behind the last run all samples are like its own.
      const part = this.#left > 0 ? Math.min(rest, this.#left) : rest;
      this.#left = Math.max(0, this.#left - part);
      sum += part * this.#value;
      rest -= part;
    }
    return sum;
  }

  /** For runs that name their first member: the value of `member`, which only grows from call to call. */
  async valueFrom(member: number): Promise<number> {
    while (this.#index < this.#count) {
      const place = this.#start + this.#index * this.#entryBytes;
      if (!(await this.#window.need(place, 8)) || this.#window.u32(place) > member) break;
      this.#value = this.#window.u32(place + 4);
      this.#index++;
    }
    return this.#value;
  }

  async #advance(): Promise<void> {
    while (this.#left === 0 && this.#index < this.#count) {
      const place = this.#start + this.#index * this.#entryBytes;
      if (!(await this.#window.need(place, 8))) return;
      this.#left = this.#window.u32(place);
      this.#value = this.#window.u32(place + 4);
      this.#index++;
    }
  }
}
