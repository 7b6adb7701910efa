/** Musepack's stream version 7: one run of bits from the first frame to the last. */
import type { FileSource } from "../../FileSource";
import { BlockBuffer } from "../BlockBuffer";
import type { MusepackDecoder } from "./musepackDecoder";
import { corruptMusepack, type MusepackLength } from "./musepackHeader";
import { Account, type AudioBlock } from "../stream";

/** With this much waiting, the decoder never meets the end of what it was given within a frame. */
const SAFE_BYTES = 8 * 1024;

export class Musepack7Stream {
  readonly account: Account;
  readonly #source: FileSource;
  readonly #frames: number;
  readonly #decoder: MusepackDecoder;
  readonly #start: number;
  #position: number;

  private constructor(
    source: FileSource,
    start: number,
    position: number,
    length: MusepackLength,
    decoder: MusepackDecoder,
  ) {
    this.#source = source;
    this.#start = start;
    this.#position = position;
    this.#frames = length.frames ?? Infinity;
    this.#decoder = decoder;
    this.account = new Account(decoder.sampleRate);
    this.account.promisedSamples = length.samples;
  }

  static async start(
    source: FileSource,
    start: number,
    length: MusepackLength,
    decoder: MusepackDecoder,
  ): Promise<Musepack7Stream> {
    let position = start;
    let isReady: boolean | null = false;
    while (isReady === false) {
      const chunk = await source.chunkAt(position);
      if (chunk.length === 0) break;
      position += chunk.length;
      isReady = decoder.feed(chunk);
    }
    if (!isReady) throw corruptMusepack();
    return new Musepack7Stream(source, start, position, length, decoder);
  }

  async *blocks(): AsyncGenerator<AudioBlock> {
    const { account } = this;
    const buffer = new BlockBuffer(this.#decoder.channels);
    let frame = 0;
    for (; frame < this.#frames; frame++) {
      if (!(await this.#feed())) break;
      const samples = this.#decoder.decode(buffer, 0);
      if (samples === null || samples === "broken") break;
      if (samples === "end") continue;
      const given = Math.min(samples, (account.promisedSamples ?? Infinity) - account.decodedSamples);
      if (given < samples) buffer.drop(samples - given);
      account.decodedSamples += given;
      if (buffer.isFull) yield* buffer.take();
    }
    yield* buffer.take();
    account.audioBytes = this.#position - this.#start;
    const isCut = frame < this.#frames;
    // What stops before the file does is no cut but damage, and nothing after it can be found.
    if (isCut && this.#position < this.#source.size) account.noteDamage();
    account.endsEarly = isCut;
  }

  /** False when the decoder died of what it was given. */
  async #feed(): Promise<boolean> {
    while (this.#decoder.waiting < SAFE_BYTES) {
      const chunk = await this.#source.chunkAt(this.#position);
      if (chunk.length === 0) return true;
      this.#position += chunk.length;
      if (!this.#decoder.feed(chunk)) return false;
    }
    return true;
  }
}
