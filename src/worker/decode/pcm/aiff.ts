/**
 * AIFF and AIFF-C: our own reader, since PCM needs no library and this one streams. Sizes in the header are
 * claims: they are held against the file's real size and never trusted for an allocation.
 */
import { AudioFailure } from "../../AudioFailure";
import type { FileSource } from "../../FileSource";
import { offsetBytes, readPcmBlocks, swapBytes, type ByteChange, type PcmPlace } from "./pcmBlocks";
import { OWN } from "../decoderSources";
import { Account, MAX_CHANNELS, MAX_SAMPLE_RATE, type AudioDecoder, type DecodedStream } from "../stream";
import { sampleReader, type SampleEncoding } from "./wavSamples";
import { ascii, viewOf } from "../readBytes";

interface AiffFormat {
  channels: number;
  /** Frames that the header promises. */
  frames: number;
  bitDepth: number;
  sampleRate: number;
  /** Four characters; "NONE" in plain AIFF. */
  compression: string;
}

interface AiffEncoding {
  encoding: SampleEncoding;
  codec: string;
  /** Bytes, where the compression type and not the sample size gives them. */
  width?: number;
  isLittleEndian?: boolean;
  isUnsigned?: boolean;
}

const PCM: AiffEncoding = { encoding: "integer", codec: "PCM" };
const ENCODINGS: Partial<Record<string, AiffEncoding>> = {
  NONE: PCM,
  twos: PCM,
  sowt: { ...PCM, isLittleEndian: true },
  "raw ": { ...PCM, width: 1, isUnsigned: true },
  in24: { ...PCM, width: 3 },
  "42ni": { ...PCM, width: 3, isLittleEndian: true },
  in32: { ...PCM, width: 4 },
  "23ni": { ...PCM, width: 4, isLittleEndian: true },
  fl32: { encoding: "float", codec: "PCM float", width: 4 },
  FL32: { encoding: "float", codec: "PCM float", width: 4 },
  fl64: { encoding: "float", codec: "PCM float", width: 8 },
  FL64: { encoding: "float", codec: "PCM float", width: 8 },
  alaw: { encoding: "aLaw", codec: "A-law", width: 1 },
  ALAW: { encoding: "aLaw", codec: "A-law", width: 1 },
  ulaw: { encoding: "muLaw", codec: "µ-law", width: 1 },
  ULAW: { encoding: "muLaw", codec: "µ-law", width: 1 },
};

export const aiff: AudioDecoder = {
  id: "aiff",
  // "AIFF" or "AIFC"; with a byte of it broken, the rest will be too, and is said to be.
  signatures: [[{ text: "FORM" }, { text: "AI", at: 8 }]],
  decoders: [OWN],
  async open(source, start): Promise<DecodedStream> {
    const { format, dataStart, dataSize } = await readChunks(source, start);
    const { bitDepth, channels, sampleRate, compression } = format;
    const known = ENCODINGS[compression];
    const bytesPerSample = known?.width ?? Math.ceil(bitDepth / 8);
    const read = known && sampleReader(known.encoding, bytesPerSample);
    if (!known || !read) {
      throw new AudioFailure(
        "unsupportedCodec",
        `The AIFF file holds "${compression.trim()}" samples of ${bitDepth} bits, which can't be decoded. Convert it to PCM of 16 or 24 bits.`,
      );
    }
    const available = source.size - dataStart;
    const frameBytes = bytesPerSample * channels;
    const account = new Account(sampleRate);
    // Programs that stream leave the lengths at 0; where the two disagree, the frame count is only a claim too.
    const claimed = Math.floor(dataSize / frameBytes) || format.frames;
    account.promisedSamples = claimed > 0 ? claimed : null;
    const dataBytes = Math.min(claimed > 0 ? claimed * frameBytes : available, available);
    const place: PcmPlace = { channels, bytesPerSample, dataStart, dataBytes };
    return {
      format: {
        container: "AIFF",
        codec: known.codec,
        lossless: known.encoding === "integer" || known.encoding === "float",
        sampleRate,
        channels,
        bitDepth: known.encoding === "float" ? bytesPerSample * 8 : Math.min(bitDepth, bytesPerSample * 8),
      },
      blocks: () => readPcmBlocks(source, place, read, account, changeFor(known, bytesPerSample)),
      summary: () => account.summary(),
      close: () => undefined,
    };
  },
};

function changeFor(
  { encoding, isLittleEndian, isUnsigned }: AiffEncoding,
  bytesPerSample: number,
): ByteChange | null {
  if (bytesPerSample === 1) return encoding === "integer" && !isUnsigned ? offsetBytes : null;
  return isLittleEndian ? null : swapBytes(bytesPerSample);
}

/** The format chunk and the place of the samples, in whatever order they come. */
async function readChunks(
  source: FileSource,
  start: number,
): Promise<{ format: AiffFormat; dataStart: number; dataSize: number }> {
  const isCompressed = ascii(await source.read(start + 8, 4), 0) === "AIFC";
  let format: AiffFormat | null = null;
  let data: { dataStart: number; dataSize: number } | null = null;
  let position = start + 12;
  while (position + 8 <= source.size && !(format && data)) {
    const head = await source.read(position, 16);
    const view = viewOf(head);
    const id = ascii(head, 0);
    const size = view.getUint32(4);
    if (id === "COMM")
      format = parseFormat(await source.read(position + 8, Math.min(size, 22)), isCompressed);
    else if (id === "SSND" && head.length === 16) {
      const offset = view.getUint32(8);
      data = { dataStart: position + 16 + offset, dataSize: Math.max(0, size - 8 - offset) };
    }
    position += 8 + size + (size % 2);
  }
  if (!format) {
    throw new AudioFailure(
      "corrupt",
      "The AIFF file has no usable format chunk, so its samples can't be understood. Export or copy it again.",
    );
  }
  if (!data || data.dataStart >= source.size) throw missingSamples(format);
  return { format, ...data };
}

function missingSamples({ frames }: AiffFormat): AudioFailure {
  return frames > 0
    ? new AudioFailure("corrupt", "The AIFF file's samples are missing. Export or copy it again.")
    : new AudioFailure("empty", "The AIFF file has a header but no samples. Export or copy it again.");
}

function parseFormat(bytes: Uint8Array, isCompressed: boolean): AiffFormat {
  if (bytes.length < (isCompressed ? 22 : 18)) {
    throw new AudioFailure("corrupt", "The AIFF file's format chunk is too short. Export or copy it again.");
  }
  const view = viewOf(bytes);
  const channels = view.getUint16(0);
  const bitDepth = view.getUint16(6);
  const sampleRate = Math.round(readExtended(view, 8));
  const compression = isCompressed ? ascii(bytes, 18) : "NONE";
  const isRateSane = sampleRate >= 1 && sampleRate <= MAX_SAMPLE_RATE;
  if (channels < 1 || channels > MAX_CHANNELS || !isRateSane) {
    throw new AudioFailure(
      "corrupt",
      `The AIFF header says ${channels} channels at ${sampleRate} Hz, which can't be right. Export the file again.`,
    );
  }
  return { channels, frames: view.getUint32(2), bitDepth, sampleRate, compression };
}

/** An 80-bit extended float: one bit of sign, 15 of exponent, and a mantissa with its leading 1 written out. */
function readExtended(view: DataView, at: number): number {
  const exponent = view.getUint16(at) & 0x7fff;
  return (view.getUint32(at + 2) * 2 ** 32 + view.getUint32(at + 6)) * 2 ** (exponent - 16383 - 63);
}
