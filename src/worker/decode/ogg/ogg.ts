/**
 * Ogg: finds the first audio stream (Vorbis, Opus or FLAC), follows it through its pages and, when
 * streams are chained, through the ones after it. What a codec gives is held against the pages' granule
 * positions: they say where a stream starts, where it ends, and what is missing in between.
 */
import { AudioFailure } from "../../AudioFailure";
import { ByteCursor } from "../ByteCursor";
import { OggPageReader, PacketAssembler, type OggPackets, type OggPage } from "./oggPages";
import type { OggCodec, OggCodecStream } from "./oggCodec";
import { oggFlac } from "./oggFlac";
import { opus } from "./opus";
import { vorbis } from "./vorbis";
import { FLAC, OPUS, VORBIS } from "../decoderSources";
import {
  Account,
  cleanSamples,
  splitBlock,
  type AudioBlock,
  type AudioDecoder,
  type DecodedStream,
} from "../stream";

const CODECS: readonly OggCodec[] = [vorbis, opus, oggFlac];

const FOREIGN: readonly (readonly [name: string, start: string])[] = [
  ["Speex", "Speex   "],
  ["Theora video", "\x80theora"],
  ["PCM", "PCM     "],
  ["CELT", "CELT    "],
];

export const ogg: AudioDecoder = {
  id: "ogg",
  signatures: [[{ text: "OggS" }]],
  decoders: [VORBIS, OPUS, FLAC],
  async open(source, start): Promise<DecodedStream> {
    const chain = new OggChain(new OggPageReader(new ByteCursor(source, start)));
    const first = await chain.startLink();
    if (!first) throw chain.failure();
    const account = new Account(first.format.sampleRate);
    return {
      format: first.format,
      blocks: () => chain.blocks(account),
      summary: () => account.summary(),
      close: () => {
        chain.free();
      },
    };
  },
};

class OggChain {
  readonly #reader: OggPageReader;
  /** A stream's first page that was met while another was read. */
  #waiting: OggPage | null = null;
  #codec: OggCodecStream | null = null;
  #serial = 0;
  #assembler = new PacketAssembler();
  /** Packets that came on the page of the last header. */
  #early: OggPackets | null = null;
  #hasData = false;
  #foreign: string | null = null;

  constructor(reader: OggPageReader) {
    this.#reader = reader;
  }

  failure(): AudioFailure {
    if (this.#foreign) {
      return new AudioFailure(
        "unsupportedCodec",
        `The Ogg file holds ${this.#foreign}, which can't be decoded. Convert it to Opus or FLAC.`,
      );
    }
    return new AudioFailure(
      "corrupt",
      "The Ogg file has no audio stream with usable headers. Copy or download it again.",
    );
  }

  free(): void {
    this.#codec?.free();
    this.#codec = null;
  }

  /** Reads on to the next stream of a known codec and its headers. */
  async startLink(): Promise<OggCodecStream | null> {
    this.free();
    for (let page = await this.#nextPage(); page; page = await this.#reader.next()) {
      if (!page.isFirst) continue;
      const codec = this.#codecOf(page);
      if (!codec) continue;
      const stream = await this.#readHeaders(codec, page);
      if (stream) return (this.#codec = stream);
    }
    return null;
  }

  async *blocks(account: Account): AsyncGenerator<AudioBlock> {
    let codec = this.#codec;
    const format = codec?.format;
    let promised = 0;
    let isLengthKnown = true;
    while (codec) {
      const link = new OggLink(codec, account);
      this.#hasData = true;
      for (let next = this.#early; next; next = await this.#nextPackets()) {
        yield* link.decode(next);
        if (link.isOver) break;
      }
      const isCut = !link.isOver && !this.#waiting && (this.#reader.endsInPage || this.#assembler.isOpen);
      account.endsEarly ||= isCut;
      // How long a cut stream was is written nowhere.
      if (isCut) isLengthKnown = false;
      promised += link.promised;
      codec = await this.startLink();
      if (
        codec &&
        (codec.format.sampleRate !== format?.sampleRate || codec.format.channels !== format.channels)
      ) {
        account.noteDamage();
        account.endsEarly = true;
        break;
      }
    }
    account.promisedSamples = isLengthKnown ? Math.max(promised, account.decodedSamples) : null;
    this.free();
  }

  #codecOf(page: OggPage): OggCodec | null {
    const codec = CODECS.find((candidate) => candidate.isHeader(page.body));
    if (codec) return codec;
    const text = String.fromCharCode(...page.body.subarray(0, 8));
    this.#foreign ??= FOREIGN.find(([, start]) => text.startsWith(start))?.[0] ?? null;
    return null;
  }

  async #readHeaders(codec: OggCodec, firstPage: OggPage): Promise<OggCodecStream | null> {
    this.#serial = firstPage.serial;
    this.#assembler = new PacketAssembler();
    const first = this.#assembler.add(firstPage);
    const headers = first.packets;
    const count = headers[0] ? codec.headerCount(headers[0]) : null;
    if (count === null) return null;
    this.#early = first;
    this.#hasData = false;
    while (headers.length < count) {
      this.#early = await this.#nextPackets();
      if (!this.#early || this.#early.hasGap) return null;
      headers.push(...this.#early.packets);
    }
    this.#early.packets = headers.splice(count);
    // A gap-free start: the granule of a header page says nothing about samples.
    if (this.#early.packets.length === 0) this.#early.granule = null;
    return codec.start(headers);
  }

  async #nextPage(): Promise<OggPage | null> {
    const waiting = this.#waiting;
    this.#waiting = null;
    return waiting ?? (await this.#reader.next());
  }

  /** What ends on the next page of the present stream; null when it is over. */
  async #nextPackets(): Promise<OggPackets | null> {
    for (let page = await this.#reader.next(); page; page = await this.#reader.next()) {
      if (page.serial === this.#serial && !page.isFirst) return this.#assembler.add(page);
      // Before the first data, other streams' first pages are of the same group, not of a chained one.
      if (page.isFirst && this.#hasData && this.#codecOf(page)) {
        this.#waiting = { ...page, body: page.body.slice() };
        return null;
      }
    }
    return null;
  }
}

const MAX_JITTER_SAMPLES = 4096;

/** The samples of one logical stream, trimmed and counted by granule positions. */
class OggLink {
  isOver = false;
  /** A page was missing since the last granule position. */
  #hasGap = false;
  readonly #codec: OggCodecStream;
  readonly #account: Account;
  /** Samples decoded, those to be skipped included, plus those known to be lost. */
  #position = 0;
  /** Granule position of the first sample; null before the first page that tells. */
  #base: number | null = null;
  #skip: number;
  #lastGranule: number | null = null;

  constructor(codec: OggCodecStream, account: Account) {
    this.#codec = codec;
    this.#account = account;
    this.#skip = codec.preSkip;
  }

  /** Samples that the granule positions promise. */
  get promised(): number {
    const end = this.#lastGranule === null ? this.#position : this.#lastGranule - (this.#base ?? 0);
    return Math.max(0, end - this.#codec.preSkip);
  }

  async *decode(next: OggPackets): AsyncGenerator<AudioBlock> {
    if (next.hasGap) {
      this.#account.noteDamage();
      this.#hasGap = true;
    }
    for (const packet of next.packets) this.#account.audioBytes += packet.length;
    const decoded = await this.#codec.decode(next.packets);
    if (!decoded) {
      this.#account.noteDamage();
      this.#account.endsEarly = true;
      this.isOver = true;
      return;
    }
    const length = this.#settle(decoded.length, next);
    for (const channel of decoded.channels) cleanSamples(channel, length);
    const start = Math.min(this.#skip, length);
    this.#skip -= start;
    this.#account.decodedSamples += length - start;
    yield* splitBlock(
      decoded.channels.map((channel) => channel.subarray(start, length)),
      length - start,
    );
    this.isOver = next.isLast;
  }

  /** Compares with the page's granule position; gives how many of the `length` samples belong to the stream. */
  #settle(length: number, { granule, isLast, packets }: OggPackets): number {
    this.#position += length;
    if (granule === null || packets.length === 0) return length;
    this.#lastGranule = granule;
    if (this.#base === null) {
      // A stream cut out of a longer one starts late; one that ends on its first page is only trimmed there.
      this.#base = isLast ? 0 : granule - this.#position;
      if (this.#base < 0 && this.#codec.trimsStart) {
        this.#skip -= this.#base;
        this.#position = granule;
        this.#base = 0;
      }
    }
    const surplus = this.#position - (granule - this.#base);
    // Live encoders' positions jump a little without a loss.
    const isLoss = this.#hasGap ? surplus < 0 : surplus < -MAX_JITTER_SAMPLES;
    this.#hasGap = false;
    if (isLoss) {
      this.#account.noteDamage();
      this.#account.lostSamples -= surplus;
      this.#position -= surplus;
    } else if (isLast && surplus > 0) {
      const trimmed = Math.min(surplus, length);
      this.#position -= trimmed;
      return length - trimmed;
    }
    return length;
  }
}
