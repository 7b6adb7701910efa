/**
 * libwavpack for groups of blocks. The compiled build keeps all bytes that it was ever given and gives up for
 * good at the first broken block; blocks need nothing from those before, so each group gets a new decoder.
 */
import type { WavPackCodec } from "../../../../node_modules/@audio/decode-wavpack/src/wavpack.wasm.js";
import { QUIET } from "../compiledCodec";
import { runDecoder } from "../runDecoder";

export interface WavPackSamples {
  channels: Float32Array[];
  length: number;
  sampleRate: number;
  bitDepth: number;
  /** Its check sum is wrong. */
  isBroken: boolean;
}

export class WavPackGroupDecoder {
  readonly #codec: WavPackCodec;

  private constructor(codec: WavPackCodec) {
    this.#codec = codec;
  }

  static async create(): Promise<WavPackGroupDecoder> {
    const { default: createWavpack } =
      await import("../../../../node_modules/@audio/decode-wavpack/src/wavpack.wasm.js");
    return new WavPackGroupDecoder(await createWavpack(QUIET));
  }

  /**
   * A group's samples, `expected` a channel at most; null when the decoder died of it, "unusable" when not even
   * a part of it can be understood.
   */
  decode(group: Uint8Array, expected: number): WavPackSamples | "unusable" | null {
    return runDecoder(() => {
      const decoder = this.#codec._wv_create();
      const samples = this.#feed(decoder, group, expected);
      this.#codec._wv_destroy(decoder);
      return samples;
    });
  }

  #feed(decoder: number, group: Uint8Array, expected: number): WavPackSamples | "unusable" {
    const codec = this.#codec;
    const place = codec._wv_reserve(decoder, group.length);
    if (place === 0) return "unusable";
    codec.HEAPU8.set(group, place);
    const given = codec._wv_feed(decoder, group.length);
    const count = codec._wv_channels(decoder);
    const start = codec._wv_output(decoder);
    if (given === 0 || count === 0 || start === 0) return "unusable";
    const bitDepth = codec._wv_bits(decoder);
    const isFloat = codec._wv_is_float(decoder) !== 0;
    // With a wrong check sum all samples are there; from the damage on, they are noise until the decoder mutes it.
    const isBroken = given < 0;
    const length = isBroken ? expected : given;
    const heap = codec.HEAPU8.buffer;
    const input = isFloat
      ? new Float32Array(heap, start, length * count)
      : new Int32Array(heap, start, length * count);
    const factor = isFloat ? 1 : 2 ** -(8 * Math.ceil(bitDepth / 8) - 1);
    const channels = Array.from({ length: count }, (_, c) => spread(input, c, count, length, factor));
    const sound = isBroken ? withoutMuted(channels, length) : length;
    return { channels, length: sound, sampleRate: codec._wv_rate(decoder), bitDepth, isBroken };
  }
}

function spread(
  input: Float32Array | Int32Array,
  channel: number,
  step: number,
  length: number,
  factor: number,
): Float32Array {
  const samples = new Float32Array(length);
  for (let i = 0, at = channel; i < length; i++, at += step) samples[i] = (input[at] ?? 0) * factor;
  return samples;
}

/** Length without the zeros at the end. */
function withoutMuted(channels: Float32Array[], length: number): number {
  let end = length;
  while (end > 0 && channels.every((channel) => channel[end - 1] === 0)) end--;
  return end;
}
