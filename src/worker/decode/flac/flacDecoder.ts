/** libFLAC for whole frames, as both containers of FLAC cut them out. */
import type { FLACDecoder } from "@wasm-audio-decoders/flac";
import { awaitDecoder, runDecoder } from "../runDecoder";

export interface FlacSamples {
  channels: Float32Array[];
  length: number;
}

export class FlacFrameDecoder {
  readonly #decoder: FLACDecoder;

  private constructor(decoder: FLACDecoder) {
    this.#decoder = decoder;
  }

  static async create(): Promise<FlacFrameDecoder> {
    const { FLACDecoder } = await import("@wasm-audio-decoders/flac");
    const decoder = new FLACDecoder();
    await decoder.ready;
    return new FlacFrameDecoder(decoder);
  }

  /** The samples of whole frames; null when the decoder died of them. */
  async decode(frames: Uint8Array[]): Promise<FlacSamples | null> {
    const decoded = await awaitDecoder(() => this.#decoder.decodeFrames(frames));
    if (!decoded) return null;
    for (const samples of decoded.channelData) rescale(samples, decoded.bitDepth);
    return { channels: decoded.channelData, length: decoded.samplesDecoded };
  }

  free(): void {
    runDecoder(() => {
      this.#decoder.free();
    });
  }
}

/** Added and taken away again, it leaves a double of moderate size rounded to a whole number (1.5 · 2^52). */
const ROUNDER = 6755399441055744;

/**
 * The package divides by 2^(n−1) − 1. Back to whole numbers and divided by 2^(n−1) as everywhere else, the
 * samples are exact up to 24 bits.
 */
function rescale(samples: Float32Array, bitDepth: number): void {
  const toInteger = 2 ** (bitDepth - 1) - 1;
  const toFraction = 2 ** (1 - bitDepth);
  for (let i = 0; i < samples.length; i++) {
    samples[i] = ((samples[i] ?? 0) * toInteger + ROUNDER - ROUNDER) * toFraction;
  }
}
