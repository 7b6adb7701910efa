/**
 * Apple's Core Audio Format (Core Audio Format Specification 1.0): linear PCM, A-law and µ-law as they lie in
 * the file, and AAC and ALAC in packets.
 */
import { AudioFailure } from "../../AudioFailure";
import type { FileSource } from "../../FileSource";
import { openUnits, readTable, readUnits } from "./cafPackets";
import { offsetBytes, readPcmBlocks, swapBytes, type PcmPlace } from "../pcm/pcmBlocks";
import { FAAD2, OWN } from "../decoderSources";
import { Account, MAX_CHANNELS, MAX_SAMPLE_RATE, type AudioDecoder, type DecodedStream } from "../stream";
import { sampleReader, type SampleEncoding } from "../pcm/wavSamples";
import { viewOf } from "../readBytes";

const DESCRIPTION_BYTES = 32;
const MAX_COOKIE_BYTES = 64 * 1024;
const IS_FLOAT = 1;
const IS_LITTLE_ENDIAN = 2;

interface CafDescription {
  sampleRate: number;
  codec: string;
  flags: number;
  bytesPerPacket: number;
  channels: number;
  bitDepth: number;
}

const FOREIGN: Partial<Record<string, string>> = {
  ima4: "IMA ADPCM",
  ".mp3": "MP3",
  opus: "Opus",
};

export const caf: AudioDecoder = {
  id: "caf",
  signatures: [[{ text: "caff\0\x01" }]],
  decoders: [OWN, FAAD2],
  async open(source, start): Promise<DecodedStream> {
    const file = await readChunks(source, start);
    const { codec } = file.description;
    return codec === "alac" || codec === "aac " ? openPackets(source, file) : openPcm(source, file);
  },
};

function openPcm(source: FileSource, { description, dataStart, dataSize }: CafFile): DecodedStream {
  const { sampleRate, channels, bitDepth, flags } = description;
  const { encoding, codec } = encodingOf(description);
  const isLinear = encoding === "integer" || encoding === "float";
  const bytesPerSample = isLinear ? description.bytesPerPacket / channels : 1;
  const read = sampleReader(encoding, bytesPerSample);
  if (!read) throw unsupported(`samples of ${bitDepth} bits`);
  const available = source.size - dataStart;
  const frameBytes = bytesPerSample * channels;
  const account = new Account(sampleRate);
  if (dataSize !== null) account.promisedSamples = Math.floor(dataSize / frameBytes);
  const dataBytes = Math.min(dataSize ?? available, available);
  const place: PcmPlace = { channels, bytesPerSample, dataStart, dataBytes };
  const swap = flags & IS_LITTLE_ENDIAN ? null : swapBytes(bytesPerSample);
  const change = encoding === "integer" && bytesPerSample === 1 ? offsetBytes : swap;
  return {
    format: {
      container: "CAF",
      codec,
      lossless: isLinear,
      sampleRate,
      channels,
      bitDepth: bitDepth === 0 ? bytesPerSample * 8 : bitDepth,
    },
    blocks: () => readPcmBlocks(source, place, read, account, change),
    summary: () => account.summary(),
    close: () => undefined,
  };
}

async function openPackets(source: FileSource, file: CafFile): Promise<DecodedStream> {
  const { description, dataStart, cookie, tablePlace } = file;
  const { codec, bytesPerPacket } = description;
  const table = tablePlace && (await readTable(source, tablePlace.start, tablePlace.size, bytesPerPacket));
  const decoder = cookie && table ? await openUnits(source, codec, cookie, table, dataStart) : null;
  if (!decoder || !table) {
    throw new AudioFailure(
      "corrupt",
      "The CAF file's description of its packets is missing or broken. Export or copy it again.",
    );
  }
  const account = new Account(decoder.format.sampleRate);
  account.promisedSamples = table.validFrames;
  return {
    format: decoder.format,
    blocks: () => readUnits(source, table, dataStart, decoder, account),
    summary: () => account.summary(),
    close: () => {
      decoder.free();
    },
  };
}

function encodingOf({ codec, flags }: CafDescription): { encoding: SampleEncoding; codec: string } {
  switch (codec) {
    case "lpcm":
      return flags & IS_FLOAT
        ? { encoding: "float", codec: "PCM float" }
        : { encoding: "integer", codec: "PCM" };
    case "alaw":
      return { encoding: "aLaw", codec: "A-law" };
    case "ulaw":
      return { encoding: "muLaw", codec: "µ-law" };
    default:
      throw unsupported(FOREIGN[codec] ?? `"${codec.trim()}"`);
  }
}

function unsupported(what: string): AudioFailure {
  return new AudioFailure(
    "unsupportedCodec",
    `The CAF file holds ${what}, which can't be decoded. Convert it to FLAC or WAV.`,
  );
}

interface CafFile {
  description: CafDescription;
  dataStart: number;
  /** Bytes of the samples; null when it is left open. */
  dataSize: number | null;
  /** How the codec was set up; null for PCM. */
  cookie: Uint8Array | null;
  /** Where the packet table is; null for PCM. */
  tablePlace: { start: number; size: number } | null;
}

async function readChunks(source: FileSource, start: number): Promise<CafFile> {
  let description: CafDescription | null = null;
  let data: Pick<CafFile, "dataStart" | "dataSize"> | null = null;
  const packets: Pick<CafFile, "cookie" | "tablePlace"> = { cookie: null, tablePlace: null };
  let position = start + 8;
  while (position + 12 <= source.size) {
    const head = await source.readAside(position, 12);
    const id = String.fromCharCode(...head.subarray(0, 4));
    const size = Number(viewOf(head).getBigInt64(4));
    const body = position + 12;
    if (id === "desc") description = parseDescription(await source.readAside(body, DESCRIPTION_BYTES));
    else if (id === "kuki") packets.cookie = await source.readAside(body, Math.min(size, MAX_COOKIE_BYTES));
    else if (id === "pakt") packets.tablePlace = { start: body, size };
    // Four bytes of an edit count stand before the samples; −1 means "up to the end of the file".
    else if (id === "data") data = { dataStart: body + 4, dataSize: size < 4 ? null : size - 4 };
    if (size < 0) break;
    position = body + size;
  }
  if (description && data) return { description, ...data, ...packets };
  throw new AudioFailure(
    "corrupt",
    description
      ? "The CAF file's samples are missing. Export or copy it again."
      : "The CAF file has no usable description, so its samples can't be understood. Export or copy it again.",
  );
}

function parseDescription(bytes: Uint8Array): CafDescription {
  if (bytes.length < DESCRIPTION_BYTES) {
    throw new AudioFailure("corrupt", "The CAF file ends within its header. Export or copy it again.");
  }
  const view = viewOf(bytes);
  const sampleRate = Math.round(view.getFloat64(0));
  const channels = view.getUint32(24);
  const isRateSane = sampleRate >= 1 && sampleRate <= MAX_SAMPLE_RATE;
  if (channels < 1 || channels > MAX_CHANNELS || !isRateSane) {
    throw new AudioFailure(
      "corrupt",
      `The CAF header says ${channels} channels at ${sampleRate} Hz, which can't be right. Export the file again.`,
    );
  }
  const codec = String.fromCharCode(...bytes.subarray(8, 12));
  const [flags, bytesPerPacket, bitDepth] = [view.getUint32(12), view.getUint32(16), view.getUint32(28)];
  return { sampleRate, codec, flags, bytesPerPacket, channels, bitDepth };
}
