/** The journal as its one writer has it: an open file that grows by whole batches of records. */
import type { Stats } from "node:fs";
import type { DiskFile } from "./disk";
import {
  encodeHeader,
  encodeRecord,
  HEADER_BYTES,
  newHeader,
  type Generation,
  type RecordFormat,
} from "./journalFormat";
import { readStamp } from "./loadDatabase";
import { replaceFile } from "./replaceFile";
import type { StoreFiles } from "./StoreFiles";

export class Journal {
  readonly #path: string;
  readonly #file: DiskFile;
  readonly #format: RecordFormat;
  readonly #ino: number;
  /** Bytes up to the end of the last record that is known to be on disk. */
  #end: number;
  /** Number of that record. */
  #last: number;
  /** There may be bytes behind the end: a write failed. */
  #isUncertain = false;

  private constructor(
    path: string,
    file: DiskFile,
    { format, stats, end, last }: { format: RecordFormat; stats: Stats; end: number; last: number },
  ) {
    this.#path = path;
    this.#file = file;
    this.#format = format;
    this.#ino = stats.ino;
    this.#end = end;
    this.#last = last;
  }

  /** Starts an empty one in the place of what is there. */
  static async create({ journal, disk }: StoreFiles, generation: Generation): Promise<Journal> {
    const header = newHeader(generation);
    await replaceFile(journal, encodeHeader(header), { disk });
    return Journal.#open(journal, await disk.openToAppend(journal), {
      format: header,
      end: HEADER_BYTES,
      last: 0,
    });
  }

  /** Goes on with the one that is there, behind its last whole record. */
  static async resume(
    { journal, disk }: StoreFiles,
    at: { format: RecordFormat; end: number; last: number },
  ): Promise<Journal> {
    const resumed = await Journal.#open(journal, await disk.openToAppend(journal), at);
    resumed.#isUncertain = true;
    return resumed;
  }

  static async #open(
    path: string,
    file: DiskFile,
    at: { format: RecordFormat; end: number; last: number },
  ): Promise<Journal> {
    try {
      return new Journal(path, file, { ...at, stats: await file.stat() });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get format(): RecordFormat["format"] {
    return this.#format.format;
  }

  get size(): number {
    return this.#end;
  }

  get last(): number {
    return this.#last;
  }

  get isEmpty(): boolean {
    return this.#last === 0;
  }

  /** Whether the file is still the one that was opened, as long as it was left. */
  async isInPlace(): Promise<boolean> {
    const stamp = await readStamp(this.#path);
    return (
      stamp?.ino === this.#ino && (this.#isUncertain ? stamp.size >= this.#end : stamp.size === this.#end)
    );
  }

  /** Resolves when the records are on disk; where that fails none of them counts. */
  async append(payloads: readonly Buffer[]): Promise<void> {
    if (this.#isUncertain) await this.#cut();
    const records = payloads.map((payload, i) => encodeRecord(this.#format, this.#last + 1 + i, payload));
    const bytes = Buffer.concat(records);
    this.#isUncertain = true;
    try {
      await this.#file.append(bytes);
      await this.#file.sync();
    } catch (error) {
      // A full disk still lets a file be made shorter. If not, the next attempt does it, or the next reader.
      await this.#cut().catch(() => undefined);
      throw error;
    }
    this.#isUncertain = false;
    this.#end += bytes.length;
    this.#last += payloads.length;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #cut(): Promise<void> {
    await this.#file.truncate(this.#end);
    await this.#file.sync();
    this.#isUncertain = false;
  }
}
