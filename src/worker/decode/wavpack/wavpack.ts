/** WavPack, lossless and hybrid: we find the blocks, libwavpack decodes them. */
import { AudioFailure } from "../../AudioFailure";
import { ByteCursor } from "../ByteCursor";
import { WAVPACK } from "../decoderSources";
import {
  Account,
  cleanSamples,
  splitBlock,
  type AudioBlock,
  type AudioDecoder,
  type DecodedStream,
} from "../stream";
import { WavPackReader, type WavPackGroup } from "./wavpackBlocks";
import { WavPackGroupDecoder, type WavPackSamples } from "./wavpackDecoder";

export const wavpack: AudioDecoder = {
  id: "wavpack",
  signatures: [[{ text: "wvpk" }]],
  decoders: [WAVPACK],
  async open(source, start): Promise<DecodedStream> {
    const reader = new WavPackReader(new ByteCursor(source, start));
    const decoder = await WavPackGroupDecoder.create();
    const first = await firstDecodable(reader, decoder);
    const { sampleRate, channels, bitDepth } = first.samples;
    const account = new Account(sampleRate);
    account.promisedSamples = first.group.header.totalSamples;
    const stream = new WavPackStream(reader, decoder, first, account);
    return {
      format: {
        container: "WavPack",
        codec: "WavPack",
        lossless: first.group.header.isLossless,
        sampleRate,
        channels: channels.length,
        bitDepth: first.group.header.isLossless ? bitDepth : null,
      },
      blocks: () => stream.blocks(),
      summary: () => account.summary(),
      close: () => undefined,
    };
  },
};

interface Decodable {
  group: WavPackGroup;
  samples: WavPackSamples;
}

async function firstDecodable(reader: WavPackReader, decoder: WavPackGroupDecoder): Promise<Decodable> {
  for (let group = await reader.next(); group; group = await reader.next()) {
    if (group.header.isDsd) {
      throw new AudioFailure(
        "unsupportedCodec",
        "The WavPack file holds DSD, which can't be decoded. Convert it to FLAC.",
      );
    }
    const samples = decoder.decode(group.bytes, group.header.samples);
    if (samples === null) break;
    if (samples !== "unusable" && samples.sampleRate > 0 && samples.length > 0) return { group, samples };
  }
  throw new AudioFailure(
    "corrupt",
    "The WavPack file has no block that can be decoded. Copy or download it again.",
  );
}

class WavPackStream {
  readonly #reader: WavPackReader;
  readonly #decoder: WavPackGroupDecoder;
  readonly #first: Decodable;
  readonly #account: Account;
  /** Place in the file's time of the next sample. */
  #position = 0;

  constructor(reader: WavPackReader, decoder: WavPackGroupDecoder, first: Decodable, account: Account) {
    this.#reader = reader;
    this.#decoder = decoder;
    this.#first = first;
    this.#account = account;
  }

  async *blocks(): AsyncGenerator<AudioBlock> {
    yield* this.#give(this.#first.group, this.#first.samples);
    for (let group = await this.#reader.next(); group; group = await this.#reader.next()) {
      const samples = this.#decoder.decode(group.bytes, group.header.samples);
      if (samples === null) {
        this.#account.noteDamage();
        this.#account.endsEarly = true;
        return;
      }
      yield* this.#give(group, samples);
    }
    this.#settleEnd();
  }

  *#give(
    { header, bytes, isAfterGap }: WavPackGroup,
    samples: WavPackSamples | "unusable",
  ): Generator<AudioBlock> {
    const missing = header.index - this.#position;
    if (isAfterGap || missing > 0) this.#noteLoss(Math.max(0, missing));
    this.#position = header.index + header.samples;
    this.#account.audioBytes += bytes.length;
    const channels = this.#first.samples.channels.length;
    if (samples === "unusable" || samples.channels.length !== channels) {
      this.#noteLoss(header.samples);
      return;
    }
    if (samples.isBroken) this.#account.noteDamage();
    for (const channel of samples.channels) cleanSamples(channel, samples.length);
    this.#account.decodedSamples += samples.length;
    yield* splitBlock(samples.channels, samples.length);
    if (samples.length < header.samples) this.#noteLoss(header.samples - samples.length);
  }

  #noteLoss(samples: number): void {
    this.#account.noteDamage();
    this.#account.lostSamples += samples;
  }

  #settleEnd(): void {
    const { promisedSamples } = this.#account;
    this.#account.endsEarly = this.#reader.endsInBlock || (promisedSamples ?? 0) > this.#position;
    if (promisedSamples !== null && this.#account.decodedSamples > promisedSamples) {
      this.#account.promisedSamples = null;
    }
  }
}
