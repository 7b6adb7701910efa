/** AC-3 (Dolby Digital) as a bare stream of frames, which we find and check ourselves. */
import { AudioFailure } from "../../AudioFailure";
import { Ac3FrameDecoder } from "./ac3Decoder";
import {
  AC3_FRAME_SAMPLES,
  AC3_HEADER_BYTES,
  isAc3Intact,
  parseAc3Header,
  type Ac3Header,
} from "./ac3Frames";
import { BlockBuffer } from "../BlockBuffer";
import { ByteCursor } from "../ByteCursor";
import { LIBA52 } from "../decoderSources";
import { Account, type AudioBlock, type AudioDecoder, type DecodedStream } from "../stream";

/** Rubbish longer than this between two frames ends the search. */
const MAX_GAP_BYTES = 16 * 1024 * 1024;

export const ac3: AudioDecoder = {
  id: "ac3",
  signatures: [],
  decoders: [LIBA52],
  async open(source, start): Promise<DecodedStream> {
    const cursor = new ByteCursor(source, start);
    const first = (await cursor.need(AC3_HEADER_BYTES)) ? parseAc3Header(cursor.bytes, 0) : null;
    if (!first) {
      throw new AudioFailure("corrupt", "The AC-3 file has no usable frame. Copy or download it again.");
    }
    const account = new Account(first.sampleRate);
    const stream = new Ac3Stream(cursor, await Ac3FrameDecoder.create(), first, account);
    return {
      format: {
        container: "AC-3",
        codec: "AC-3",
        lossless: false,
        sampleRate: first.sampleRate,
        channels: first.channels,
        bitDepth: null,
      },
      channelMask: first.channelMask,
      blocks: () => stream.blocks(),
      summary: () => account.summary(),
      close: () => undefined,
    };
  },
};

class Ac3Stream {
  readonly #cursor: ByteCursor;
  readonly #decoder: Ac3FrameDecoder;
  readonly #first: Ac3Header;
  readonly #account: Account;
  readonly #buffer: BlockBuffer;

  constructor(cursor: ByteCursor, decoder: Ac3FrameDecoder, first: Ac3Header, account: Account) {
    this.#cursor = cursor;
    this.#decoder = decoder;
    this.#first = first;
    this.#account = account;
    this.#buffer = new BlockBuffer(first.channels);
  }

  async *blocks(): AsyncGenerator<AudioBlock> {
    while (await this.#findFrame()) {
      const header = parseAc3Header(this.#cursor.bytes, 0);
      if (!header) break;
      if (!(await this.#cursor.need(header.bytes))) {
        this.#account.endsEarly = true;
        break;
      }
      const isAlive = this.#decode(this.#cursor.bytes.subarray(0, header.bytes), header);
      this.#cursor.skip(header.bytes);
      if (this.#buffer.isFull) yield* this.#buffer.take();
      if (!isAlive) {
        this.#account.endsEarly = true;
        break;
      }
    }
    yield* this.#buffer.take();
  }

  #decode(frame: Uint8Array, header: Ac3Header): boolean {
    this.#account.audioBytes += frame.length;
    const isDecoded = isAc3Intact(frame) && this.#decoder.decode(frame, header, this.#buffer);
    if (isDecoded) this.#account.decodedSamples += AC3_FRAME_SAMPLES;
    else {
      this.#account.noteDamage();
      this.#account.lostSamples += AC3_FRAME_SAMPLES;
    }
    return isDecoded !== null;
  }

  /** Moves to the next frame of this stream; false at the end. Rubbish after the last one is no damage. */
  async #findFrame(): Promise<boolean> {
    const start = this.#cursor.position;
    while (this.#cursor.position - start < MAX_GAP_BYTES && (await this.#cursor.need(AC3_HEADER_BYTES))) {
      const isMoved = this.#cursor.position > start;
      if (this.#isOurs(0) && (!isMoved || (await this.#isFollowed()))) {
        if (isMoved) this.#noteGap(this.#cursor.position - start);
        return true;
      }
      const next = this.#cursor.bytes.indexOf(0x0b, 1);
      this.#cursor.skip(next > 0 ? next : this.#cursor.bytes.length);
    }
    return false;
  }

  #isOurs(at: number): boolean {
    const header = parseAc3Header(this.#cursor.bytes, at);
    return header?.sampleRate === this.#first.sampleRate && header.channels === this.#first.channels;
  }

  /** Whether a frame ends where another one starts, or the file ends. */
  async #isFollowed(): Promise<boolean> {
    const length = parseAc3Header(this.#cursor.bytes, 0)?.bytes ?? 0;
    if (await this.#cursor.need(length + AC3_HEADER_BYTES)) return this.#isOurs(length);
    return this.#cursor.bytes.length >= length;
  }

  #noteGap(bytes: number): void {
    this.#account.noteDamage();
    this.#account.lostSamples += Math.round(bytes / this.#first.bytes) * AC3_FRAME_SAMPLES;
  }
}
