/**
 * What every format family gives: a decoded stream of blocks, and at its end an account of what could be
 * read against what the file promised.
 */
import type { FormatFacts } from "../../shared/analysis";
import type { AudioFormat } from "../../shared/audioFormats";
import { LIMITS } from "../../shared/limits";
import type { FileSource } from "../FileSource";
import type { DecoderSource } from "./decoderSources";

/** Frames in a block at most. */
export const MAX_BLOCK_FRAMES = 65536;

/** More are a broken header, whatever the user allows. */
export const MAX_CHANNELS = LIMITS.maxChannels.maximum;
/** Hz; the same of the sample rate. */
export const MAX_SAMPLE_RATE = LIMITS.maxSampleRate.maximum;

/** Samples of all channels at the file's own rate: finite, and free of denormals. */
export interface AudioBlock {
  /** One array a channel in WAV's order, of at least `length` samples. Only valid until the next block is asked for. */
  channels: Float32Array[];
  /** Frames. */
  length: number;
}

export type StreamFormat = Pick<
  FormatFacts,
  "container" | "codec" | "lossless" | "sampleRate" | "channels" | "bitDepth"
>;

export interface DecodeSummary {
  /** Frames given out. */
  decodedSamples: number;
  /** Frames that the container promised; null when it does not say. */
  promisedSamples: number | null;
  /** Seconds of decoded time at which something was missing or broken. */
  damage: number[];
  /** The file ends in the middle of something: what follows is lost. */
  endsEarly: boolean;
  /** Bytes of encoded audio, without tags and other chunks. */
  audioBytes: number;
}

export interface DecodedStream {
  format: StreamFormat;
  /** Where the channels stand, as bits of WAV's channel mask, lowest first; absent where the file does not say. */
  channelMask?: number;
  /** Can be iterated once. */
  blocks(): AsyncIterable<AudioBlock>;
  /** Complete when the blocks have been read to their end. */
  summary(): DecodeSummary;
  /** Gives the decoder's memory back. */
  close(): void;
}

/** Bytes at a place of the file (its start, unless `at` says where), as text of one byte a character. */
export interface Mark {
  text: string;
  at?: number;
}

/** One format family. `open` throws an AudioFailure when there is nothing usable behind the signature. */
export interface AudioDecoder {
  id: AudioFormat["id"];
  /** The ways such files begin; all marks of one must be there. None: they are known by frames in a row. */
  signatures: readonly (readonly Mark[])[];
  /** Nothing, no tag either, may stand before the signature. */
  startsFile?: boolean;
  /** What does the work, for docs/decoding.md. */
  decoders: readonly DecoderSource[];
  open(source: FileSource, start: number): Promise<DecodedStream>;
}

/** Counts what a decoder gives out and remembers where it stumbled. */
export class Account {
  decodedSamples = 0;
  promisedSamples: number | null = null;
  /** Frames known to be missing in the middle. */
  lostSamples = 0;
  endsEarly = false;
  audioBytes = 0;
  readonly #damage: number[] = [];
  readonly #sampleRate: number;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /** Notes damage at the present place or after `samples`; places closer than 10 ms are one. */
  noteDamage(samples = this.decodedSamples): void {
    const place = samples / this.#sampleRate;
    const last = this.#damage.at(-1);
    if (this.#damage.length < MAX_PLACES && (last === undefined || place - last > 0.01)) {
      this.#damage.push(place);
    }
  }

  summary(): DecodeSummary {
    const { decodedSamples, lostSamples, endsEarly, audioBytes } = this;
    const known = lostSamples > 0 ? decodedSamples + lostSamples : null;
    const promisedSamples = this.promisedSamples ?? known;
    // Damage behind the last sample of a file that ends early is that end, not another fault.
    const end = decodedSamples / this.#sampleRate;
    const damage = endsEarly ? this.#damage.filter((place) => place < end) : [...this.#damage];
    return { decodedSamples, promisedSamples, damage, endsEarly, audioBytes };
  }
}

const MAX_PLACES = 100;
/** One more in the exponent, and what of the sum tells the smallest and the largest exponent from all others. */
const ONE_EXPONENT = 0x00800000;
const ALL_BUT_LOWEST = 0x7f000000;

/** Replaces NaN, infinite and denormal samples by 0, in place. */
export function cleanSamples(samples: Float32Array, length: number): void {
  const bits = new Int32Array(samples.buffer, samples.byteOffset, length);
  for (let i = 0; i < length; i++) {
    if ((((bits[i] ?? 0) + ONE_EXPONENT) & ALL_BUT_LOWEST) === 0) bits[i] = 0;
  }
}

/** Cuts what a decoder gave in one go into blocks of bounded size. */
export function* splitBlock(channels: Float32Array[], length: number): Generator<AudioBlock> {
  for (let start = 0; start < length; start += MAX_BLOCK_FRAMES) {
    const end = Math.min(length, start + MAX_BLOCK_FRAMES);
    yield { channels: channels.map((channel) => channel.subarray(start, end)), length: end - start };
  }
}
