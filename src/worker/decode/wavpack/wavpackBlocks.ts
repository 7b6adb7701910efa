/**
 * WavPack's blocks (the file format description of WavPack 5). Each can be decoded without the ones before;
 * with more than two channels, several blocks stand for the same stretch of time.
 */
import type { ByteCursor } from "../ByteCursor";

const WAVPACK_HEADER_BYTES = 32;
const MAX_BLOCK_BYTES = 1 << 20;
/** Rubbish longer than this between two blocks ends the search. */
const MAX_GAP_BYTES = 16 * 1024 * 1024;
const MAX_BLOCK_SAMPLES = 1 << 20;
const INITIAL = 0x800;
const FINAL = 0x1000;
const HYBRID = 0x8;
const DSD = 0x80000000;

export interface WavPackHeader {
  /** Of the whole block. */
  bytes: number;
  /** Samples of the file; null when it does not say. */
  totalSamples: number | null;
  /** Place of the block's first sample. */
  index: number;
  samples: number;
  isInitial: boolean;
  isFinal: boolean;
  isLossless: boolean;
  isDsd: boolean;
}

/** Blocks for one stretch of time. */
export interface WavPackGroup {
  header: WavPackHeader;
  bytes: Uint8Array;
  /** Something before it could not be read. */
  isAfterGap: boolean;
}

/** The header at `at`; null when no block starts there. */
function parseWavPackHeader(bytes: Uint8Array, at: number): WavPackHeader | null {
  if (bytes.length < at + WAVPACK_HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, WAVPACK_HEADER_BYTES);
  if (view.getUint32(0) !== 0x7776706b) return null;
  const size = view.getUint32(4, true) + 8;
  const version = view.getUint16(8, true);
  const samples = view.getUint32(20, true);
  const isSane = size >= WAVPACK_HEADER_BYTES && size <= MAX_BLOCK_BYTES && samples <= MAX_BLOCK_SAMPLES;
  if (!isSane || version < 0x402 || version > 0x410) return null;
  const total = view.getUint32(12, true);
  const flags = view.getUint32(24, true);
  return {
    bytes: size,
    totalSamples: total === 0xffffffff ? null : total + view.getUint8(11) * (2 ** 32 - 1),
    index: view.getUint32(16, true) + view.getUint8(10) * 2 ** 32,
    samples,
    isInitial: (flags & INITIAL) !== 0,
    isFinal: (flags & FINAL) !== 0,
    isLossless: (flags & HYBRID) === 0,
    isDsd: (flags & DSD) !== 0,
  };
}

export class WavPackReader {
  readonly #cursor: ByteCursor;
  /** The file ended within a block. */
  endsInBlock = false;

  constructor(cursor: ByteCursor) {
    this.#cursor = cursor;
  }

  /** The next complete group that has samples; null at the end of the file. */
  async next(): Promise<WavPackGroup | null> {
    const limit = this.#cursor.position + MAX_GAP_BYTES;
    let isAfterGap = false;
    while (this.#cursor.position < limit && (await this.#cursor.need(WAVPACK_HEADER_BYTES))) {
      const header = parseWavPackHeader(this.#cursor.bytes, 0);
      if (header && header.samples === 0) {
        // Tags and the like, in blocks of their own.
        this.#cursor.skip(header.bytes);
        continue;
      }
      const length = header?.isInitial ? await this.#groupLength(header) : null;
      if (header && length !== null) {
        const bytes = this.#cursor.bytes.slice(0, length);
        this.#cursor.skip(length);
        return { header, bytes, isAfterGap };
      }
      if (this.endsInBlock) return null;
      isAfterGap = true;
      const next = this.#cursor.bytes.indexOf(0x77, 1);
      this.#cursor.skip(next > 0 ? next : this.#cursor.bytes.length);
    }
    return null;
  }

  /** Bytes of the blocks that belong together; null when one is missing. */
  async #groupLength(first: WavPackHeader): Promise<number | null> {
    let length = 0;
    let header: WavPackHeader | null = first;
    while (header) {
      if (header.index !== first.index || header.samples !== first.samples) return null;
      if (!(await this.#cursor.need(length + header.bytes))) {
        this.endsInBlock = !this.#hasBlockBehind();
        return null;
      }
      length += header.bytes;
      if (header.isFinal) return length;
      await this.#cursor.need(length + WAVPACK_HEADER_BYTES);
      header = parseWavPackHeader(this.#cursor.bytes, length);
    }
    return null;
  }

  /** A broken length may point beyond the end of a file that goes on. */
  #hasBlockBehind(): boolean {
    const { bytes } = this.#cursor;
    for (let at = bytes.indexOf(0x77, 1); at > 0; at = bytes.indexOf(0x77, at + 1)) {
      if (parseWavPackHeader(bytes, at)) return true;
    }
    return false;
  }
}
