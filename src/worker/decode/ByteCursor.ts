/**
 * Walks through a file and always has the next bytes together in one array, for parsers whose frames do
 * not care about chunks. Its buffer grows only as far as the largest frame that a parser asks for.
 */
import type { FileSource } from "../FileSource";

export class ByteCursor {
  /** Position in the file of the first byte of {@link bytes}. */
  position: number;
  readonly #source: FileSource;
  #buffer = new Uint8Array(64 * 1024);
  #start = 0;
  #end = 0;
  #bytes = this.#buffer.subarray(0, 0);

  constructor(source: FileSource, position: number) {
    this.#source = source;
    this.position = position;
  }

  /** What is loaded from the present position on. Only valid until the next `need`. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Loads at least `count` bytes; false when the file ends before. */
  async need(count: number): Promise<boolean> {
    while (this.#end - this.#start < count) {
      const chunk = await this.#source.chunkAt(this.position + this.#end - this.#start);
      if (chunk.length === 0) return false;
      // Small bites keep what a decoder gets, and so its output, small.
      const wanted = Math.max(count - (this.#end - this.#start), READ_BYTES);
      this.#append(chunk.subarray(0, wanted));
    }
    return true;
  }

  /** Moves on by `count` bytes, which need not be loaded. */
  skip(count: number): void {
    this.position += count;
    const loaded = this.#end - this.#start;
    if (count < loaded) this.#start += count;
    else this.#start = this.#end = 0;
    this.#bytes = this.#buffer.subarray(this.#start, this.#end);
  }

  #append(chunk: Uint8Array): void {
    const loaded = this.#end - this.#start;
    if (this.#end + chunk.length > this.#buffer.length) {
      const target =
        loaded + chunk.length > this.#buffer.length
          ? new Uint8Array(2 * (loaded + chunk.length))
          : this.#buffer;
      target.set(this.#buffer.subarray(this.#start, this.#end));
      this.#buffer = target;
      this.#start = 0;
      this.#end = loaded;
    }
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
    this.#bytes = this.#buffer.subarray(this.#start, this.#end);
  }
}

const READ_BYTES = 32 * 1024;
