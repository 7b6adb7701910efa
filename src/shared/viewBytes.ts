/**
 * Little-endian bytes written and read one number after the other. Reading past the end gives zeros and empty
 * arrays and is remembered; no array is made that the bytes are not there for.
 */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** A copy of what was written. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Four letters of ASCII. */
  name(name: string): void {
    for (let i = 0; i < 4; i++) this.u8s([name.charCodeAt(i)]);
  }

  u16(value: number): void {
    const at = this.#grow(2);
    this.#view.setUint16(at, value, true);
  }

  u32(value: number): void {
    const at = this.#grow(4);
    this.#view.setUint32(at, value, true);
  }

  f64(value: number): void {
    const at = this.#grow(8);
    this.#view.setFloat64(at, value, true);
  }

  u8s(values: ArrayLike<number>): void {
    const at = this.#grow(values.length);
    this.#bytes.set(values, at);
  }

  i16s(values: ArrayLike<number>): void {
    const at = this.#grow(2 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setInt16(at + 2 * i, values[i] as number, true);
  }

  u16s(values: ArrayLike<number>): void {
    const at = this.#grow(2 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setUint16(at + 2 * i, values[i] as number, true);
  }

  #grow(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return at;
  }
}

export class ByteReader {
  readonly #view: DataView;
  #at = 0;
  #isIntact = true;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** False once more was asked for than there is. */
  get isIntact(): boolean {
    return this.#isIntact;
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.#view.byteLength - this.#at;
  }

  /** Four letters. */
  name(): string {
    return String.fromCharCode(...this.u8s(4));
  }

  u16(): number {
    const at = this.#take(2);
    return at === null ? 0 : this.#view.getUint16(at, true);
  }

  u32(): number {
    const at = this.#take(4);
    return at === null ? 0 : this.#view.getUint32(at, true);
  }

  f64(): number {
    const at = this.#take(8);
    return at === null ? 0 : this.#view.getFloat64(at, true);
  }

  /** A reader of the next `length` bytes alone. */
  part(length: number): ByteReader {
    return new ByteReader(this.#slice(length));
  }

  u8s(count: number): Uint8Array {
    return this.#slice(count).slice();
  }

  i16s(count: number): Int16Array {
    const at = this.#take(2 * count);
    if (at === null) return new Int16Array(0);
    return new Int16Array(count).map((_, i) => this.#view.getInt16(at + 2 * i, true));
  }

  u16s(count: number): Uint16Array {
    const at = this.#take(2 * count);
    if (at === null) return new Uint16Array(0);
    return new Uint16Array(count).map((_, i) => this.#view.getUint16(at + 2 * i, true));
  }

  #slice(length: number): Uint8Array {
    const at = this.#take(length);
    if (at === null) return new Uint8Array(0);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + at, length);
  }

  #take(count: number): number | null {
    if (count > this.remaining) this.#isIntact = false;
    if (!this.#isIntact) return null;
    const at = this.#at;
    this.#at += count;
    return at;
  }
}
