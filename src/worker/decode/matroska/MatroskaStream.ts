/** Follows one track of a Matroska file through its clusters, and holds what is decoded against their times. */
import type { FileSource } from "../../FileSource";
import { ID, readUnsigned, type EbmlElement, type EbmlWalker } from "./ebml";
import type { TrackCodec } from "../trackCodec";
import { parseBlock, type MatroskaInfo, type MatroskaTrack } from "./matroskaTracks";
import { cleanSamples, splitBlock, type Account, type AudioBlock } from "../stream";

const BATCH_FRAMES = 24;
const BATCH_BYTES = 256 * 1024;
const SMALL_BLOCK_BYTES = 4 * 1024;
const MAX_BLOCK_BYTES = 8 * 1024 * 1024;
/** Seconds by which the times of blocks may be away from what was decoded. */
const JITTER = 0.1;

interface Parts {
  source: FileSource;
  walker: EbmlWalker;
  info: MatroskaInfo;
  track: MatroskaTrack;
  codec: TrackCodec;
  account: Account;
  /** The first cluster's head. */
  cluster: EbmlElement;
}

export class MatroskaStream {
  readonly #parts: Parts;
  #frames: Uint8Array[] = [];
  #frameBytes = 0;
  /** Frames of sound to be dropped at the start. */
  #skip: number;
  /** Nanoseconds to be dropped at the end of what is waiting. */
  #discard = 0;
  #clusterTime = 0;
  /** Seconds of the first block. */
  #startTime: number | null = null;
  #hasGap = false;
  #isOver = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#skip = parts.codec.preSkip;
  }

  async *blocks(): AsyncGenerator<AudioBlock> {
    const { walker } = this.#parts;
    for (let element = await walker.next(); element && !this.#isDone(); element = await walker.next()) {
      if (walker.isAfterGap) {
        yield* this.#flush();
        this.#hasGap = true;
      }
      // A block's padding stands behind it: what is waiting is decoded when the next block comes.
      if (this.#isFull() && element.id !== ID.discardPadding) yield* this.#flush();
      await this.#take(element);
      if (this.#discard > 0) yield* this.#flush();
    }
    yield* this.#flush();
    this.#settleEnd();
  }

  #isDone(): boolean {
    return this.#isOver;
  }

  #isFull(): boolean {
    return this.#frames.length >= BATCH_FRAMES || this.#frameBytes >= BATCH_BYTES;
  }

  async #take({ id, start, size }: EbmlElement): Promise<void> {
    const { source } = this.#parts;
    if (id === ID.timestamp) this.#clusterTime = readUnsigned(await source.read(start, size ?? 0));
    else if (id === ID.discardPadding) this.#discard = readUnsigned(await source.read(start, size ?? 0));
    else if (id === ID.simpleBlock || id === ID.block) await this.#takeBlock(start, size ?? 0);
  }

  async #takeBlock(start: number, size: number): Promise<void> {
    const { source, track } = this.#parts;
    if (size > MAX_BLOCK_BYTES || start + size > source.size) return;
    // Pictures are large: they are passed over unread.
    if (size > SMALL_BLOCK_BYTES && !(await this.#isOurs(start))) return;
    const block = parseBlock(await source.read(start, size));
    if (block && block.track !== track.number) return;
    if (!block) {
      this.#parts.account.noteDamage();
      return;
    }
    this.#checkTime(((this.#clusterTime + block.time) * this.#parts.info.scale) / 1e9);
    for (const frame of block.frames) {
      this.#parts.account.audioBytes += frame.length;
      this.#frameBytes += frame.length;
      this.#frames.push(track.stripped.length > 0 ? withStart(track.stripped, frame) : frame);
    }
  }

  /** The track's number is the first byte but in files of more than 126 tracks. */
  async #isOurs(start: number): Promise<boolean> {
    const { source, track } = this.#parts;
    const [first = 0, second = 0] = await source.read(start, 2);
    return (first & 0x80 ? first & 0x7f : ((first & 0x3f) << 8) | second) === track.number;
  }

  /** Behind a gap, the time says how much was lost. */
  #checkTime(time: number): void {
    const { account, codec } = this.#parts;
    this.#startTime ??= time;
    if (!this.#hasGap) return;
    this.#hasGap = false;
    const rate = codec.format.sampleRate;
    const known = (account.decodedSamples + account.lostSamples) / rate;
    account.noteDamage();
    if (time - this.#startTime > known + JITTER) {
      account.lostSamples = Math.round((time - this.#startTime) * rate) - account.decodedSamples;
    }
  }

  async *#flush(): AsyncGenerator<AudioBlock> {
    const { codec, account } = this.#parts;
    const frames = this.#frames;
    const discard = Math.round((this.#discard * codec.format.sampleRate) / 1e9);
    this.#frames = [];
    this.#frameBytes = this.#discard = 0;
    if (frames.length === 0) return;
    const brokenBefore = codec.brokenFrames ?? 0;
    const decoded = await codec.decode(frames);
    if ((codec.brokenFrames ?? 0) > brokenBefore) account.noteDamage();
    if (!decoded) {
      account.noteDamage();
      this.#isOver = true;
      return;
    }
    const start = Math.min(this.#skip, decoded.length);
    this.#skip -= start;
    const end = Math.max(start, decoded.length - discard);
    const channels = decoded.channels.map((channel) => channel.subarray(start, end));
    for (const channel of channels) cleanSamples(channel, end - start);
    account.decodedSamples += end - start;
    yield* splitBlock(channels, end - start);
  }

  /** The header's duration is that of the longest track: it only counts when something is missing. */
  #settleEnd(): void {
    const { account, walker } = this.#parts;
    account.endsEarly = this.#isOver || walker.endsInElement;
    const known = account.decodedSamples + account.lostSamples;
    const stated = account.promisedSamples;
    if (!account.endsEarly) account.promisedSamples = known;
    else account.promisedSamples = stated !== null && stated > known ? stated : null;
  }
}

function withStart(start: Uint8Array, frame: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(start.length + frame.length);
  bytes.set(start);
  bytes.set(frame, start.length);
  return bytes;
}
