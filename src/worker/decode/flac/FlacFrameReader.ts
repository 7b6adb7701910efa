/** Reads a native FLAC stream frame by frame and finds its way over broken ones. */
import type { ByteCursor } from "../ByteCursor";
import {
  MAX_HEADER_BYTES,
  parseFrameHeader,
  searchFrameEnd,
  type FlacFrameHeader,
  type FrameSearch,
} from "./flacFrames";

export interface FlacFrame {
  header: FlacFrameHeader;
  /** A copy. */
  bytes: Uint8Array;
  /** The frame's checksum is right. Otherwise it is the last and may have something else behind it. */
  isWhole: boolean;
  /** Samples that are missing before this frame; null when something is, but nobody knows how much. */
  lostBefore: number | null;
}

/** Rubbish longer than this in one piece ends the search. */
const MAX_GAP_BYTES = 16 * 1024 * 1024;

export class FlacFrameReader {
  readonly #cursor: ByteCursor;
  /** The last whole frame: what follows must look like it. */
  #last: FlacFrameHeader | null = null;
  #isBroken = false;

  constructor(cursor: ByteCursor) {
    this.#cursor = cursor;
  }

  /** The next frame, or null at the end of the stream. */
  async next(): Promise<FlacFrame | null> {
    const limit = this.#cursor.position + MAX_GAP_BYTES;
    while (this.#cursor.position < limit) {
      await this.#cursor.need(MAX_HEADER_BYTES);
      if (this.#cursor.bytes.length === 0) return null;
      const header = parseFrameHeader(this.#cursor.bytes, 0);
      if (!header || !this.#fits(header)) {
        this.#isBroken = true;
        const next = this.#cursor.bytes.indexOf(0xff, 1);
        this.#cursor.skip(next > 0 ? next : this.#cursor.bytes.length);
        continue;
      }
      const { length, isWhole, isLast } = await this.#findEnd(header);
      if (isWhole || isLast) return this.#take(header, length, isWhole);
      this.#isBroken = true;
      this.#cursor.skip(length);
    }
    return null;
  }

  #take(header: FlacFrameHeader, length: number, isWhole: boolean): FlacFrame {
    const bytes = this.#cursor.bytes.slice(0, length);
    const lostBefore = this.#isBroken ? this.#lostBefore(header) : 0;
    this.#cursor.skip(length);
    this.#isBroken = false;
    this.#last = header;
    return { header, bytes, isWhole, lostBefore };
  }

  #lostBefore(header: FlacFrameHeader): number | null {
    if (!this.#last) return null;
    const gap = header.number - followingNumber(this.#last);
    return header.isVariable ? gap : gap * this.#last.blockSize;
  }

  /** Whether a header can follow the last whole frame. */
  #fits(header: FlacFrameHeader): boolean {
    const last = this.#last;
    if (!last) return true;
    return (
      header.channels === last.channels &&
      header.sampleRate === last.sampleRate &&
      header.bitDepth === last.bitDepth &&
      header.isVariable === last.isVariable &&
      header.number >= followingNumber(last)
    );
  }

  async #findEnd(header: FlacFrameHeader): Promise<{ length: number; isWhole: boolean; isLast: boolean }> {
    const search: FrameSearch = { looked: 0, crc: 0 };
    const limit = maxFrameBytes(header);
    let candidate = 0;
    while (search.looked < limit) {
      const more = await this.#cursor.need(search.looked + 2 * MAX_HEADER_BYTES);
      const bytes = this.#cursor.bytes;
      searchFrameEnd(bytes, search, more ? bytes.length - MAX_HEADER_BYTES : bytes.length);
      if (search.looked === bytes.length) {
        const isWhole = search.crc === 0;
        if (isWhole || candidate === 0) return { length: search.looked, isWhole, isLast: true };
        return { length: candidate, isWhole: false, isLast: false };
      }
      const next = parseFrameHeader(bytes, search.looked);
      if (!next) continue;
      if (search.crc === 0) return { length: search.looked, isWhole: true, isLast: false };
      if (!looksLikeNext(header, next)) continue;
      candidate ||= search.looked;
      // A header inside a frame's data would hardly have the very next number.
      if (next.number === followingNumber(header)) break;
    }
    return { length: candidate || 2, isWhole: false, isLast: false };
  }
}

function looksLikeNext(header: FlacFrameHeader, next: FlacFrameHeader): boolean {
  return (
    next.channels === header.channels &&
    next.sampleRate === header.sampleRate &&
    next.bitDepth === header.bitDepth &&
    next.number > header.number
  );
}

function followingNumber(header: FlacFrameHeader): number {
  return header.number + (header.isVariable ? header.blockSize : 1);
}

/** A verbatim frame, with as much again for encoders that do worse. */
function maxFrameBytes(header: FlacFrameHeader): number {
  const bits = (header.bitDepth ?? 32) + 1;
  return 1024 + 2 * Math.ceil((header.blockSize * header.channels * bits) / 8);
}
