/**
 * A small sliding window over a file for what lies apart from the audio: boxes and sample tables. It reads
 * aside of the reading in order, so that neither the chunk at hand nor the checksum suffer, and it never
 * holds more than its own size, whatever a table claims.
 */
import type { FileSource } from "../../FileSource";

const DEFAULT_BYTES = 16 * 1024;

export class ByteWindow {
  readonly #source: FileSource;
  readonly #windowBytes: number;
  #view = new DataView(new ArrayBuffer(0));
  #start = 0;

  constructor(source: FileSource, windowBytes = DEFAULT_BYTES) {
    this.#source = source;
    this.#windowBytes = windowBytes;
  }

  /** Whether these bytes can be taken now. */
  has(position: number, length: number): boolean {
    return position >= this.#start && position + length <= this.#start + this.#view.byteLength;
  }

  /** Makes these bytes (at most a window) ready to be taken; false when the file ends before. */
  async need(position: number, length: number): Promise<boolean> {
    if (this.has(position, length)) return true;
    const bytes = await this.#source.readAside(position, Math.max(length, this.#windowBytes));
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#start = position;
    return bytes.length >= length;
  }

  u8(position: number): number {
    return this.#view.getUint8(position - this.#start);
  }

  u16(position: number): number {
    return this.#view.getUint16(position - this.#start);
  }

  u32(position: number): number {
    return this.#view.getUint32(position - this.#start);
  }

  i32(position: number): number {
    return this.#view.getInt32(position - this.#start);
  }

  /** 64 bits as a number: exact up to 2^53, beyond any file. */
  u64(position: number): number {
    return this.u32(position) * 2 ** 32 + this.u32(position + 4);
  }

  /** Four characters. */
  type(position: number): string {
    const bytes = new Uint8Array(this.#view.buffer, this.#view.byteOffset + position - this.#start, 4);
    return String.fromCharCode(...bytes);
  }

  /** A copy of at most `length` bytes, at most a window; shorter at the end of the file. */
  async copy(position: number, length: number): Promise<Uint8Array> {
    const wanted = Math.min(length, this.#windowBytes);
    await this.need(position, wanted);
    const offset = position - this.#start;
    const bytes = new Uint8Array(this.#view.buffer, this.#view.byteOffset, this.#view.byteLength);
    return bytes.slice(offset, offset + wanted);
  }
}
