/**
 * True Audio (TTA1): the seek table gives us the frames, of about a second each, and the package decodes them
 * one by one.
 */
import type { decoder } from "@audio/decode-tta";
import { AudioFailure } from "../../AudioFailure";
import type { FileSource } from "../../FileSource";
import { runDecoder } from "../runDecoder";
import { TTA } from "../decoderSources";
import { Account, splitBlock, type AudioBlock, type AudioDecoder, type DecodedStream } from "../stream";

const HEADER_BYTES = 22;
const MAX_CHANNELS = 16;
const MAX_SAMPLE_RATE = 0x7fffff;

interface TtaHeader {
  channels: number;
  bitDepth: number;
  sampleRate: number;
  samples: number;
  frameSamples: number;
  frames: number;
}

type Decoder = ReturnType<typeof decoder>;

export const tta: AudioDecoder = {
  id: "tta",
  signatures: [[{ text: "TTA1" }]],
  decoders: [TTA],
  async open(source, start): Promise<DecodedStream> {
    const header = parseHeader(await source.read(start, HEADER_BYTES));
    const tableBytes = 4 * header.frames + 4;
    const table = await source.read(start + HEADER_BYTES, tableBytes);
    if (table.length < tableBytes) throw corrupt("ends within its header");
    const { decoder: createDecoder } = await import("@audio/decode-tta");
    const decoder = createDecoder();
    startDecoder(decoder, await source.read(start, HEADER_BYTES + tableBytes));
    const view = new DataView(table.buffer, table.byteOffset);
    const lengths = Array.from({ length: header.frames }, (_, i) => view.getUint32(4 * i, true));
    const account = new Account(header.sampleRate);
    account.promisedSamples = header.samples;
    const dataStart = start + HEADER_BYTES + tableBytes;
    return {
      format: {
        container: "TTA",
        codec: "TTA",
        lossless: true,
        sampleRate: header.sampleRate,
        channels: header.channels,
        bitDepth: header.bitDepth,
      },
      blocks: () => readFrames(source, dataStart, lengths, header, decoder, account),
      summary: () => account.summary(),
      close: () => {
        decoder.free();
      },
    };
  },
};

function parseHeader(bytes: Uint8Array): TtaHeader {
  if (bytes.length < HEADER_BYTES) throw corrupt("ends within its header");
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const encoding = view.getUint16(4, true);
  const channels = view.getUint16(6, true);
  const bitDepth = view.getUint16(8, true);
  const sampleRate = view.getUint32(10, true);
  const samples = view.getUint32(14, true);
  if (encoding === 2) throw unsupported("is encrypted");
  const isSane =
    channels >= 1 && channels <= MAX_CHANNELS && sampleRate >= 8 && sampleRate <= MAX_SAMPLE_RATE;
  if (!isSane) throw corrupt("has a header that can't be right");
  if (encoding !== 1 || bitDepth < 8 || bitDepth > 24) throw unsupported(`holds samples of ${bitDepth} bits`);
  if (samples === 0) {
    throw new AudioFailure("empty", "The TTA file has a header but no samples. Copy or download it again.");
  }
  const frameSamples = Math.floor((sampleRate * 256) / 245);
  return { channels, bitDepth, sampleRate, samples, frameSamples, frames: Math.ceil(samples / frameSamples) };
}

function unsupported(what: string): AudioFailure {
  return new AudioFailure(
    "unsupportedCodec",
    `The TTA file ${what}, which can't be decoded. Convert it to FLAC.`,
  );
}

function corrupt(what: string, cause?: unknown): AudioFailure {
  return new AudioFailure("corrupt", `The TTA file ${what}. Copy or download it again.`, cause);
}

/** Hands over header and seek table; the package throws when a check sum of these is wrong. */
function startDecoder(decoder: Decoder, head: Uint8Array): void {
  try {
    decoder.decode(head);
  } catch (error) {
    throw corrupt("has a damaged header", error);
  }
}

async function* readFrames(
  source: FileSource,
  dataStart: number,
  lengths: number[],
  header: TtaHeader,
  decoder: Decoder,
  account: Account,
): AsyncGenerator<AudioBlock> {
  let position = dataStart;
  for (const [i, length] of lengths.entries()) {
    const expected = Math.min(header.frameSamples, header.samples - i * header.frameSamples);
    if (position + length > source.size) break;
    const frame = await source.read(position, length);
    if (frame.length < length) break;
    position += length;
    account.audioBytes += length;
    const decoded = runDecoder(() => decoder.decode(frame));
    if (!decoded) break;
    const channels = decoded.channelData;
    const samples = channels[0]?.length ?? 0;
    if (samples < expected) {
      account.noteDamage();
      account.lostSamples += expected - samples;
    }
    for (const channel of channels) rescale(channel, header.bitDepth);
    account.decodedSamples += samples;
    yield* splitBlock(channels, samples);
  }
  account.endsEarly = account.decodedSamples + account.lostSamples < header.samples;
}

/**
 * The package divides positive samples by 2^(n−1) − 1. Back to whole numbers and divided by 2^(n−1) as
 * everywhere else, all are exact.
 */
function rescale(samples: Float32Array, bitDepth: number): void {
  const fullScale = 2 ** (8 * Math.ceil(bitDepth / 8) - 1);
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] ?? 0;
    if (value > 0) samples[i] = ((value * (fullScale - 1) + 0.5) | 0) / fullScale;
  }
}
