/**
 * WMA 1, 2, Pro and Lossless in ASF: our own reader of the container, since the package's one holds all of a
 * file; FFmpeg's decoders do the rest.
 */
import { AudioFailure } from "../../AudioFailure";
import type { FileSource } from "../../FileSource";
import { readAsfHeader, type AsfAudio, type AsfHeader } from "./asfHeader";
import { parseAsfPacket, type AsfPiece } from "./asfPackets";
import { BlockBuffer } from "../BlockBuffer";
import { WMA } from "../decoderSources";
import { Account, type AudioBlock, type AudioDecoder, type DecodedStream } from "../stream";
import { WmaBlockDecoder } from "./wmaDecoder";

const CODECS: Partial<Record<number, string>> = {
  0x160: "WMA 1",
  0x161: "WMA 2",
  0x162: "WMA Pro",
  0x163: "WMA Lossless",
};
const LOSSLESS = 0x163;
/** Formats whose every block gives samples. */
const FIXED_BLOCKS = [0x160, 0x161];
const FOREIGN: Partial<Record<number, string>> = {
  0x0a: "WMA Voice",
  0x0b: "WMA Voice",
  0x01: "PCM",
  0x55: "MP3",
  0xff: "AAC",
  0x1610: "AAC",
};
const MAX_OBJECT_BYTES = 1024 * 1024;
/** Blocks that fill the decoder before the first samples come. */
const DELAY_BLOCKS = 3;
const NOTHING = new Uint8Array(0);

export const wma: AudioDecoder = {
  id: "wma",
  signatures: [[{ text: "\x30\x26\xb2\x75\x8e\x66\xcf\x11" }]],
  decoders: [WMA],
  async open(source, start): Promise<DecodedStream> {
    const header = await readAsfHeader(source, start);
    const { audio } = header;
    const codec = CODECS[audio.formatTag];
    if (codec === undefined || audio.span > 1) throw unsupported(audio);
    const decoder = await WmaBlockDecoder.create(audio);
    if (!decoder) {
      throw new AudioFailure(
        "corrupt",
        "The WMA file's description of its audio can't be understood. Copy or download it again.",
      );
    }
    const account = new Account(audio.sampleRate);
    account.promisedSamples = Math.round(header.duration * audio.sampleRate) || null;
    const stream = new WmaStream(source, header, decoder, account);
    const lossless = audio.formatTag === LOSSLESS;
    return {
      format: {
        container: "ASF",
        codec,
        lossless,
        sampleRate: audio.sampleRate,
        channels: audio.channels,
        bitDepth: lossless ? audio.bitsPerSample : null,
      },
      blocks: () => stream.blocks(),
      summary: () => account.summary(),
      close: () => {
        decoder.free();
      },
    };
  },
};

function unsupported({ formatTag, span }: AsfAudio): AudioFailure {
  const name = FOREIGN[formatTag] ?? `format 0x${formatTag.toString(16).padStart(4, "0")}`;
  const what = CODECS[formatTag] && span > 1 ? "audio scrambled for transmission" : name;
  return new AudioFailure(
    "unsupportedCodec",
    `The WMA file holds ${what}, which can't be decoded. Convert it to FLAC or MP3.`,
  );
}

class WmaStream {
  readonly #source: FileSource;
  readonly #header: AsfHeader;
  readonly #decoder: WmaBlockDecoder;
  readonly #account: Account;
  readonly #buffer: BlockBuffer;
  /** The object that is being put together. */
  #object = { number: -1, bytes: new Uint8Array(0), filled: 0 };
  #isDead = false;
  #isCut = false;
  #decodedBlocks = 0;
  /** Where blocks of WMA Pro and Lossless gave nothing: frames may span blocks there. */
  readonly #silentAt: number[] = [];

  constructor(source: FileSource, header: AsfHeader, decoder: WmaBlockDecoder, account: Account) {
    this.#source = source;
    this.#header = header;
    this.#decoder = decoder;
    this.#account = account;
    this.#buffer = new BlockBuffer(header.audio.channels);
  }

  async *blocks(): AsyncGenerator<AudioBlock> {
    const { dataStart, dataEnd, packetBytes } = this.#header;
    const end = Math.min(dataEnd ?? this.#source.size, this.#source.size);
    const packet = new Uint8Array(packetBytes);
    let position = dataStart;
    for (; position + packetBytes <= end && !this.#isDead; position += packetBytes) {
      if ((await this.#source.fill(position, packet)) < packetBytes) break;
      this.#decodePacket(packet);
      if (this.#buffer.isFull) yield* this.#buffer.take();
    }
    if (!this.#isDead) this.#account.decodedSamples += this.#decoder.decode(NOTHING, this.#buffer) ?? 0;
    yield* this.#buffer.take();
    this.#isCut = this.#isDead || (dataEnd !== null && dataEnd > this.#source.size);
    this.#settleEnd();
  }

  #decodePacket(packet: Uint8Array): void {
    const pieces = parseAsfPacket(packet);
    if (!pieces) {
      this.#account.noteDamage();
      this.#object.number = -1;
      return;
    }
    for (const piece of pieces) {
      if (piece.stream === this.#header.audio.stream) this.#addPiece(piece);
    }
  }

  #addPiece(piece: AsfPiece): void {
    const { number, bytes, filled } = this.#object;
    if (piece.offset === 0) {
      if (number >= 0 && filled < bytes.length) this.#account.noteDamage();
      const size = piece.objectBytes;
      const isSane = size > 0 && size <= MAX_OBJECT_BYTES && piece.bytes.length <= size;
      this.#object = { number: piece.object, bytes: new Uint8Array(isSane ? size : 0), filled: 0 };
      if (!isSane) this.#account.noteDamage();
    } else if (piece.object !== number || piece.offset !== filled) {
      // The beginning of this object is lost.
      if (number >= 0) this.#account.noteDamage();
      this.#object.number = -1;
      return;
    }
    const object = this.#object;
    if (object.filled + piece.bytes.length > object.bytes.length) return;
    object.bytes.set(piece.bytes, object.filled);
    object.filled += piece.bytes.length;
    if (object.filled === object.bytes.length) this.#decodeObject(object.bytes);
  }

  #decodeObject(bytes: Uint8Array): void {
    this.#object.number = -1;
    const { blockAlign } = this.#header.audio;
    this.#account.audioBytes += bytes.length;
    for (let at = 0; at + blockAlign <= bytes.length && !this.#isDead; at += blockAlign) {
      const samples = this.#decoder.decode(bytes.subarray(at, at + blockAlign), this.#buffer);
      this.#decodedBlocks++;
      if (samples === null) this.#isDead = true;
      else if (samples > 0) this.#account.decodedSamples += samples;
      else this.#noteSilence();
    }
  }

  #noteSilence(): void {
    const { decodedSamples } = this.#account;
    if (decodedSamples === 0 && this.#decodedBlocks <= DELAY_BLOCKS) return;
    if (FIXED_BLOCKS.includes(this.#header.audio.formatTag)) this.#account.noteDamage();
    else this.#silentAt.push(decodedSamples);
  }

  /** The header's duration is rounded and holds the encoder's padding: it only counts when something is missing. */
  #settleEnd(): void {
    const account = this.#account;
    account.endsEarly = this.#isCut;
    const promised = account.promisedSamples ?? 0;
    if (account.decodedSamples < promised - this.#header.audio.sampleRate / 10) {
      for (const samples of this.#silentAt) account.noteDamage(samples);
    }
    const isWhole = !this.#isCut && account.summary().damage.length === 0;
    if (isWhole) account.promisedSamples = account.decodedSamples;
    else account.promisedSamples = promised > account.decodedSamples ? promised : null;
  }
}
