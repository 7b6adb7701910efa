/** FFmpeg's WMA decoders, for whole blocks as the container's header cuts them. */
import type { WmaCodec } from "../../../../node_modules/@audio/decode-wma/src/wma.wasm.js";
import type { AsfAudio } from "./asfHeader";
import type { BlockBuffer } from "../BlockBuffer";
import { CodecInput, QUIET } from "../compiledCodec";
import { runDecoder } from "../runDecoder";

export class WmaBlockDecoder {
  readonly #codec: WmaCodec;
  readonly #input: CodecInput;
  readonly #decoder: number;
  readonly #channels: number;

  private constructor(codec: WmaCodec, input: CodecInput, decoder: number, channels: number) {
    this.#codec = codec;
    this.#input = input;
    this.#decoder = decoder;
    this.#channels = channels;
  }

  /** Null when the decoder can't be set up from the header. */
  static async create(audio: AsfAudio): Promise<WmaBlockDecoder | null> {
    const { default: createWma } = await import("../../../../node_modules/@audio/decode-wma/src/wma.wasm.js");
    const codec = await createWma(QUIET);
    const input = new CodecInput(codec);
    const decoder = runDecoder(() =>
      codec._wma_create(
        audio.channels,
        audio.sampleRate,
        audio.bytesPerSecond * 8,
        audio.blockAlign,
        audio.formatTag,
        audio.bitsPerSample,
        input.put(audio.extra),
        audio.extra.length,
      ),
    );
    return decoder ? new WmaBlockDecoder(codec, input, decoder, audio.channels) : null;
  }

  /**
   * Adds a block's samples; an empty block stands for the end, at which the last ones come out.
   *
   * @returns how many a channel: 0 when the block is broken or only fills the decoder, null when the decoder
   * died of it.
   */
  decode(block: Uint8Array, buffer: BlockBuffer): number | null {
    return runDecoder(() => {
      const codec = this.#codec;
      const input = block.length === 0 ? 0 : this.#input.put(block);
      const place = codec._wma_decode(this.#decoder, input, block.length);
      if (place === 0 || codec._wma_channels() !== this.#channels) return 0;
      const length = codec._wma_samples() / this.#channels;
      const layout = { start: place >> 2, sampleStep: this.#channels, channelStep: 1 };
      buffer.add(codec.HEAPF32, length, layout);
      return length;
    });
  }

  free(): void {
    runDecoder(() => {
      this.#codec._wma_close(this.#decoder);
    });
  }
}
