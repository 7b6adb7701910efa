/**
 * MP3 (and MPEG audio layers I and II). We cut the stream into frames ourselves, so that rubbish never
 * reaches the decoder, gaps are seen, and the encoder's silence is trimmed to the sample; mpg123 decodes.
 */
import type { MPEGDecoder } from "mpg123-decoder";
import { AudioFailure } from "../../AudioFailure";
import { ByteCursor } from "../ByteCursor";
import {
  HEADER_BYTES,
  id3v2Length,
  isSameStream,
  parseInfoFrame,
  parseMpegHeader,
  type InfoFrame,
  type MpegHeader,
} from "./mp3Frames";
import { runDecoder } from "../runDecoder";
import { MPG123 } from "../decoderSources";
import {
  Account,
  cleanSamples,
  splitBlock,
  type AudioBlock,
  type AudioDecoder,
  type DecodedStream,
} from "../stream";

/** What mpg123's synthesis adds before the first sample (528 by the filter bank, 1 by its start). */
const DECODER_DELAY = 529;
const BATCH_BYTES = 16 * 1024;
/** Rubbish longer than this between two frames ends the search. */
const MAX_GAP_BYTES = 16 * 1024 * 1024;

export const mp3: AudioDecoder = {
  id: "mp3",
  signatures: [],
  decoders: [MPG123],
  async open(source, start): Promise<DecodedStream> {
    const cursor = new ByteCursor(source, start);
    const first = (await cursor.need(HEADER_BYTES)) ? parseMpegHeader(cursor.bytes, 0) : null;
    if (!first) throw new AudioFailure("corrupt", NOTHING_USABLE);
    await cursor.need(first.bytes);
    const info = parseInfoFrame(cursor.bytes.subarray(0, first.bytes), first);
    if (info) cursor.skip(first.bytes);
    const { MPEGDecoder } = await import("mpg123-decoder");
    const decoder = new MPEGDecoder({ enableGapless: false });
    await decoder.ready;
    const stream = new Mp3Stream(cursor, decoder, first, info);
    return {
      format: {
        container: "MPEG",
        codec: first.layer === 3 ? "MP3" : first.layer === 2 ? "MP2" : "MP1",
        lossless: false,
        sampleRate: first.sampleRate,
        channels: first.channels,
        bitDepth: null,
      },
      blocks: () => stream.blocks(),
      summary: () => stream.account.summary(),
      close: () => {
        runDecoder(() => {
          decoder.free();
        });
      },
    };
  },
};

const NOTHING_USABLE = "The MP3 file has no frame that can be decoded. Copy or download it again.";

class Mp3Stream {
  readonly account: Account;
  readonly #cursor: ByteCursor;
  readonly #decoder: MPEGDecoder;
  readonly #first: MpegHeader;
  readonly #batch = new Uint8Array(BATCH_BYTES + 8 * 1024);
  #batchBytes = 0;
  #isDead = false;
  #hasBreak = false;
  #batchFrames = 0;
  /** Samples that the decoder has given, the encoder's silence included. */
  #decoded = 0;
  /** The music's place among the decoder's samples. */
  readonly #musicStart: number = 0;
  #musicEnd = Infinity;
  #paddingEnd = Infinity;

  constructor(cursor: ByteCursor, decoder: MPEGDecoder, first: MpegHeader, info: InfoFrame | null) {
    this.#cursor = cursor;
    this.#decoder = decoder;
    this.#first = first;
    this.account = new Account(first.sampleRate);
    const frames = info?.frames ?? null;
    const total = frames === null ? null : frames * first.samples;
    if (info && info.delay !== null && info.padding !== null) {
      this.#musicStart = info.delay + DECODER_DELAY;
      if (total !== null) {
        this.#musicEnd = total - info.padding + DECODER_DELAY;
        this.#paddingEnd = total;
      }
      this.account.promisedSamples = total === null ? null : Math.max(0, total - info.delay - info.padding);
    } else {
      this.account.promisedSamples = total;
    }
  }

  async *blocks(): AsyncGenerator<AudioBlock> {
    while (await this.#cursor.need(HEADER_BYTES)) {
      const header = parseMpegHeader(this.#cursor.bytes, 0);
      if (!header || !isSameStream(header, this.#first)) {
        yield* this.#decodeBatch();
        if (!(await this.#findNextFrame())) break;
        continue;
      }
      if (!(await this.#cursor.need(header.bytes))) {
        this.account.endsEarly = true;
        break;
      }
      if (this.#batchBytes + header.bytes > this.#batch.length) yield* this.#decodeBatch();
      this.#batch.set(this.#cursor.bytes.subarray(0, header.bytes), this.#batchBytes);
      this.#batchBytes += header.bytes;
      this.#batchFrames++;
      this.#cursor.skip(header.bytes);
      if (this.#batchBytes >= BATCH_BYTES) yield* this.#decodeBatch();
    }
    yield* this.#decodeBatch();
    this.#settlePromise();
  }

  *#decodeBatch(): Generator<AudioBlock> {
    if (this.#batchBytes === 0) return;
    const bytes = this.#batch.subarray(0, this.#batchBytes);
    const decoded = this.#isDead ? null : runDecoder(() => this.#decoder.decode(bytes));
    this.account.audioBytes += this.#batchBytes;
    const expected = this.#batchFrames * this.#first.samples;
    this.#batchBytes = this.#batchFrames = 0;
    if (!decoded) {
      this.#isDead = true;
      this.account.endsEarly = true;
      return;
    }
    const { channelData, samplesDecoded, errors } = decoded;
    if (errors.length > 0 || samplesDecoded < expected) this.#noteBreak();
    const start = this.#decoded;
    this.#decoded += samplesDecoded;
    const channels = channelData.slice(0, this.#first.channels);
    for (const channel of channels) cleanSamples(channel, samplesDecoded);
    // At most two parts are music: before the padding, and what follows it in a file that goes on.
    yield* this.#give(channels, start, this.#musicStart, this.#musicEnd, samplesDecoded);
    yield* this.#give(channels, start, this.#paddingEnd, Infinity, samplesDecoded);
  }

  *#give(
    channels: Float32Array[],
    start: number,
    from: number,
    to: number,
    length: number,
  ): Generator<AudioBlock> {
    const first = Math.max(0, from - start);
    const last = Math.min(length, to - start);
    if (last <= first) return;
    this.account.decodedSamples += last - first;
    yield* splitBlock(
      channels.map((channel) => channel.subarray(first, last)),
      last - first,
    );
  }

  /** Skips what is no frame; tags between frames are no damage, and neither is rubbish after the last. */
  async #findNextFrame(): Promise<boolean> {
    let isDamage = false;
    const limit = this.#cursor.position + MAX_GAP_BYTES;
    while (this.#cursor.position < limit && (await this.#cursor.need(HEADER_BYTES))) {
      const tagBytes = await id3Bytes(this.#cursor);
      if (tagBytes > 0) {
        this.#cursor.skip(tagBytes);
        if (await this.#isFrameHere(1)) return true;
        continue;
      }
      if (isDamage && (await this.#isFrameHere(2))) {
        this.#noteBreak();
        return true;
      }
      isDamage = true;
      const next = this.#cursor.bytes.indexOf(0xff, 1);
      const at = next > 0 ? next : this.#cursor.bytes[0] === 0x49 ? 1 : this.#cursor.bytes.length;
      this.#cursor.skip(at);
    }
    return false;
  }

  /** Whether `count` frames of this stream follow one another here, or frames up to the file's end. */
  async #isFrameHere(count: number): Promise<boolean> {
    let at = 0;
    for (let i = 0; i < count; i++) {
      const enough = await this.#cursor.need(at + HEADER_BYTES);
      if (!enough) return i > 0 && this.#cursor.bytes.length === at;
      const header = parseMpegHeader(this.#cursor.bytes, at);
      if (!header || !isSameStream(header, this.#first)) return false;
      at += header.bytes;
    }
    return true;
  }

  /** With frames missing, the place of the padding is unknown: nothing more is cut off. */
  #noteBreak(): void {
    this.account.noteDamage();
    this.#hasBreak = true;
    this.#musicEnd = this.#paddingEnd = Infinity;
  }

  /**
   * Encoders differ by a frame in what they count, and the decoder's delay may eat the last samples. Where
   * frames are missing in the middle, a shorter sum says nothing about the end.
   */
  #settlePromise(): void {
    const { account } = this;
    if (account.promisedSamples === null) return;
    const missing = account.promisedSamples - account.decodedSamples;
    const tolerance = this.#first.samples + DECODER_DELAY;
    if (missing > tolerance) {
      account.endsEarly ||= !this.#hasBreak;
    } else if (!account.endsEarly || missing <= 0) {
      account.promisedSamples = account.decodedSamples;
      account.endsEarly = false;
    }
  }
}

/** Length of the ID3v2 tag at the cursor, or 0 when there is none. */
async function id3Bytes(cursor: ByteCursor): Promise<number> {
  if (cursor.bytes[0] !== 0x49 || cursor.bytes[1] !== 0x44 || cursor.bytes[2] !== 0x33) return 0;
  if (!(await cursor.need(10))) return 0;
  return id3v2Length(cursor.bytes);
}
