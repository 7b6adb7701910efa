/**
 * Cuts a FLAC stream into frames (RFC 9639). A frame ends where its CRC-16 comes out as zero and another
 * header follows. Where that never happens the frame is broken: it is dropped, and the next header whose
 * number makes sense is where the stream goes on.
 */

export interface FlacStreamInfo {
  maxBlockSize: number;
  sampleRate: number;
  channels: number;
  bitDepth: number;
  /** Frames in the stream; null when the encoder did not know. */
  totalSamples: number | null;
}

export interface FlacFrameHeader {
  /** Header bytes, its CRC-8 included. */
  length: number;
  blockSize: number;
  channels: number;
  /** Hz; null: as STREAMINFO says. */
  sampleRate: number | null;
  /** Null: as STREAMINFO says. */
  bitDepth: number | null;
  /** Number of the first sample (variable block size) or of the frame (fixed). */
  number: number;
  isVariable: boolean;
}

export const STREAMINFO_BYTES = 34;

/** The 34 bytes of a STREAMINFO block, or null when they make no sense. */
export function parseStreamInfo(bytes: Uint8Array): FlacStreamInfo | null {
  if (bytes.length < STREAMINFO_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packed = view.getUint32(10);
  const sampleRate = packed >>> 12;
  if (sampleRate === 0) return null;
  const totalSamples = (view.getUint8(13) & 0x0f) * 2 ** 32 + view.getUint32(14);
  return {
    maxBlockSize: view.getUint16(2),
    sampleRate,
    channels: ((packed >>> 9) & 7) + 1,
    bitDepth: ((packed >>> 4) & 31) + 1,
    totalSamples: totalSamples === 0 ? null : totalSamples,
  };
}

const BLOCK_SIZES = [0, 192, 576, 1152, 2304, 4608, 0, 0, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768];
const SAMPLE_RATES = [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];
const BIT_DEPTHS = [null, 8, 12, undefined, 16, 20, 24, 32];

/** Longest header: sync, codes, 7 bytes of number, 2 of block size, 2 of rate, CRC-8. */
export const MAX_HEADER_BYTES = 16;

/** The frame header at `at` if there is a valid one, its CRC-8 checked. */
export function parseFrameHeader(bytes: Uint8Array, at: number): FlacFrameHeader | null {
  if (bytes[at] !== 0xff || ((bytes[at + 1] ?? 0) & 0xfe) !== 0xf8) return null;
  const third = bytes[at + 2] ?? 0;
  const fourth = bytes[at + 3] ?? 0;
  const sizeCode = third >> 4;
  const rateCode = third & 15;
  const channelCode = fourth >> 4;
  const bitDepth = BIT_DEPTHS[(fourth >> 1) & 7];
  if (sizeCode === 0 || rateCode === 15 || channelCode > 10 || bitDepth === undefined || fourth & 1)
    return null;
  const number = readCodedNumber(bytes, at + 4);
  if (!number) return null;
  let end = at + 4 + number.length;
  let blockSize = BLOCK_SIZES[sizeCode] ?? 0;
  if (sizeCode === 6) blockSize = (bytes[end++] ?? 0) + 1;
  else if (sizeCode === 7) blockSize = (((bytes[end++] ?? 0) << 8) | (bytes[end++] ?? 0)) + 1;
  let sampleRate: number | null = SAMPLE_RATES[rateCode] ?? null;
  if (rateCode === 0) sampleRate = null;
  else if (rateCode === 12) sampleRate = (bytes[end++] ?? 0) * 1000;
  else if (rateCode > 12) {
    sampleRate = ((bytes[end++] ?? 0) << 8) | (bytes[end++] ?? 0);
    if (rateCode === 14) sampleRate *= 10;
  }
  if (end >= bytes.length || crc8(bytes, at, end) !== bytes[end]) return null;
  return {
    length: end + 1 - at,
    blockSize,
    channels: channelCode < 8 ? channelCode + 1 : 2,
    sampleRate,
    bitDepth,
    number: number.value,
    isVariable: (bytes[at + 1] ?? 0) === 0xf9,
  };
}

/** UTF-8-like number of up to 36 bits. */
function readCodedNumber(bytes: Uint8Array, at: number): { value: number; length: number } | null {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { value: first, length: 1 };
  const length = Math.clz32(~(first << 24));
  if (length < 2 || length > 7) return null;
  let value = first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    if ((byte & 0xc0) !== 0x80) return null;
    value = value * 64 + (byte & 0x3f);
  }
  return { value, length };
}

const CRC8_TABLE = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? (crc << 1) ^ 0x07 : crc << 1;
  return crc & 0xff;
});

const CRC16_TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1;
  return crc & 0xffff;
});

function crc8(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let i = start; i < end; i++) crc = CRC8_TABLE[crc ^ (bytes[i] ?? 0)] ?? 0;
  return crc;
}

/** State of a search for a frame's end, kept while more bytes are loaded. */
export interface FrameSearch {
  /** Bytes of the frame looked at so far; all of them are in the checksum. */
  looked: number;
  crc: number;
}

/**
 * Looks on from where the search stands for the next place at which the frame may end: where a sync code
 * stands in `bytes`, or at `end` when there is none.
 */
export function searchFrameEnd(bytes: Uint8Array, search: FrameSearch, end: number): void {
  let crc = search.crc;
  let i = search.looked;
  const table = CRC16_TABLE;
  // One byte at least, so that a search goes on behind the place where it stopped.
  do {
    crc = ((crc << 8) ^ (table[(crc >> 8) ^ (bytes[i] ?? 0)] ?? 0)) & 0xffff;
    i++;
  } while (i < end && !(bytes[i] === 0xff && ((bytes[i + 1] ?? 0) & 0xfe) === 0xf8));
  search.crc = crc;
  search.looked = i;
}
