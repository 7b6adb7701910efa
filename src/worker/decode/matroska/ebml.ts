/**
 * EBML (RFC 8794), the nested elements that Matroska and WebM are made of. Sizes are claims; what does not look
 * like an element of Matroska is rubbish, behind which the next cluster is searched for.
 */
import type { FileSource } from "../../FileSource";

export const ID = {
  header: 0x1a45dfa3,
  segment: 0x18538067,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  discardPadding: 0x75a2,
} as const;

/** Elements that hold others, and are walked into. */
const OPENED: readonly number[] = [ID.segment, ID.cluster, ID.blockGroup];
/** All others that stand beside or within these: seek heads, cues, tags, chapters, padding and the like. */
const PASSED: readonly number[] = [
  ...[ID.header, ID.info, ID.tracks, ID.timestamp, ID.simpleBlock, ID.block, ID.discardPadding],
  ...[0x114d9b74, 0x1c53bb6b, 0x1254c367, 0x1941a469, 0x1043a770, 0xec, 0xbf, 0xa7, 0xab, 0x5854, 0xaf],
  ...[0xfb, 0x9b, 0x75a1, 0xa4, 0xfa, 0xfd, 0x8e, 0xa2, 0xc8],
];

const MAX_HEADER_BYTES = 12;
const SEARCH_BYTES = 64 * 1024;
/** Rubbish longer than this in one piece ends the search. */
const MAX_GAP_BYTES = 64 * 1024 * 1024;
const CLUSTER_BYTES = [0x1f, 0x43, 0xb6, 0x75];

export interface EbmlElement {
  id: number;
  /** Position of its content. */
  start: number;
  /** Bytes of its content; null when that is left open. */
  size: number | null;
}

/** A number whose length is told by its first byte's leading zeros; `value` is null when all bits are set. */
export function readVint(bytes: Uint8Array, at: number): { value: number | null; next: number } | null {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > bytes.length) return null;
  const mask = 0xff >> length;
  let value = first & mask;
  let isOpen = value === mask;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    isOpen &&= byte === 0xff;
    value = value * 256 + byte;
  }
  return { value: isOpen ? null : value, next: at + length };
}

/** An element's head at `at`, its content's place relative to the bytes; null when there is none. */
function readElement(bytes: Uint8Array, at: number): EbmlElement | null {
  const idLength = Math.clz32(bytes[at] ?? 0) - 23;
  if (idLength > 4 || at + idLength > bytes.length) return null;
  let id = 0;
  for (let i = 0; i < idLength; i++) id = id * 256 + (bytes[at + i] ?? 0);
  const size = readVint(bytes, at + idLength);
  return size && { id, start: size.next, size: size.value };
}

/** All elements directly within bytes that are in memory. */
export function* elementsIn(bytes: Uint8Array): Generator<EbmlElement & { content: Uint8Array }> {
  let at = 0;
  while (at < bytes.length) {
    const element = readElement(bytes, at);
    if (!element) return;
    const end = Math.min(bytes.length, element.start + (element.size ?? Infinity));
    yield { ...element, content: bytes.subarray(element.start, end) };
    at = end;
  }
}

/** An unsigned number of up to 8 bytes. */
export function readUnsigned(bytes: Uint8Array): number {
  return bytes.subarray(0, 8).reduce((value, byte) => value * 256 + byte, 0);
}

/** A float of 4 or 8 bytes; 0 for any other size. */
export function readFloat(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.length === 4 ? view.getFloat32(0) : bytes.length === 8 ? view.getFloat64(0) : 0;
}

/** Walks through a file's elements, into those that only group others. */
export class EbmlWalker {
  readonly #source: FileSource;
  #position: number;
  /** Rubbish was passed before the last element. */
  isAfterGap = false;
  /** The file ended within an element. */
  endsInElement = false;

  constructor(source: FileSource, position: number) {
    this.#source = source;
    this.#position = position;
  }

  /** The next element that holds no others, or a group's head; null at the end. */
  async next(): Promise<EbmlElement | null> {
    this.isAfterGap = false;
    while (this.#position < this.#source.size) {
      const head = readElement(await this.#headBytes(), 0);
      const isOpened = head !== null && OPENED.includes(head.id);
      if (head && (isOpened || (PASSED.includes(head.id) && head.size !== null))) {
        const start = this.#position + head.start;
        const end = start + (head.size ?? 0);
        this.#position = isOpened ? start : end;
        if (end > this.#source.size && head.id !== ID.segment) this.endsInElement = true;
        return { ...head, start };
      }
      if (!(await this.#findCluster())) return null;
    }
    return null;
  }

  /** Without copying, where they lie together. */
  async #headBytes(): Promise<Uint8Array> {
    const chunk = await this.#source.chunkAt(this.#position);
    return chunk.length >= MAX_HEADER_BYTES ? chunk : this.#source.read(this.#position, MAX_HEADER_BYTES);
  }

  /** Moves to the next cluster; false when there is none. */
  async #findCluster(): Promise<boolean> {
    const limit = Math.min(this.#source.size, this.#position + MAX_GAP_BYTES);
    this.isAfterGap = true;
    let at = this.#position + 1;
    while (at < limit) {
      const bytes = await this.#source.read(at, SEARCH_BYTES);
      for (let i = bytes.indexOf(0x1f); i >= 0; i = bytes.indexOf(0x1f, i + 1)) {
        if (CLUSTER_BYTES.every((byte, k) => bytes[i + k] === byte)) {
          this.#position = at + i;
          return true;
        }
      }
      at += SEARCH_BYTES - CLUSTER_BYTES.length;
    }
    return false;
  }
}
