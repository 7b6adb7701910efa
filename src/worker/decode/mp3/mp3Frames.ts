/**
 * MPEG audio frames, layers I to III (ISO/IEC 11172-3, 13818-3 and the unofficial 2.5): header fields, and
 * the Info frame in which encoders say how many samples belong to the music.
 */
import { ascii } from "../readBytes";

export interface MpegHeader {
  /** 1, 2 or 2.5. */
  version: number;
  layer: 1 | 2 | 3;
  sampleRate: number;
  channels: 1 | 2;
  /** bit/s. */
  bitrate: number;
  /** Length of the whole frame. */
  bytes: number;
  /** Samples a channel in the frame. */
  samples: number;
  hasCrc: boolean;
}

export const HEADER_BYTES = 4;

// kbit/s by [MPEG 1 layer I, II, III, MPEG 2 layer I, MPEG 2 layers II and III][index].
const BITRATES: readonly (readonly number[])[] = [
  [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
const SAMPLE_RATES = [44100, 48000, 32000] as const;

/** The header at `at`, or null when there is none. Free format (no bitrate given) counts as none. */
export function parseMpegHeader(bytes: Uint8Array, at: number): MpegHeader | null {
  if (at + HEADER_BYTES > bytes.length || bytes[at] !== 0xff) return null;
  const second = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  const fourth = bytes[at + 3] ?? 0;
  const versionBits = (second >> 3) & 3;
  const layerBits = (second >> 1) & 3;
  const rate = SAMPLE_RATES[(third >> 2) & 3];
  const reservedEmphasis = (fourth & 3) === 2;
  if ((second & 0xe0) !== 0xe0 || versionBits === 1 || layerBits === 0 || !rate || reservedEmphasis) {
    return null;
  }
  const version = versionBits === 3 ? 1 : versionBits === 2 ? 2 : 2.5;
  const layer = (4 - layerBits) as 1 | 2 | 3;
  const table = version === 1 ? layer - 1 : layer === 1 ? 3 : 4;
  const kilobits = BITRATES[table]?.[third >> 4] ?? 0;
  if (kilobits === 0) return null;
  const sampleRate = version === 1 ? rate : version === 2 ? rate / 2 : rate / 4;
  const bitrate = kilobits * 1000;
  const padding = (third >> 1) & 1;
  const samples = layer === 1 ? 384 : layer === 2 || version === 1 ? 1152 : 576;
  const slots = Math.floor((bitrate * samples) / 8 / sampleRate);
  const frameBytes = layer === 1 ? (Math.floor((12 * bitrate) / sampleRate) + padding) * 4 : slots + padding;
  const channels = fourth >> 6 === 3 ? 1 : 2;
  return {
    version,
    layer,
    sampleRate,
    channels,
    bitrate,
    bytes: frameBytes,
    samples,
    hasCrc: (second & 1) === 0,
  };
}

/** Whether two headers can belong to one stream. Bitrate, padding and stereo mode may change. */
export function isSameStream(a: MpegHeader, b: MpegHeader): boolean {
  return a.version === b.version && a.layer === b.layer && a.sampleRate === b.sampleRate;
}

export interface InfoFrame {
  /** Frames that follow; null when not said. */
  frames: number | null;
  /** Samples that the encoder put before and after the music; null when not said. */
  delay: number | null;
  padding: number | null;
}

/** The content of an Info, Xing or VBRI frame, or null when the frame is an ordinary one. */
export function parseInfoFrame(frame: Uint8Array, header: MpegHeader): InfoFrame | null {
  if (header.layer !== 3) return null;
  const sideInfo = header.version === 1 ? (header.channels === 1 ? 17 : 32) : header.channels === 1 ? 9 : 17;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  // Encoders put it there with and without a checksum before it.
  for (const at of [HEADER_BYTES + sideInfo, HEADER_BYTES + sideInfo + 2]) {
    const name = ascii(frame, at, 4);
    if (name === "Xing" || name === "Info") return parseXing(frame, view, at);
  }
  if (ascii(frame, 36, 4) === "VBRI" && frame.length >= 54) {
    return { frames: view.getUint32(50), delay: null, padding: null };
  }
  return null;
}

function parseXing(frame: Uint8Array, view: DataView, start: number): InfoFrame {
  const info: InfoFrame = { frames: null, delay: null, padding: null };
  if (start + 8 > frame.length) return info;
  const flags = view.getUint32(start + 4);
  let at = start + 8;
  if (flags & 1 && at + 4 <= frame.length) info.frames = view.getUint32(at) || null;
  at += (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  const encoder = ascii(frame, at, 4);
  if (at + 24 <= frame.length && ["LAME", "Lavf", "Lavc"].includes(encoder)) {
    const gaps = (view.getUint16(at + 21) << 8) | view.getUint8(at + 23);
    info.delay = gaps >> 12;
    info.padding = gaps & 0xfff;
  }
  return info;
}

/** Length of an ID3v2 tag with its header, by the header's own claim; 0 when there is none. */
export function id3v2Length(head: Uint8Array): number {
  const isTag = head.length >= 10 && head[0] === 0x49 && head[1] === 0x44 && head[2] === 0x33;
  if (!isTag || head.subarray(6, 10).some((byte) => byte > 0x7f)) return 0;
  const size = head.subarray(6, 10).reduce((sum, byte) => sum * 128 + byte, 0);
  const hasFooter = ((head[5] ?? 0) & 0x10) !== 0;
  return 10 + size + (hasFooter ? 10 : 0);
}
