/** ADTS: the header that stands before each frame of a bare AAC stream (ISO/IEC 13818-7, 6.2). */
import { AAC_RATES, type AacConfig } from "./aacConfig";

export const ADTS_HEADER_BYTES = 7;

export interface AdtsHeader {
  /** Of the frame, header included. */
  bytes: number;
  /** 7, or 9 with a checksum; more where checksums stand for several blocks. */
  headerBytes: number;
  objectType: number;
  /** Place in {@link AAC_RATES}, or behind its end: then the stream has no rate and can't be decoded. */
  rateIndex: number;
  /** 0 when the stream describes its channels within. */
  channelConfiguration: number;
  /** Raw data blocks in the frame: 1–4. */
  blocks: number;
  hasChecksum: boolean;
}

/** The header at `at`, or null when none is there. */
export function parseAdtsHeader(bytes: Uint8Array, at: number): AdtsHeader | null {
  const [b1, b2, b3, b4, b5, b6] = [1, 2, 3, 4, 5, 6].map((i) => bytes[at + i] ?? 0) as Six;
  // Twelve bits of sync, and the layer, which is always 0.
  if (at + ADTS_HEADER_BYTES > bytes.length || bytes[at] !== 0xff || (b1 & 0xf6) !== 0xf0) return null;
  const rateIndex = (b2 >> 2) & 15;
  const hasChecksum = (b1 & 1) === 0;
  const blocks = (b6 & 3) + 1;
  const headerBytes = ADTS_HEADER_BYTES + (hasChecksum ? 2 * blocks : 0);
  const length = ((b3 & 3) << 11) | (b4 << 3) | (b5 >> 5);
  if (length <= headerBytes) return null;
  return {
    bytes: length,
    headerBytes,
    objectType: (b2 >> 6) + 1,
    rateIndex,
    channelConfiguration: ((b2 & 1) << 2) | (b3 >> 6),
    blocks,
    hasChecksum,
  };
}

type Six = [number, number, number, number, number, number];

/** Whether two frames belong to one stream. */
export function isSameAdts(a: AdtsHeader, b: AdtsHeader): boolean {
  return (
    a.objectType === b.objectType &&
    a.rateIndex === b.rateIndex &&
    a.channelConfiguration === b.channelConfiguration
  );
}

/** The AudioSpecificConfig that says the same as a header. */
export function configOf({ objectType, rateIndex, channelConfiguration }: AdtsHeader): Uint8Array {
  return Uint8Array.of(
    (objectType << 3) | (rateIndex >> 1),
    ((rateIndex & 1) << 7) | (channelConfiguration << 3),
  );
}

/** What a frame's header says of its stream, or null when it has none. */
export function adtsConfig(frame: Uint8Array): AacConfig | null {
  const header = parseAdtsHeader(frame, 0);
  const sampleRate = header && AAC_RATES[header.rateIndex];
  if (!header || !sampleRate) return null;
  const channels = header.channelConfiguration === 7 ? 8 : header.channelConfiguration;
  return { objectType: header.objectType, sampleRate, outputRate: sampleRate, channels, hasSbr: false };
}

/** The parts of a frame that are one raw data block each; several without checksums are left together. */
export function blocksOf(frame: Uint8Array, { blocks, headerBytes, hasChecksum }: AdtsHeader): Uint8Array[] {
  if (blocks === 1 || !hasChecksum) return [frame.subarray(headerBytes)];
  // Places of all blocks but the first, counted from the first; a checksum stands behind each.
  const starts = Array.from({ length: blocks }, (_, i) => {
    const at = ADTS_HEADER_BYTES + 2 * (i - 1);
    return headerBytes + (i === 0 ? 0 : ((frame[at] ?? 0) << 8) | (frame[at + 1] ?? 0));
  });
  return starts.map((start, i) => frame.subarray(start, (starts[i + 1] ?? frame.length) - 2));
}
