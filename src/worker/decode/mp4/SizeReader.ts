/** "stsz" or "stz2": the size of each sample of a track, or one size for all. */
import type { FileSource } from "../../FileSource";
import { ByteWindow } from "./ByteWindow";
import type { SampleTableBoxes } from "./movie";

export class SizeReader {
  /** Samples of the track. */
  readonly count: number;
  /** The table claims more than its box has room for. */
  readonly isCut: boolean;
  readonly #window: ByteWindow;
  readonly #start: number;
  readonly #entryBits: number;
  readonly #sameSize: number;

  private constructor(
    window: ByteWindow,
    layout: { start: number; entryBits: number; sameSize: number; count: number; isCut: boolean },
  ) {
    this.#window = window;
    this.#start = layout.start;
    this.#entryBits = layout.entryBits;
    this.#sameSize = layout.sameSize;
    this.count = layout.count;
    this.isCut = layout.isCut;
  }

  static async open(source: FileSource, { stsz, stz2 }: SampleTableBoxes): Promise<SizeReader | null> {
    const box = stsz ?? stz2;
    if (!box) return null;
    const window = new ByteWindow(source);
    if (!(await window.need(box.body, 12))) return null;
    const sameSize = stsz ? window.u32(box.body + 4) : 0;
    const entryBits = stsz ? 32 : window.u8(box.body + 7);
    if (![4, 8, 16, 32].includes(entryBits)) return null;
    const start = box.body + 12;
    const claimed = window.u32(box.body + 8);
    const room = Math.floor(((Math.min(box.end, source.size) - start) * 8) / entryBits);
    const count = sameSize > 0 ? claimed : Math.max(0, Math.min(claimed, room));
    return new SizeReader(window, { start, entryBits, sameSize, count, isCut: count < claimed });
  }

  /** Whether {@link at} can answer at once. */
  has(index: number): boolean {
    return this.#sameSize > 0 || this.#window.has(this.#place(index), Math.ceil(this.#entryBits / 8));
  }

  /** Bytes of a sample that {@link has} said is there. */
  at(index: number): number {
    if (this.#sameSize > 0) return this.#sameSize;
    const place = this.#place(index);
    if (this.#entryBits === 32) return this.#window.u32(place);
    if (this.#entryBits === 16) return this.#window.u16(place);
    const byte = this.#window.u8(place);
    if (this.#entryBits === 8) return byte;
    return index % 2 === 0 ? byte >> 4 : byte & 15;
  }

  /** The same for one that is not loaded yet; null when the file has become shorter. */
  async load(index: number): Promise<number | null> {
    const isThere = await this.#window.need(this.#place(index), Math.ceil(this.#entryBits / 8));
    return isThere ? this.at(index) : null;
  }

  #place(index: number): number {
    return this.#start + Math.floor((index * this.#entryBits) / 8);
  }
}
