/** What a codec must say and do to be read out of Ogg. */
import type { StreamFormat } from "../stream";

/** One logical stream's decoder, after its headers. */
export interface OggCodecStream {
  format: StreamFormat;
  /** Samples at the start that are not music: they count in granule positions. */
  preSkip: number;
  /**
   * A first page whose granule position is smaller than its number of samples asks to drop the surplus at the
   * start (Vorbis I, A.2). Where this is false, it is only where counting starts.
   */
  trimsStart: boolean;
  /** Decodes whole packets; null when the decoder died of them. */
  decode(packets: Uint8Array[]): Promise<{ channels: Float32Array[]; length: number } | null>;
  free(): void;
}

/** A codec in Ogg: how its first packet looks, and how to start it from its header packets. */
export interface OggCodec {
  isHeader(packet: Uint8Array): boolean;
  /** Header packets in all, or null when the first one makes no sense. */
  headerCount(first: Uint8Array): number | null;
  /** Null when the headers make no sense. */
  start(headers: Uint8Array[]): Promise<OggCodecStream | null>;
}
