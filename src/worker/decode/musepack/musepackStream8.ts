/**
 * Musepack's stream version 8: packets of audio that can be decoded without the ones before, but for the
 * synthesis, which wants a little run-up. So the decoder, which never forgets, is started anew now and then.
 */
import { BlockBuffer } from "../BlockBuffer";
import type { MusepackDecoder } from "./musepackDecoder";
import { corruptMusepack, MUSEPACK_FRAME_SAMPLES, type MusepackHead8 } from "./musepackHeader";
import type { MusepackPacket, MusepackPacketReader } from "./musepackPackets";
import { Account, type AudioBlock } from "../stream";

const RESTART_BYTES = 4 * 1024 * 1024;
const MARKER = Uint8Array.from([0x4d, 0x50, 0x43, 0x4b]);

export class Musepack8Stream {
  readonly account: Account;
  readonly #reader: MusepackPacketReader;
  readonly #head: MusepackHead8;
  readonly #decoder: MusepackDecoder;
  #packet: MusepackPacket | null;
  /** The packet before, for the run-up. */
  #before: Uint8Array | null = null;
  #fedBytes = 0;
  #skip = 0;
  /** Frames of the stream before the next packet, as far as is known. */
  #frame = 0;
  #isOver = false;
  /** Where a packet ended too soon: after a gap, the last one is not known by its number. */
  #brokenAt: number | null = null;

  private constructor(
    reader: MusepackPacketReader,
    first: MusepackPacket,
    head: MusepackHead8,
    decoder: MusepackDecoder,
  ) {
    this.#reader = reader;
    this.#packet = first;
    this.#head = head;
    this.#decoder = decoder;
    this.#fedBytes = first.bytes.length;
    this.account = new Account(decoder.sampleRate);
    this.account.promisedSamples = head.samples;
  }

  /** Starts with the first packet of audio. */
  static async start(
    reader: MusepackPacketReader,
    head: MusepackHead8,
    decoder: MusepackDecoder,
  ): Promise<Musepack8Stream> {
    decoder.feed(MARKER);
    decoder.feed(head.bytes);
    let packet = await reader.next();
    while (packet && packet.key !== "AP" && packet.key !== "SE") packet = await reader.next();
    if (packet?.key !== "AP" || !decoder.feed(packet.bytes)) throw corruptMusepack();
    return new Musepack8Stream(reader, packet, head, decoder);
  }

  async *blocks(): AsyncGenerator<AudioBlock> {
    const buffer = new BlockBuffer(this.#decoder.channels);
    while (this.#packet && !this.#hasDied()) {
      const { bytes } = this.#packet;
      this.account.audioBytes += bytes.length;
      yield* this.#decodePacket(buffer);
      this.#before = bytes;
      this.#packet = await this.#nextAudio();
      if (this.#packet && !this.#hasDied()) this.#prepare(this.#packet);
    }
    yield* buffer.take();
    this.#settleEnd();
  }

  /** A function, because the compiler does not see that other methods change it. */
  #hasDied(): boolean {
    return this.#isOver;
  }

  *#decodePacket(buffer: BlockBuffer): Generator<AudioBlock> {
    const { framesInPacket, frames } = this.#head;
    const count = frames === null ? framesInPacket : Math.min(framesInPacket, frames - this.#frame);
    this.#frame += framesInPacket;
    for (let i = 0; i < count; i++) {
      const samples = this.#decoder.decode(buffer, this.#skip);
      if (samples === null) this.#isOver = true;
      if (samples === null || samples === "broken") {
        this.#brokenAt = this.account.decodedSamples;
        this.#fedBytes = Infinity;
        return;
      }
      if (samples === "end") continue;
      const dropped = Math.min(this.#skip, samples);
      this.#skip -= dropped;
      const wanted = this.account.promisedSamples ?? Infinity;
      const given = Math.min(samples - dropped, wanted - this.account.decodedSamples);
      if (given < samples - dropped) buffer.drop(samples - dropped - given);
      this.account.decodedSamples += given;
      if (buffer.isFull) yield* buffer.take();
    }
  }

  async #nextAudio(): Promise<MusepackPacket | null> {
    for (let packet = await this.#reader.next(); packet; packet = await this.#reader.next()) {
      if (packet.isAfterGap) {
        this.account.noteDamage();
        this.#fedBytes = Infinity;
        this.#before = null;
      }
      if (packet.key === "SE") return null;
      if (packet.key !== "AP") continue;
      if (this.#brokenAt !== null) this.account.noteDamage(this.#brokenAt);
      this.#brokenAt = null;
      return packet;
    }
    return null;
  }

  /** Hands a packet over, to a fresh decoder when the old one holds enough or has lost its way. */
  #prepare({ bytes }: MusepackPacket): void {
    this.#fedBytes += bytes.length;
    if (this.#fedBytes <= RESTART_BYTES) {
      this.#isOver = !this.#decoder.feed(bytes);
      return;
    }
    const runUp = this.#before;
    this.#fedBytes = bytes.length + (runUp?.length ?? 0);
    const isAlive = this.#decoder.restart();
    this.#decoder.feed(MARKER);
    this.#decoder.feed(this.#head.bytes);
    if (runUp) {
      this.#decoder.feed(runUp);
      this.#skip = Math.max(0, this.#head.framesInPacket * MUSEPACK_FRAME_SAMPLES - this.#head.skipped);
    }
    this.#isOver = !isAlive || !this.#decoder.feed(bytes);
    if (runUp) this.#runUp();
  }

  /** Decodes the packet before once more, and drops what comes out. */
  #runUp(): void {
    const unwanted = new BlockBuffer(this.#decoder.channels);
    for (let i = 0; i < this.#head.framesInPacket && this.#skip > 0; i++) {
      const samples = this.#decoder.decode(unwanted, Infinity);
      if (typeof samples === "number") this.#skip -= Math.min(this.#skip, samples);
    }
    this.#skip = 0;
  }

  #settleEnd(): void {
    const { account } = this;
    const missing = (account.promisedSamples ?? 0) - account.decodedSamples;
    const isHole = account.summary().damage.length > 0;
    account.endsEarly = this.#isOver || this.#reader.endsInPacket || (missing > 0 && !isHole);
  }
}
