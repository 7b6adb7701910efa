/**
 * The compiled codecs inside the @audio/decode-* packages. Their JavaScript holds all of a file, keeps one
 * instance for a whole thread and drops what is known of errors: we call the C functions, one instance a file.
 */
interface CompiledCodec {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
}

interface CodecOptions {
  print(text: string): void;
  printErr(text: string): void;
}

declare module "*/decode-ac3/src/ac3.wasm.js" {
  export interface Ac3Codec extends CompiledCodec {
    HEAPF32: Float32Array;
    _audio_ac3_create(): number;
    /** Bytes of the frame whose first 7 bytes are given; 0 when it is none. */
    _audio_ac3_syncinfo(decoder: number, header: number): number;
    /** Samples a channel, or a negative number. */
    _audio_ac3_decode(decoder: number, frame: number): number;
    _audio_ac3_output(decoder: number): number;
    _audio_ac3_channels(decoder: number): number;
    /** Layout of the channels: a52.h. */
    _audio_ac3_flags(decoder: number): number;
  }
  export default function createAc3(options: CodecOptions): Promise<Ac3Codec>;
}

declare module "*/decode-mpc/src/mpc.wasm.js" {
  export interface MusepackCodec extends CompiledCodec {
    HEAPF32: Float32Array;
    _audio_mpc_create(): number;
    _audio_mpc_feed(decoder: number, bytes: number, length: number): number;
    /** 1 when the header has been understood, 0 when it is not complete, negative when it is none. */
    _audio_mpc_init(decoder: number): number;
    _audio_mpc_channels(decoder: number): number;
    _audio_mpc_sample_rate(decoder: number): number;
    _audio_mpc_avail(decoder: number): number;
    /** Samples a channel; 0 at the end, negative when the frame is broken. */
    _audio_mpc_decode(decoder: number): number;
    _audio_mpc_output(decoder: number): number;
    _audio_mpc_destroy(decoder: number): void;
  }
  export default function createMpc(options: CodecOptions): Promise<MusepackCodec>;
}

declare module "*/decode-wavpack/src/wavpack.wasm.js" {
  export interface WavPackCodec extends CompiledCodec {
    HEAP32: Int32Array;
    _wv_create(): number;
    /** A place for so many bytes, or 0. */
    _wv_reserve(decoder: number, bytes: number): number;
    /** Samples a channel, or a negative number. */
    _wv_feed(decoder: number, bytes: number): number;
    _wv_output(decoder: number): number;
    _wv_channels(decoder: number): number;
    _wv_rate(decoder: number): number;
    _wv_bits(decoder: number): number;
    _wv_is_float(decoder: number): number;
    _wv_is_lossless(decoder: number): number;
    _wv_destroy(decoder: number): void;
  }
  export default function createWavpack(options: CodecOptions): Promise<WavPackCodec>;
}

declare module "*/decode-wma/src/wma.wasm.js" {
  export interface WmaCodec extends CompiledCodec {
    HEAPF32: Float32Array;
    _wma_create(
      channels: number,
      sampleRate: number,
      bitrate: number,
      blockAlign: number,
      formatTag: number,
      bitsPerSample: number,
      extra: number,
      extraBytes: number,
    ): number;
    /** Place of interleaved samples, or 0. */
    _wma_decode(decoder: number, bytes: number, length: number): number;
    /** Samples of all channels together. */
    _wma_samples(): number;
    _wma_channels(): number;
    _wma_samplerate(): number;
    _wma_close(decoder: number): void;
  }
  export default function createWma(options: CodecOptions): Promise<WmaCodec>;
}
