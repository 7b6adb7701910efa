/** AAC as a bare stream (ADTS): we find the frames ourselves, so that rubbish never reaches the decoder. */
import type { AacSetup } from "../../faad2/Faad2Decoder";
import { AudioFailure } from "../../AudioFailure";
import type { FileSource } from "../../FileSource";
import { AAC_RATES } from "./aacConfig";
import { openAac, TRIAL_UNITS, type AacDecoder } from "./aac";
import {
  ADTS_HEADER_BYTES,
  blocksOf,
  configOf,
  isSameAdts,
  parseAdtsHeader,
  type AdtsHeader,
} from "./adtsFrames";
import { BlockBuffer } from "../BlockBuffer";
import { ByteCursor } from "../ByteCursor";
import { id3v2Length } from "../mp3/mp3Frames";
import { FAAD2 } from "../decoderSources";
import { Account, type AudioBlock, type AudioDecoder, type DecodedStream } from "../stream";

/** Rubbish longer than this between two frames ends the search. */
const MAX_GAP_BYTES = 16 * 1024 * 1024;
/** Frames a channel in a raw data block of AAC-LC; twice as many with band replication. */
const BLOCK_SAMPLES = 1024;

export const aac: AudioDecoder = {
  id: "aac",
  signatures: [],
  decoders: [FAAD2],
  async open(source, start): Promise<DecodedStream> {
    const cursor = new ByteCursor(source, start);
    const first = (await cursor.need(ADTS_HEADER_BYTES)) ? parseAdtsHeader(cursor.bytes, 0) : null;
    if (!first || AAC_RATES[first.rateIndex] === undefined) {
      throw new AudioFailure("corrupt", "The AAC file has no usable frame. Copy or download it again.");
    }
    const decoder = await openDecoder(source, start, first);
    const account = new Account(decoder.sampleRate);
    const stream = new AdtsStream(cursor, decoder, first, account);
    const { codec, lossless, sampleRate, channels, bitDepth } = decoder;
    return {
      format: { container: "ADTS", codec, lossless, sampleRate, channels, bitDepth },
      blocks: () => stream.blocks(),
      summary: () => account.summary(),
      close: () => undefined,
    };
  },
};

async function openDecoder(source: FileSource, start: number, first: AdtsHeader): Promise<AacDecoder> {
  const cursor = new ByteCursor(source, start);
  const frames: Uint8Array[] = [];
  for (let header: AdtsHeader | null = first; header && frames.length < TRIAL_UNITS;) {
    if (!(await cursor.need(header.bytes))) break;
    frames.push(cursor.bytes.slice(0, header.bytes));
    cursor.skip(header.bytes);
    header = (await cursor.need(ADTS_HEADER_BYTES)) ? parseAdtsHeader(cursor.bytes, 0) : null;
  }
  const isWhole = first.channelConfiguration === 0;
  const setup: AacSetup =
    isWhole && frames[0] ? { kind: "adts", bytes: frames[0] } : { kind: "config", bytes: configOf(first) };
  const units = frames.flatMap((frame) => unitsOf(frame, parseAdtsHeader(frame, 0) ?? first));
  const decoder = await openAac(setup, units);
  if (decoder) return decoder;
  throw new AudioFailure(
    "unsupportedCodec",
    "This is a kind of AAC that can't be decoded. Convert it to AAC-LC, FLAC or WAV.",
  );
}

/** What the decoder takes of a frame: whole frames where only they tell which channels there are. */
function unitsOf(frame: Uint8Array, header: AdtsHeader): Uint8Array[] {
  return header.channelConfiguration === 0 ? [frame] : blocksOf(frame, header);
}

class AdtsStream {
  readonly #cursor: ByteCursor;
  readonly #decoder: AacDecoder;
  readonly #first: AdtsHeader;
  readonly #account: Account;
  readonly #buffer: BlockBuffer;
  #blockSamples = BLOCK_SAMPLES;

  constructor(cursor: ByteCursor, decoder: AacDecoder, first: AdtsHeader, account: Account) {
    this.#cursor = cursor;
    this.#decoder = decoder;
    this.#first = first;
    this.#account = account;
    this.#buffer = new BlockBuffer(decoder.channels);
  }

  async *blocks(): AsyncGenerator<AudioBlock> {
    while (await this.#findFrame()) {
      const header = parseAdtsHeader(this.#cursor.bytes, 0);
      if (!header) break;
      if (!(await this.#cursor.need(header.bytes))) {
        this.#account.endsEarly = true;
        break;
      }
      this.#decode(this.#cursor.bytes.subarray(0, header.bytes), header);
      this.#cursor.skip(header.bytes);
      if (this.#buffer.isFull) yield* this.#buffer.take();
    }
    yield* this.#buffer.take();
  }

  #decode(frame: Uint8Array, header: AdtsHeader): void {
    this.#account.audioBytes += frame.length;
    let missing = header.blocks;
    for (const unit of unitsOf(frame, header)) {
      // Blocks without checksums follow one another, and only decoding tells where each ends.
      for (let rest = unit; rest.length > 0 && missing > 0; rest = rest.subarray(this.#decoder.bytesUsed)) {
        const decoded = this.#decoder.decode(rest);
        if (!decoded) break;
        const { samples, length, layout, factor } = decoded;
        this.#buffer.add(samples, length, layout, factor);
        this.#account.decodedSamples += length;
        this.#blockSamples = length;
        missing--;
        if (header.hasChecksum) break;
      }
    }
    if (missing > 0) this.#noteLoss(missing);
  }

  /** Moves to the next frame of this stream; false at the end. Tags are no damage, nor rubbish at the end. */
  async #findFrame(): Promise<boolean> {
    let isDamage = false;
    const start = this.#cursor.position;
    while (this.#cursor.position - start < MAX_GAP_BYTES && (await this.#cursor.need(ADTS_HEADER_BYTES))) {
      if (this.#isOurs(0) && (!isDamage || (await this.#isFollowed()))) {
        if (isDamage) this.#noteLoss(Math.round((this.#cursor.position - start) / this.#meanFrameBytes()));
        return true;
      }
      const tagBytes = (await this.#cursor.need(10)) ? id3v2Length(this.#cursor.bytes) : 0;
      if (tagBytes > 0) {
        this.#cursor.skip(tagBytes);
        continue;
      }
      isDamage = true;
      const next = this.#cursor.bytes.indexOf(0xff, 1);
      this.#cursor.skip(next > 0 ? next : this.#cursor.bytes.length);
    }
    return false;
  }

  #isOurs(at: number): boolean {
    const header = parseAdtsHeader(this.#cursor.bytes, at);
    return header !== null && isSameAdts(header, this.#first);
  }

  /** Whether a frame ends where another one starts, or the file ends. */
  async #isFollowed(): Promise<boolean> {
    const length = parseAdtsHeader(this.#cursor.bytes, 0)?.bytes ?? 0;
    if (await this.#cursor.need(length + ADTS_HEADER_BYTES)) return this.#isOurs(length);
    return this.#cursor.bytes.length >= length;
  }

  #meanFrameBytes(): number {
    const { audioBytes, decodedSamples } = this.#account;
    return decodedSamples > 0 ? (audioBytes / decodedSamples) * this.#blockSamples : this.#first.bytes;
  }

  #noteLoss(blocks: number): void {
    this.#account.noteDamage();
    this.#account.lostSamples += blocks * this.#blockSamples;
  }
}
