/**
 * Ogg pages (RFC 3533): found by their capture pattern, checked by their CRC, and cut into packets. A page
 * that is broken or missing shows as a gap in the page numbers of its stream.
 */
import type { ByteCursor } from "../ByteCursor";

export interface OggPage {
  serial: number;
  sequence: number;
  /** Position of the last sample that ends on this page; null when none does. */
  granule: number | null;
  continues: boolean;
  isFirst: boolean;
  isLast: boolean;
  /** Lengths by which the body is cut; 255 means that the packet goes on. */
  lacing: Uint8Array;
  /** Only valid until the next page. */
  body: Uint8Array;
}

const HEADER_BYTES = 27;
const MAX_PAGE_BYTES = HEADER_BYTES + 255 + 255 * 255;
/** Rubbish longer than this in one piece ends the search. */
const MAX_GAP_BYTES = 16 * 1024 * 1024;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

export class OggPageReader {
  readonly #cursor: ByteCursor;
  /** The file ended within a page. */
  endsInPage = false;

  constructor(cursor: ByteCursor) {
    this.#cursor = cursor;
  }

  /** The next intact page, or null at the end of the file. */
  async next(): Promise<OggPage | null> {
    const limit = this.#cursor.position + MAX_GAP_BYTES;
    while (this.#cursor.position < limit) {
      if (!(await this.#cursor.need(HEADER_BYTES))) {
        this.endsInPage ||= isCapture(this.#cursor.bytes);
        return null;
      }
      if (isCapture(this.#cursor.bytes)) {
        const page = await this.#readPage();
        if (page) return page;
      }
      const next = this.#cursor.bytes.indexOf(0x4f, 1);
      this.#cursor.skip(next > 0 ? next : this.#cursor.bytes.length);
    }
    return null;
  }

  async #readPage(): Promise<OggPage | null> {
    const segments = this.#cursor.bytes[26] ?? 0;
    const bodyStart = HEADER_BYTES + segments;
    if (!(await this.#cursor.need(bodyStart))) return this.#noteEnd();
    const lacing = this.#cursor.bytes.slice(HEADER_BYTES, bodyStart);
    const length = bodyStart + lacing.reduce((sum, size) => sum + size, 0);
    if (!(await this.#cursor.need(length))) return this.#noteEnd();
    const bytes = this.#cursor.bytes.subarray(0, length);
    const view = new DataView(bytes.buffer, bytes.byteOffset, length);
    if (crc(bytes) !== view.getUint32(22, true)) return null;
    const flags = view.getUint8(5);
    const granule = view.getBigInt64(6, true);
    const page: OggPage = {
      serial: view.getUint32(14, true),
      sequence: view.getUint32(18, true),
      granule: granule < 0n ? null : Number(granule),
      continues: (flags & 1) !== 0,
      isFirst: (flags & 2) !== 0,
      isLast: (flags & 4) !== 0,
      lacing,
      body: bytes.subarray(bodyStart),
    };
    this.#cursor.skip(length);
    this.endsInPage = false;
    return page;
  }

  #noteEnd(): null {
    this.endsInPage = true;
    return null;
  }
}

function isCapture(bytes: Uint8Array): boolean {
  return bytes[0] === 0x4f && bytes[1] === 0x67 && bytes[2] === 0x67 && bytes[3] === 0x53 && bytes[4] === 0;
}

/** The page's CRC, its own four bytes taken as zero. */
function crc(bytes: Uint8Array): number {
  let value = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = i >= 22 && i < 26 ? 0 : (bytes[i] ?? 0);
    value = (value << 8) ^ (CRC_TABLE[(value >>> 24) ^ byte] ?? 0);
  }
  return value >>> 0;
}

/** Whether an intact page starts at `at`. */
export function isPageAt(bytes: Uint8Array, at: number): boolean {
  const rest = bytes.subarray(at, at + MAX_PAGE_BYTES);
  if (!isCapture(rest) || rest.length < HEADER_BYTES) return false;
  const bodyStart = HEADER_BYTES + (rest[26] ?? 0);
  const length = rest.subarray(HEADER_BYTES, bodyStart).reduce((sum, size) => sum + size, bodyStart);
  if (length > rest.length) return false;
  const stored = new DataView(rest.buffer, rest.byteOffset).getUint32(22, true);
  return crc(rest.subarray(0, length)) === stored;
}

/** The packets that end on one page. */
export interface OggPackets {
  packets: Uint8Array[];
  granule: number | null;
  isLast: boolean;
  /** A page before this one is missing or broken. */
  hasGap: boolean;
}

/** Puts the packets of one logical stream together. */
export class PacketAssembler {
  #next: number | null = null;
  #parts: Uint8Array[] = [];
  /** A packet has begun whose rest has not come yet. */
  get isOpen(): boolean {
    return this.#parts.length > 0;
  }

  add(page: OggPage): OggPackets {
    const hasGap = this.#next !== null && page.sequence !== this.#next;
    this.#next = page.sequence + 1;
    if (hasGap || !page.continues) this.#parts = [];
    // The head of a packet that was lost: its rest is of no use.
    let isUseless = page.continues && this.#parts.length === 0;
    const packets: Uint8Array[] = [];
    let at = 0;
    let start = 0;
    for (const size of page.lacing) {
      at += size;
      if (size === 255) continue;
      if (!isUseless) packets.push(this.#close(page.body.slice(start, at)));
      isUseless = false;
      start = at;
    }
    if (start < at && !isUseless) this.#parts.push(page.body.slice(start, at));
    return { packets, granule: page.granule, isLast: page.isLast, hasGap };
  }

  #close(last: Uint8Array): Uint8Array {
    if (this.#parts.length === 0) return last;
    const all = [...this.#parts, last];
    this.#parts = [];
    const packet = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of all) {
      packet.set(part, at);
      at += part.length;
    }
    return packet;
  }
}
