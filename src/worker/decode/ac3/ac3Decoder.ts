/** liba52 for whole frames of AC-3. */
import type { Ac3Codec } from "../../../../node_modules/@audio/decode-ac3/src/ac3.wasm.js";
import type { BlockBuffer } from "../BlockBuffer";
import { CodecInput, QUIET } from "../compiledCodec";
import { AC3_FRAME_SAMPLES, type Ac3Header } from "./ac3Frames";
import { runDecoder } from "../runDecoder";

const LOW_FREQUENCIES = 16;
/** Places of WAV's channels among liba52's, by layout; low frequencies stand before all others there. */
const ORDERS: Partial<Record<number, readonly number[]>> = {
  3: [0, 2, 1],
  5: [0, 2, 1, 3],
  7: [0, 2, 1, 3, 4],
};

export class Ac3FrameDecoder {
  readonly #codec: Ac3Codec;
  readonly #input: CodecInput;
  readonly #decoder: number;

  private constructor(codec: Ac3Codec) {
    this.#codec = codec;
    this.#input = new CodecInput(codec);
    this.#decoder = codec._audio_ac3_create();
  }

  static async create(): Promise<Ac3FrameDecoder> {
    const { default: createAc3 } = await import("../../../../node_modules/@audio/decode-ac3/src/ac3.wasm.js");
    return new Ac3FrameDecoder(await createAc3(QUIET));
  }

  /** Adds a frame's samples; null when the decoder died of it, false when the frame is broken. */
  decode(frame: Uint8Array, { channels }: Ac3Header, buffer: BlockBuffer): boolean | null {
    return runDecoder(() => {
      const codec = this.#codec;
      const place = this.#input.put(frame);
      if (codec._audio_ac3_syncinfo(this.#decoder, place) === 0) return false;
      if (codec._audio_ac3_decode(this.#decoder, place) !== AC3_FRAME_SAMPLES) return false;
      if (codec._audio_ac3_channels(this.#decoder) !== channels) return false;
      const start = codec._audio_ac3_output(this.#decoder) >> 2;
      const order = orderOf(codec._audio_ac3_flags(this.#decoder), channels);
      const layout = { start, sampleStep: 1, channelStep: AC3_FRAME_SAMPLES, order };
      buffer.add(codec.HEAPF32, AC3_FRAME_SAMPLES, layout);
      return true;
    });
  }
}

function orderOf(flags: number, channels: number): number[] {
  const hasLow = (flags & LOW_FREQUENCIES) !== 0;
  const others = channels - (hasLow ? 1 : 0);
  const order = ORDERS[flags & 15] ?? Array.from({ length: others }, (_, c) => c);
  const places = order.map((place) => place + (hasLow ? 1 : 0));
  if (hasLow) places.splice(Math.min(3, places.length), 0, 0);
  return places;
}
