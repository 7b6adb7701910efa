/** The elementary stream descriptor in "esds" (ISO/IEC 14496-1, 7.2.6): what "mp4a" really holds. */

export interface StreamDescriptor {
  /** objectTypeIndication: 0x40 AAC, 0x66–0x68 MPEG-2 AAC, 0x69 and 0x6B MPEG audio … */
  objectType: number;
  /** DecoderSpecificInfo; null when there is none. */
  config: Uint8Array | null;
}

const ES_DESCRIPTOR = 3;
const DECODER_CONFIG = 4;
const DECODER_SPECIFIC = 5;

/** `bytes`: the box's body behind version and flags. */
export function parseEsds(bytes: Uint8Array): StreamDescriptor | null {
  const stream = descriptorAt(bytes, 0);
  if (stream?.tag !== ES_DESCRIPTOR) return findConfig(bytes, 0);
  const flags = bytes[stream.body + 2] ?? 0;
  let at = stream.body + 3;
  if (flags & 0x80) at += 2;
  if (flags & 0x40) at += 1 + (bytes[at] ?? 0);
  if (flags & 0x20) at += 2;
  return findConfig(bytes, at);
}

function findConfig(bytes: Uint8Array, start: number): StreamDescriptor | null {
  const decoder = descriptorAt(bytes, start);
  if (decoder?.tag !== DECODER_CONFIG) return null;
  const objectType = bytes[decoder.body] ?? 0;
  const specific = descriptorAt(bytes, decoder.body + 13);
  const config =
    specific?.tag === DECODER_SPECIFIC ? bytes.slice(specific.body, specific.body + specific.length) : null;
  return { objectType, config: config && config.length > 0 ? config : null };
}

/** A tag and a length of up to four bytes with seven bits each. */
function descriptorAt(bytes: Uint8Array, at: number): { tag: number; body: number; length: number } | null {
  const tag = bytes[at];
  if (tag === undefined) return null;
  let length = 0;
  for (let i = 1; i <= 4; i++) {
    const byte = bytes[at + i] ?? 0;
    length = (length << 7) | (byte & 0x7f);
    if (!(byte & 0x80)) return { tag, body: at + i + 1, length };
  }
  return null;
}
