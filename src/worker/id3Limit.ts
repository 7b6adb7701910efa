/**
 * Keeps a hostile ID3v2 tag from costing minutes and gigabytes: music-metadata makes objects of all frames and of all
 * their values before anyone can stop it, and joins lists of genres in quadratic time. Where a tag has more than any
 * file needs, the rest of it is made to look like one unknown frame before the parser sees it.
 */

/** Frames and the values in them; songs have some dozens. */
const MOST_VALUES = 2000;
export const ID3_HEADER_BYTES = 10;
const EXTENDED_HEADER = 0x40;
const UTF16 = [1, 2];
const SLASH = 0x2f;
/** Frames whose text is split into values; those in chapters would be read too, and nothing else of chapters is. */
const SPLIT = /^(?:T|IPL|GRP1|GP1|MV|PCS)/;
const CHAPTERS = /^(?:CHAP|CTOC)/;

/** An ID3v2 tag's header. */
export interface Id3Header {
  /** 2 to 4. */
  version: number;
  hasExtendedHeader: boolean;
  /** Bytes behind the header. */
  size: number;
}

/** The header that the bytes begin with, or null. */
export function id3Header(bytes: Uint8Array): Id3Header | null {
  const isTag = bytes.length >= ID3_HEADER_BYTES && String.fromCharCode(...bytes.subarray(0, 3)) === "ID3";
  if (!isTag) return null;
  const [version = 0, , flags = 0] = bytes.subarray(3);
  return {
    version,
    hasExtendedHeader: (flags & EXTENDED_HEADER) !== 0,
    size: number(bytes.subarray(6, 10), 7),
  };
}

/** Hides what is too much in a tag that was read as a whole. */
export function limitTag(bytes: Uint8Array, { version, hasExtendedHeader, size }: Id3Header): void {
  const body = bytes.subarray(ID3_HEADER_BYTES, ID3_HEADER_BYTES + size);
  const extended = hasExtendedHeader ? Math.max(ID3_HEADER_BYTES, number(body.subarray(0, 4), 8)) : 0;
  limitFrames(body.subarray(extended), version);
}

/** Hides what is too much in the frames of a tag. */
export function limitFrames(frames: Uint8Array, version: number): void {
  const idLength = version === 2 ? 3 : 4;
  const headerLength = version === 2 ? 6 : 10;
  const sizeBits = version === 4 ? 7 : 8;
  let values = 0;
  for (let at = 0; at + headerLength < frames.length;) {
    const id = String.fromCharCode(...frames.subarray(at, at + idLength));
    const length = number(frames.subarray(at + idLength, at + 2 * idLength), sizeBits);
    const end = at + headerLength + length;
    values += 1 + (SPLIT.test(id) ? separatorsIn(frames.subarray(at + headerLength, end)) : 0);
    // The padding after the last frame would be read as empty frames.
    if (values > MOST_VALUES || !/^[A-Z0-9]/.test(id)) {
      hide(frames.subarray(at), { idLength, headerLength, sizeBits });
      return;
    }
    if (CHAPTERS.test(id)) frames[at] = "X".charCodeAt(0);
    at = end;
  }
}

interface FrameLayout {
  idLength: number;
  headerLength: number;
  sizeBits: number;
}

/** Writes headers of unknown frames over it: one, or as many as their sizes can say. */
function hide(rest: Uint8Array, { idLength, headerLength, sizeBits }: FrameLayout): void {
  const longest = 2 ** (sizeBits * idLength) - 1;
  for (let at = 0; at + headerLength < rest.length;) {
    const length = Math.min(longest, rest.length - at - headerLength);
    rest.fill("X".charCodeAt(0), at, at + idLength);
    for (let i = 0; i < idLength; i++) {
      rest[at + 2 * idLength - 1 - i] = Math.floor(length / 2 ** (sizeBits * i)) % 2 ** sizeBits;
    }
    rest.fill(0, at + 2 * idLength, at + headerLength);
    at += headerLength + length;
  }
}

/** How many characters of a text frame divide one value from the next. */
function separatorsIn(content: Uint8Array): number {
  const isWide = UTF16.includes(content[0] ?? 0);
  let count = 0;
  if (!isWide) for (const byte of content) if (byte === 0 || byte === SLASH) count++;
  if (isWide) {
    for (let i = 1; i + 1 < content.length; i += 2) {
      const sum = (content[i] as number) + (content[i + 1] as number);
      const isAscii = content[i] === 0 || content[i + 1] === 0;
      if (isAscii && (sum === 0 || sum === SLASH)) count++;
    }
  }
  return count;
}

/** Most significant byte first, of so many bits each. */
function number(bytes: Uint8Array, bits: number): number {
  return bytes.reduce((sum, byte) => sum * 2 ** bits + (byte % 2 ** bits), 0);
}
