/** What the compiled codecs have in common: a quiet start, and one buffer in their memory for what they read. */

/** A worker's console is the user's terminal: what codecs say of a damaged file is not for it. */
export const QUIET: CodecOptions = { print: () => undefined, printErr: () => undefined };

/** A buffer in a codec's memory that grows with what is put into it. */
export class CodecInput {
  readonly #codec: CompiledCodec;
  #pointer = 0;
  #capacity = 0;

  constructor(codec: CompiledCodec) {
    this.#codec = codec;
  }

  /** Copies bytes in; gives their place. Decoders may read a little beyond the end: zeros stand there. */
  put(bytes: Uint8Array): number {
    const needed = bytes.length + PADDING_BYTES;
    if (needed > this.#capacity) {
      if (this.#pointer) this.#codec._free(this.#pointer);
      this.#capacity = 2 * needed;
      this.#pointer = this.#codec._malloc(this.#capacity);
      if (this.#pointer === 0) throw new RangeError("The decoder's memory is full.");
    }
    this.#codec.HEAPU8.set(bytes, this.#pointer);
    this.#codec.HEAPU8.fill(0, this.#pointer + bytes.length, this.#pointer + needed);
    return this.#pointer;
  }
}

const PADDING_BYTES = 64;
