/** The packets of Musepack's stream version 8 (the SV8 specification of the Musepack project). */
import type { ByteCursor } from "../ByteCursor";

const MAX_PACKET_BYTES = 4 * 1024 * 1024;
const MAX_SIZE_BYTES = 5;
/** Rubbish longer than this between two packets ends the search. */
const MAX_GAP_BYTES = 16 * 1024 * 1024;
const KNOWN_KEYS = ["SH", "RG", "EI", "SO", "AP", "ST", "SE", "CT"];

export interface MusepackPacket {
  key: string;
  /** With key and size; only valid until the next packet. */
  bytes: Uint8Array;
  /** Bytes of key and size. */
  headerBytes: number;
  isAfterGap: boolean;
}

/** A number of 7 bits a byte, the highest first; null when it does not end in time. */
export function readVarint(bytes: Uint8Array, at: number): { value: number; next: number } | null {
  let value = 0;
  for (let i = at; i < at + 9; i++) {
    const byte = bytes[i];
    if (byte === undefined) return null;
    value = value * 128 + (byte & 127);
    if (byte < 128) return { value, next: i + 1 };
  }
  return null;
}

export class MusepackPacketReader {
  readonly #cursor: ByteCursor;
  /** The file ended within a packet. */
  endsInPacket = false;

  constructor(cursor: ByteCursor) {
    this.#cursor = cursor;
  }

  /** The next whole packet; null at the end. */
  async next(): Promise<MusepackPacket | null> {
    const start = this.#cursor.position;
    while (this.#cursor.position - start < MAX_GAP_BYTES && (await this.#cursor.need(3))) {
      await this.#cursor.need(2 + MAX_SIZE_BYTES);
      const isAfterGap = this.#cursor.position > start;
      const head = headAt(this.#cursor.bytes, 0);
      if (head && (!isAfterGap || (await this.#isFollowed(head.bytes)))) {
        if (!(await this.#cursor.need(head.bytes))) {
          this.endsInPacket = true;
          return null;
        }
        const bytes = this.#cursor.bytes.slice(0, head.bytes);
        this.#cursor.skip(head.bytes);
        return { key: head.key, bytes, headerBytes: head.headerBytes, isAfterGap };
      }
      // Behind a gap only packets of audio and the end are of use.
      const next = this.#cursor.bytes.subarray(1).findIndex((byte) => byte === 0x41 || byte === 0x53);
      this.#cursor.skip(next >= 0 ? next + 1 : this.#cursor.bytes.length);
    }
    return null;
  }

  /** Two packets in a row, or one up to the end of the file, are no chance. */
  async #isFollowed(length: number): Promise<boolean> {
    if (await this.#cursor.need(length + 3)) return headAt(this.#cursor.bytes, length) !== null;
    return this.#cursor.bytes.length === length;
  }
}

function headAt(bytes: Uint8Array, at: number): { key: string; bytes: number; headerBytes: number } | null {
  const key = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0);
  if (!KNOWN_KEYS.includes(key)) return null;
  const size = readVarint(bytes, at + 2);
  if (!size || size.value < size.next - at || size.value > MAX_PACKET_BYTES) return null;
  return { key, bytes: size.value, headerBytes: size.next - at };
}
