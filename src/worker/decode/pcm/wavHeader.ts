/**
 * Finds format and samples in a WAV file (RIFF, and RF64/BW64 with 64-bit sizes of EBU Tech 3306 and ITU-R
 * BS.2088). Sizes in the header are claims: they are held against the file's real size and never trusted
 * for an allocation.
 */
import type { FileSource } from "../../FileSource";
import { AudioFailure } from "../../AudioFailure";
import type { SampleEncoding } from "./wavSamples";
import { ascii, viewOf } from "../readBytes";

export interface WavHeader {
  encoding: SampleEncoding;
  codec: string;
  channels: number;
  sampleRate: number;
  bitDepth: number;
  bytesPerSample: number;
  /** Where the channels stand; null when the header does not say. */
  channelMask: number | null;
  /** Position of the first sample's first byte. */
  dataStart: number;
  /** Bytes that are there. */
  dataBytes: number;
  /** Bytes that the header promises; null when it leaves the length open, as programs do that stream. */
  promisedBytes: number | null;
}

interface WavFormat extends Pick<
  WavHeader,
  "encoding" | "codec" | "channels" | "sampleRate" | "bitDepth" | "bytesPerSample" | "channelMask"
> {
  blockAlign: number;
}

const UNKNOWN_SIZE = 0xffffffff;

const ENCODINGS: Partial<Record<number, { encoding: SampleEncoding; codec: string }>> = {
  0x0001: { encoding: "integer", codec: "PCM" },
  0x0003: { encoding: "float", codec: "PCM float" },
  0x0006: { encoding: "aLaw", codec: "A-law" },
  0x0007: { encoding: "muLaw", codec: "µ-law" },
};

const FOREIGN_TAGS: Partial<Record<number, string>> = {
  0x0002: "Microsoft ADPCM",
  0x0011: "IMA ADPCM",
  0x0031: "GSM 6.10",
  0x0050: "MPEG layer II",
  0x0055: "MP3",
  0x0161: "WMA",
  0x2000: "AC-3",
  0x2001: "DTS",
};

export async function readWavHeader(source: FileSource): Promise<WavHeader> {
  const form = ascii(await source.read(0, 4), 0);
  let position = 12;
  let format: WavFormat | null = null;
  let longDataSize: number | null = null;
  while (position + 8 <= source.size) {
    const head = await source.read(position, 8);
    const id = ascii(head, 0);
    const size = viewOf(head).getUint32(4, true);
    if (id === "ds64" && form !== "RIFF") longDataSize = await readLongDataSize(source, position + 8, size);
    else if (id === "fmt ") format = readFormat(await source.read(position + 8, Math.min(size, 40)));
    else if (id === "data" && format) return locateData(source, format, position + 8, size, longDataSize);
    position = await nextChunk(source, position + 8 + size);
  }
  throw new AudioFailure(
    "corrupt",
    format
      ? "The WAV file has no data chunk: its samples are missing. Export or copy it again."
      : "The WAV file has no usable format chunk, so its samples can't be understood. Export or copy it again.",
  );
}

function readFormat(bytes: Uint8Array): WavFormat {
  if (bytes.length < 16) {
    throw new AudioFailure("corrupt", "The WAV file ends within its header. Export or copy it again.");
  }
  const view = viewOf(bytes);
  let tag = view.getUint16(0, true);
  const channels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const bits = view.getUint16(14, true);
  let bitDepth = bits;
  let channelMask: number | null = null;
  if (tag === 0xfffe && bytes.length >= 26) {
    bitDepth = view.getUint16(18, true) || bits;
    channelMask = view.getUint32(20, true) || null;
    tag = view.getUint16(24, true);
  }
  const known = ENCODINGS[tag];
  if (!known) {
    const name = FOREIGN_TAGS[tag] ?? `format 0x${tag.toString(16).padStart(4, "0")}`;
    throw new AudioFailure(
      "unsupportedCodec",
      `The WAV file holds ${name}, which can't be decoded. Convert it to PCM or FLAC.`,
    );
  }
  if (channels === 0 || sampleRate === 0) {
    throw new AudioFailure(
      "corrupt",
      `The WAV header says ${channels} channels at ${sampleRate} Hz, which can't be right. Export the file again.`,
    );
  }
  const blockAlign = view.getUint16(12, true);
  const fits = blockAlign > 0 && blockAlign % channels === 0 && blockAlign / channels >= bits / 8;
  const bytesPerSample = fits ? blockAlign / channels : Math.ceil(bits / 8);
  if (bitDepth > bytesPerSample * 8) bitDepth = bytesPerSample * 8;
  return {
    ...known,
    channels,
    channelMask,
    sampleRate,
    bitDepth,
    bytesPerSample,
    blockAlign: bytesPerSample * channels,
  };
}

async function locateData(
  source: FileSource,
  format: WavFormat,
  dataStart: number,
  size: number,
  longDataSize: number | null,
): Promise<WavHeader> {
  const available = source.size - dataStart;
  let promisedBytes: number | null = size === UNKNOWN_SIZE ? longDataSize : size;
  // A size of 0 is what a streaming program leaves behind, if samples and not another chunk follow it.
  if (promisedBytes === 0 && available >= format.blockAlign && !(await isChunkAt(source, dataStart))) {
    promisedBytes = null;
  }
  const dataBytes = Math.min(promisedBytes ?? available, available);
  if (dataBytes < format.blockAlign) {
    throw new AudioFailure("empty", "The WAV file has a header but no samples. Export or copy it again.");
  }
  return { ...format, dataStart, dataBytes, promisedBytes };
}

/** Chunks start at even positions; some programs leave the padding byte out. */
async function nextChunk(source: FileSource, end: number): Promise<number> {
  if (end % 2 === 0) return end;
  const padded = await isChunkAt(source, end + 1);
  return !padded && (await isChunkAt(source, end)) ? end : end + 1;
}

async function isChunkAt(source: FileSource, position: number): Promise<boolean> {
  const head = await source.read(position, 8);
  if (head.length < 8 || !/^[A-Za-z][A-Za-z0-9 _]{3}$/.test(ascii(head, 0))) return false;
  return position + 8 + viewOf(head).getUint32(4, true) <= source.size;
}

async function readLongDataSize(source: FileSource, position: number, size: number): Promise<number | null> {
  const bytes = await source.read(position, Math.min(size, 16));
  return bytes.length < 16 ? null : Number(viewOf(bytes).getBigUint64(8, true));
}
