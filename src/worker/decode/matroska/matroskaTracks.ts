/** What Matroska's header (RFC 9559) says of the file's length and of its tracks, and how blocks hold frames. */
import { elementsIn, readFloat, readUnsigned, readVint } from "./ebml";

const AUDIO = 2;
const HEADER_STRIPPING = 3;

export interface MatroskaTrack {
  number: number;
  codec: string;
  codecPrivate: Uint8Array;
  /** Nanoseconds of sound at the start that are not music. */
  codecDelay: number;
  /** Bytes that were taken off every frame's beginning. */
  stripped: Uint8Array;
  /** Frames are compressed or encrypted in a way that is not known here. */
  isEncoded: boolean;
  sampleRate: number;
  channels: number;
  bitDepth: number;
}

export interface MatroskaInfo {
  /** Nanoseconds of one step of time. */
  scale: number;
  /** Seconds; null when the file does not say. */
  duration: number | null;
}

export function parseInfo(bytes: Uint8Array): MatroskaInfo {
  let scale = 1_000_000;
  let duration = 0;
  for (const { id, content } of elementsIn(bytes)) {
    if (id === 0x2ad7b1) scale = readUnsigned(content) || scale;
    else if (id === 0x4489) duration = readFloat(content);
  }
  const seconds = (duration * scale) / 1e9;
  return { scale, duration: seconds > 0 && seconds < Infinity ? seconds : null };
}

/** The tracks of sound, in the file's order. */
export function parseTracks(bytes: Uint8Array): MatroskaTrack[] {
  const tracks: MatroskaTrack[] = [];
  for (const { id, content } of elementsIn(bytes)) {
    const track = id === 0xae ? parseTrack(content) : null;
    if (track) tracks.push(track);
  }
  return tracks;
}

function parseTrack(bytes: Uint8Array): MatroskaTrack | null {
  const nothing = new Uint8Array(0);
  const track: MatroskaTrack = {
    number: 0,
    codec: "",
    codecPrivate: nothing,
    codecDelay: 0,
    stripped: nothing,
    isEncoded: false,
    sampleRate: 8000,
    channels: 1,
    bitDepth: 0,
  };
  let type = 0;
  for (const { id, content } of elementsIn(bytes)) {
    if (id === 0x83) type = readUnsigned(content);
    else if (id === 0xd7) track.number = readUnsigned(content);
    else if (id === 0x86) track.codec = String.fromCharCode(...content.subarray(0, 64)).replace(/\0+$/, "");
    else if (id === 0x63a2) track.codecPrivate = content.slice();
    else if (id === 0x56aa) track.codecDelay = readUnsigned(content);
    else if (id === 0x6d80) readEncodings(content, track);
    else if (id === 0xe1) readAudio(content, track);
  }
  return type === AUDIO ? track : null;
}

function readAudio(bytes: Uint8Array, track: MatroskaTrack): void {
  for (const { id, content } of elementsIn(bytes)) {
    if (id === 0xb5) track.sampleRate = Math.round(readFloat(content));
    else if (id === 0x9f) track.channels = readUnsigned(content);
    else if (id === 0x6264) track.bitDepth = readUnsigned(content);
  }
}

function readEncodings(bytes: Uint8Array, track: MatroskaTrack): void {
  for (const encoding of elementsIn(bytes)) {
    for (const { id, content } of elementsIn(encoding.content)) {
      if (id === 0x5035) track.isEncoded = true;
      else if (id === 0x5034) readCompression(content, track);
    }
  }
}

function readCompression(bytes: Uint8Array, track: MatroskaTrack): void {
  let algorithm = 0;
  for (const { id, content } of elementsIn(bytes)) {
    if (id === 0x4254) algorithm = readUnsigned(content);
    else if (id === 0x4255) track.stripped = content.slice();
  }
  if (algorithm !== HEADER_STRIPPING) track.isEncoded = true;
}

export interface MatroskaBlock {
  track: number;
  /** Steps of time since the cluster's. */
  time: number;
  frames: Uint8Array[];
}

/** The frames in a block; null when it makes no sense. */
export function parseBlock(bytes: Uint8Array): MatroskaBlock | null {
  const track = readVint(bytes, 0);
  if (track?.value === null || !track || bytes.length < track.next + 3) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const time = view.getInt16(track.next);
  const lacing = (view.getUint8(track.next + 2) >> 1) & 3;
  const frames = splitLaces(bytes.subarray(track.next + 3), lacing);
  return frames && { track: track.value, time, frames };
}

/** `lacing`: 0 none, 1 as in Ogg, 2 all of one size, 3 by differences. */
function splitLaces(bytes: Uint8Array, lacing: number): Uint8Array[] | null {
  if (lacing === 0) return [bytes];
  const count = (bytes[0] ?? 0) + 1;
  if (lacing === 2) {
    const size = (bytes.length - 1) / count;
    if (!Number.isInteger(size)) return null;
    return Array.from({ length: count }, (_, i) => bytes.subarray(1 + i * size, 1 + (i + 1) * size));
  }
  const laces = lacing === 1 ? xiphSizes(bytes, 1, count - 1) : ebmlSizes(bytes, 1, count - 1);
  if (!laces) return null;
  let at = laces.next;
  const frames: Uint8Array[] = [];
  for (const size of laces.sizes) {
    frames.push(bytes.subarray(at, at + size));
    at += size;
  }
  if (at > bytes.length) return null;
  return [...frames, bytes.subarray(at)];
}

/** Sizes as sums of bytes, of which those of 255 go on; the last size is not written. */
export function xiphSizes(
  bytes: Uint8Array,
  start: number,
  count: number,
): { sizes: number[]; next: number } | null {
  const sizes: number[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    let size = 0;
    while (bytes[at] === 255) {
      size += 255;
      at++;
    }
    if (at >= bytes.length) return null;
    size += bytes[at++] ?? 0;
    sizes.push(size);
  }
  return { sizes, next: at };
}

function ebmlSizes(
  bytes: Uint8Array,
  start: number,
  count: number,
): { sizes: number[]; next: number } | null {
  const sizes: number[] = [];
  let at = start;
  let size = 0;
  for (let i = 0; i < count; i++) {
    const number = readVint(bytes, at);
    if (!number || number.value === null) return null;
    // All but the first are differences, moved up so that they have no sign.
    size = i === 0 ? number.value : size + number.value - (2 ** (7 * (number.next - at) - 1) - 1);
    if (size < 0) return null;
    sizes.push(size);
    at = number.next;
  }
  return { sizes, next: at };
}
