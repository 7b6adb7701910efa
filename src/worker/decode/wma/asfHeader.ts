/**
 * The header of an ASF file (Advanced Systems Format 1.2, chapters 2 to 5): which stream is audio, how it is
 * encoded, and how the packets behind it are cut.
 */
import { AudioFailure } from "../../AudioFailure";
import type { FileSource } from "../../FileSource";
import { viewOf } from "../readBytes";

const FILE_PROPERTIES = "a1dcab8c47a9cf118ee400c00c205365";
const STREAM_PROPERTIES = "9107dcb7b7a9cf118ee600c00c205365";
const HEADER_EXTENSION = "b503bf5f2ea9cf118ee300c00c205365";
const EXTENDED_STREAM = "cba5e61472c632439399a96952065b5a";
const AUDIO = "409e69f84d5bcf11a8fd00805f5c442b";
const DATA = "3626b2758e66cf11a6d900aa0062ce6c";
const ENCRYPTION = "fbb3112223bdd211b4b700a0c955fc6e";
const EXTENDED_ENCRYPTION = "14e68a292226174cb935dae07ee9289c";

const MAX_HEADER_BYTES = 16 * 1024 * 1024;
const MAX_PACKET_BYTES = 1024 * 1024;
const MAX_DEPTH = 3;

export interface AsfAudio {
  stream: number;
  formatTag: number;
  channels: number;
  sampleRate: number;
  bytesPerSecond: number;
  blockAlign: number;
  bitsPerSample: number;
  extra: Uint8Array;
  /** Over how many packets a unit's parts are spread; 1 for none. */
  span: number;
}

export interface AsfHeader {
  audio: AsfAudio;
  packetBytes: number;
  /** Seconds; 0 when the file does not say. */
  duration: number;
  dataStart: number;
  /** Position behind the last packet as the header promises it; null when it leaves the length open. */
  dataEnd: number | null;
}

interface Found {
  audio: AsfAudio | null;
  packetBytes: number;
  duration: number;
  isEncrypted: boolean;
}

export async function readAsfHeader(source: FileSource, start: number): Promise<AsfHeader> {
  const head = await source.read(start, 30);
  const headerBytes = head.length < 30 ? 0 : Number(viewOf(head).getBigUint64(16, true));
  if (headerBytes < 30 || headerBytes > MAX_HEADER_BYTES || start + headerBytes > source.size) {
    throw corrupt("ends within its header");
  }
  const found: Found = { audio: null, packetBytes: 0, duration: 0, isEncrypted: false };
  readObjects(await source.read(start + 30, headerBytes - 30), found, 0);
  if (found.isEncrypted) {
    throw new AudioFailure(
      "unsupportedCodec",
      "The file is protected against copying (DRM), so it can't be decoded. Get an unprotected copy.",
    );
  }
  if (!found.audio) throw corrupt("has no usable description of its audio");
  if (found.packetBytes === 0) throw corrupt("does not say how it is cut into packets");
  const dataObject = start + headerBytes;
  const data = await source.read(dataObject, 50);
  if (data.length < 50 || idAt(data, 0) !== DATA) throw corrupt("has no audio behind its header");
  const dataBytes = Number(viewOf(data).getBigUint64(16, true));
  const { audio, packetBytes, duration } = found;
  const dataEnd = dataBytes > 50 ? dataObject + dataBytes : null;
  return { audio, packetBytes, duration, dataStart: dataObject + 50, dataEnd };
}

function corrupt(what: string): AudioFailure {
  return new AudioFailure("corrupt", `The WMA file ${what}. Copy or download it again.`);
}

function readObjects(bytes: Uint8Array, found: Found, depth: number): void {
  let at = 0;
  while (at + 24 <= bytes.length && depth <= MAX_DEPTH) {
    const size = Number(viewOf(bytes).getBigUint64(at + 16, true));
    if (size < 24) break;
    const body = bytes.subarray(at + 24, Math.min(bytes.length, at + size));
    readObject(idAt(bytes, at), body, found, depth);
    at += size;
  }
}

function readObject(id: string, body: Uint8Array, found: Found, depth: number): void {
  switch (id) {
    case FILE_PROPERTIES:
      readFileProperties(body, found);
      break;
    case STREAM_PROPERTIES:
      found.audio ??= parseStream(body);
      break;
    case HEADER_EXTENSION:
      readObjects(body.subarray(22), found, depth + 1);
      break;
    case EXTENDED_STREAM:
      readObjects(body.subarray(extendedStreamBytes(body)), found, depth + 1);
      break;
    case ENCRYPTION:
    case EXTENDED_ENCRYPTION:
      found.isEncrypted = true;
  }
}

function readFileProperties(body: Uint8Array, found: Found): void {
  if (body.length < 80) return;
  const view = viewOf(body);
  // 100 ns, with the time before playing starts in it, which is given in ms.
  const playTime = Number(view.getBigUint64(40, true)) / 1e7;
  found.duration = Math.max(0, playTime - Number(view.getBigUint64(56, true)) / 1000);
  const [smallest, largest] = [view.getUint32(68, true), view.getUint32(72, true)];
  if (smallest === largest && largest > 16 && largest <= MAX_PACKET_BYTES) found.packetBytes = largest;
}

function parseStream(body: Uint8Array): AsfAudio | null {
  if (body.length < 72 || idAt(body, 0) !== AUDIO) return null;
  const view = viewOf(body);
  const extraBytes = view.getUint16(70, true);
  const channels = view.getUint16(56, true);
  const sampleRate = view.getUint32(58, true);
  const blockAlign = view.getUint16(66, true);
  const isSane =
    channels >= 1 && channels <= 8 && sampleRate >= 1000 && sampleRate <= 384000 && blockAlign > 0;
  if (!isSane) return null;
  const correction = 54 + view.getUint32(40, true);
  const span = correction < body.length ? view.getUint8(correction) : 1;
  return {
    stream: view.getUint16(48, true) & 0x7f,
    formatTag: view.getUint16(54, true),
    channels,
    sampleRate,
    bytesPerSecond: view.getUint32(62, true),
    blockAlign,
    bitsPerSample: view.getUint16(68, true),
    extra: body.slice(72, 72 + extraBytes),
    span,
  };
}

/** An extended description of a stream holds names and systems before the description proper. */
function extendedStreamBytes(body: Uint8Array): number {
  if (body.length < 64) return body.length;
  const view = viewOf(body);
  let at = 64;
  for (let i = view.getUint16(60, true); i > 0 && at + 4 <= body.length; i--) {
    at += 4 + view.getUint16(at + 2, true);
  }
  for (let i = view.getUint16(62, true); i > 0 && at + 22 <= body.length; i--) {
    at += 22 + view.getUint32(at + 18, true);
  }
  return at;
}

function idAt(bytes: Uint8Array, at: number): string {
  return Array.from(bytes.subarray(at, at + 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
