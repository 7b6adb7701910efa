/**
 * Uncompressed samples that lie in one piece of a file, read block by block: what the containers of PCM have
 * in common once their headers are understood.
 */
import { Buffer } from "node:buffer";
import type { FileSource } from "../../FileSource";
import { MAX_BLOCK_FRAMES, type Account, type AudioBlock } from "../stream";
import type { SampleReader } from "./wavSamples";

const BLOCK_BYTES = 256 * 1024;

export interface PcmPlace {
  channels: number;
  bytesPerSample: number;
  /** Position of the first sample's first byte. */
  dataStart: number;
  /** Bytes that are there. */
  dataBytes: number;
}

/** Makes of a container's bytes, in place, what the readers of WAV's samples take. */
export type ByteChange = (bytes: Uint8Array) => void;

/** Gives all whole frames and counts them. `change` is for other byte orders than WAV's. */
export async function* readPcmBlocks(
  source: FileSource,
  place: PcmPlace,
  read: SampleReader,
  account: Account,
  change: ByteChange | null = null,
): AsyncGenerator<AudioBlock> {
  const frameBytes = place.bytesPerSample * place.channels;
  const frames = Math.max(1, Math.min(MAX_BLOCK_FRAMES, Math.floor(BLOCK_BYTES / frameBytes)));
  // Whole elements of every width, so that typed arrays of the widest sample fit over it.
  const bytes = new Uint8Array(Math.ceil((frames * frameBytes) / 8) * 8);
  const channels = Array.from({ length: place.channels }, () => new Float32Array(frames));
  const total = Math.floor(place.dataBytes / frameBytes);
  while (account.decodedSamples < total) {
    const wanted = Math.min(frames, total - account.decodedSamples);
    const position = place.dataStart + account.decodedSamples * frameBytes;
    const got = await source.fill(position, bytes.subarray(0, wanted * frameBytes));
    const length = Math.floor(got / frameBytes);
    // Shorter than it was when it was opened.
    if (length === 0) break;
    change?.(bytes.subarray(0, length * frameBytes));
    read(bytes.buffer, length, channels);
    account.decodedSamples += length;
    account.audioBytes += length * frameBytes;
    yield { channels, length };
  }
  account.endsEarly = account.decodedSamples < (account.promisedSamples ?? total);
}

/** From big-endian samples of so many bytes; null where there is nothing to change. */
export function swapBytes(bytesPerSample: number): ByteChange | null {
  switch (bytesPerSample) {
    case 2:
      return (bytes) => bufferOver(bytes).swap16();
    case 3:
      return swapTriples;
    case 4:
      return (bytes) => bufferOver(bytes).swap32();
    case 8:
      return (bytes) => bufferOver(bytes).swap64();
    default:
      return null;
  }
}

/** From signed 8-bit samples to WAV's unsigned ones. */
export function offsetBytes(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) bytes[i] = (bytes[i] ?? 0) ^ 0x80;
}

function swapTriples(bytes: Uint8Array): void {
  for (let i = 0; i + 2 < bytes.length; i += 3) {
    const first = bytes[i] ?? 0;
    bytes[i] = bytes[i + 2] ?? 0;
    bytes[i + 2] = first;
  }
}

function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
