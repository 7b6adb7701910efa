/** libmpcdec. The compiled build keeps all bytes that it was ever given: whoever feeds it must start it anew in time. */
import type { MusepackCodec } from "../../../../node_modules/@audio/decode-mpc/src/mpc.wasm.js";
import type { BlockBuffer } from "../BlockBuffer";
import { CodecInput, QUIET } from "../compiledCodec";
import { runDecoder } from "../runDecoder";

export class MusepackDecoder {
  readonly #codec: MusepackCodec;
  readonly #input: CodecInput;
  #decoder: number;
  #isReady = false;

  private constructor(codec: MusepackCodec) {
    this.#codec = codec;
    this.#input = new CodecInput(codec);
    this.#decoder = codec._audio_mpc_create();
  }

  static async create(): Promise<MusepackDecoder> {
    const { default: createMpc } = await import("../../../../node_modules/@audio/decode-mpc/src/mpc.wasm.js");
    return new MusepackDecoder(await createMpc(QUIET));
  }

  /** Forgets all that it was given; null when the decoder has died. */
  restart(): true | null {
    this.#isReady = false;
    return runDecoder(() => {
      this.#codec._audio_mpc_destroy(this.#decoder);
      this.#decoder = this.#codec._audio_mpc_create();
      return true;
    });
  }

  /** Hands over more of the stream. Answers whether its header has been understood; null when the decoder died. */
  feed(bytes: Uint8Array): boolean | null {
    return runDecoder(() => {
      if (this.#codec._audio_mpc_feed(this.#decoder, this.#input.put(bytes), bytes.length) < 0) return false;
      this.#isReady ||= this.#codec._audio_mpc_init(this.#decoder) === 1;
      return this.#isReady;
    });
  }

  /** Bytes that have been handed over and not been read. */
  get waiting(): number {
    return runDecoder(() => this.#codec._audio_mpc_avail(this.#decoder)) ?? 0;
  }

  get channels(): number {
    return this.#codec._audio_mpc_channels(this.#decoder);
  }

  get sampleRate(): number {
    return this.#codec._audio_mpc_sample_rate(this.#decoder);
  }

  /**
   * Adds the samples of the next frame behind the first `skip` ones.
   *
   * @returns how many it has; "end" behind the last frame, "broken" when it must be restarted, null when it died.
   */
  decode(buffer: BlockBuffer, skip: number): number | "end" | "broken" | null {
    return runDecoder(() => {
      const length = this.#codec._audio_mpc_decode(this.#decoder);
      if (length < 0) return "broken";
      // The encoder's silence at the start gives frames without samples.
      if (length === 0) return "end";
      const channels = this.channels;
      const dropped = Math.min(skip, length);
      const start = (this.#codec._audio_mpc_output(this.#decoder) >> 2) + dropped * channels;
      const layout = { start, sampleStep: channels, channelStep: 1 };
      buffer.add(this.#codec.HEAPF32, length - dropped, layout);
      return length;
    });
  }
}
