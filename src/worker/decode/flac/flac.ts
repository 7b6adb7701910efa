/** FLAC in its native container. */
import { AudioFailure } from "../../AudioFailure";
import type { FileSource } from "../../FileSource";
import { ByteCursor } from "../ByteCursor";
import { FlacFrameDecoder } from "./flacDecoder";
import { FlacFrameReader, type FlacFrame } from "./FlacFrameReader";
import { parseStreamInfo, STREAMINFO_BYTES, type FlacFrameHeader, type FlacStreamInfo } from "./flacFrames";
import { FLAC } from "../decoderSources";
import {
  Account,
  MAX_BLOCK_FRAMES,
  splitBlock,
  type AudioBlock,
  type AudioDecoder,
  type DecodedStream,
} from "../stream";

const MARKER_BYTES = 4;
const BLOCK_HEADER_BYTES = 4;
const STREAMINFO = 0;
const INVALID = 127;

export const flac: AudioDecoder = {
  id: "flac",
  signatures: [[{ text: "fLaC" }]],
  decoders: [FLAC],
  async open(source, start): Promise<DecodedStream> {
    const { info, audioStart } = await readMetadata(source, start + MARKER_BYTES);
    const reader = new FlacFrameReader(new ByteCursor(source, audioStart));
    const first = await reader.next();
    const sampleRate = first?.header.sampleRate ?? info?.sampleRate;
    const bitDepth = first?.header.bitDepth ?? info?.bitDepth;
    if (!first || !sampleRate || !bitDepth) {
      throw new AudioFailure(
        "corrupt",
        "The FLAC file has no frame that can be decoded. Copy or download it again.",
      );
    }
    const account = new Account(sampleRate);
    account.promisedSamples = info?.totalSamples ?? null;
    // Frames carry a checksum and STREAMINFO none: they are believed, but something was done to this file.
    if (info && contradicts(info, first.header)) account.noteDamage(0);
    const decoder = await FlacFrameDecoder.create();
    const stream = new FlacStream(reader, first, decoder, account);
    return {
      format: {
        container: "FLAC",
        codec: "FLAC",
        lossless: true,
        sampleRate,
        channels: first.header.channels,
        bitDepth,
      },
      blocks: () => stream.blocks(),
      summary: () => account.summary(),
      close: () => {
        decoder.free();
      },
    };
  },
};

/** Whether the header of the file says otherwise than the header of a frame that speaks for itself. */
function contradicts(info: FlacStreamInfo, { channels, sampleRate, bitDepth }: FlacFrameHeader): boolean {
  return (
    channels !== info.channels ||
    (sampleRate !== null && sampleRate !== info.sampleRate) ||
    (bitDepth !== null && bitDepth !== info.bitDepth)
  );
}

/** Follows the metadata blocks as far as their lengths make sense; the frames are searched for from there. */
async function readMetadata(
  source: FileSource,
  start: number,
): Promise<{ info: FlacStreamInfo | null; audioStart: number }> {
  let info: FlacStreamInfo | null = null;
  let audioStart = start;
  let position = start;
  while (position + BLOCK_HEADER_BYTES <= source.size) {
    const head = await source.read(position, BLOCK_HEADER_BYTES);
    const type = (head[0] ?? 0) & 0x7f;
    const length = ((head[1] ?? 0) << 16) | ((head[2] ?? 0) << 8) | (head[3] ?? 0);
    const body = position + BLOCK_HEADER_BYTES;
    if (type === INVALID || body + length > source.size) break;
    if (type === STREAMINFO) {
      info = parseStreamInfo(await source.read(body, STREAMINFO_BYTES));
      audioStart = body + STREAMINFO_BYTES;
    }
    position = body + length;
    if ((head[0] ?? 0) & 0x80) return { info, audioStart: position };
  }
  return { info, audioStart };
}

class FlacStream {
  readonly #reader: FlacFrameReader;
  readonly #decoder: FlacFrameDecoder;
  readonly #account: Account;
  #next: FlacFrame | null;

  constructor(reader: FlacFrameReader, first: FlacFrame, decoder: FlacFrameDecoder, account: Account) {
    this.#reader = reader;
    this.#next = first;
    this.#decoder = decoder;
    this.#account = account;
  }

  async *blocks(): AsyncGenerator<AudioBlock> {
    while (this.#next) {
      if (this.#next.lostBefore !== 0 && this.#account.decodedSamples > 0)
        this.#noteLoss(this.#next.lostBefore);
      const { frames, expected } = await this.#collect(this.#next);
      const decoded = await this.#decoder.decode(frames);
      if (!decoded) {
        this.#account.noteDamage();
        this.#account.endsEarly = true;
        break;
      }
      this.#account.decodedSamples += decoded.length;
      yield* splitBlock(decoded.channels, decoded.length);
      if (decoded.length < expected) this.#noteLoss(expected - decoded.length);
    }
    const { promisedSamples, decodedSamples, lostSamples } = this.#account;
    if (promisedSamples !== null && decodedSamples + lostSamples < promisedSamples)
      this.#account.endsEarly = true;
    if (promisedSamples !== null && decodedSamples > promisedSamples) this.#account.promisedSamples = null;
  }

  /** Frames that follow one another without a break, up to a block's length; leaves the next one waiting. */
  async #collect(first: FlacFrame): Promise<{ frames: Uint8Array[]; expected: number }> {
    const frames: Uint8Array[] = [];
    let expected = 0;
    let frame: FlacFrame | null = first;
    do {
      frames.push(frame.bytes);
      expected += frame.header.blockSize;
      this.#account.audioBytes += frame.bytes.length;
      frame = await this.#reader.next();
    } while (frame?.lostBefore === 0 && expected + frame.header.blockSize <= MAX_BLOCK_FRAMES);
    this.#next = frame;
    return { frames, expected };
  }

  #noteLoss(samples: number | null): void {
    this.#account.noteDamage();
    this.#account.lostSamples += samples ?? 0;
  }
}
