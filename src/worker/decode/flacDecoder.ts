/** libFLAC for whole frames, as both containers of FLAC cut them out. */
import { FLACDecoder } from "@wasm-audio-decoders/flac";
import { runDecoder } from "./runDecoder";

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
    const decoder = new FLACDecoder();
    await decoder.ready;
    return new FlacFrameDecoder(decoder);
  }

  /** The samples of whole frames; null when the decoder died of them. */
  async decode(frames: Uint8Array[]): Promise<FlacSamples | null> {
    const decoded = await runDecoder(() => this.#decoder.decodeFrames(frames));
    return decoded && { channels: decoded.channelData, length: decoded.samplesDecoded };
  }

  free(): void {
    this.#decoder.free();
  }
}
