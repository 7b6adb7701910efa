/** The installed packages' own whole-file decoders, as yardsticks: what one gets without code of ours. */
import decodeAc3 from "@audio/decode-ac3";
import decodeMpc from "@audio/decode-mpc";
import decodeTta from "@audio/decode-tta";
import decodeWavPack from "@audio/decode-wavpack";
import decodeWma from "@audio/decode-wma";
import { FLACDecoder } from "@wasm-audio-decoders/flac";
import { OggVorbisDecoder } from "@wasm-audio-decoders/ogg-vorbis";
import { MPEGDecoder } from "mpg123-decoder";

interface Samples {
  channelData: Float32Array[];
}

interface FileDecoder {
  ready: Promise<void>;
  decodeFile(bytes: Uint8Array): Promise<Samples>;
  free(): void;
}

export interface OtherDecoder {
  name: string;
  decode: (bytes: Uint8Array) => Promise<Samples>;
}

/** By the file's extension; formats without an entry have no installed package that decodes them. */
export const OTHER_DECODERS: Readonly<Partial<Record<string, OtherDecoder>>> = {
  flac: { name: "@wasm-audio-decoders/flac", decode: (bytes) => whole(new FLACDecoder(), bytes) },
  ogg: { name: "@wasm-audio-decoders/ogg-vorbis", decode: (bytes) => whole(new OggVorbisDecoder(), bytes) },
  mp3: { name: "mpg123-decoder", decode: decodeMp3 },
  wma: { name: "@audio/decode-wma", decode: decodeWma },
  wv: { name: "@audio/decode-wavpack", decode: decodeWavPack },
  tta: { name: "@audio/decode-tta", decode: (bytes) => Promise.resolve(decodeTta(bytes)) },
  mpc: { name: "@audio/decode-mpc", decode: decodeMpc },
  ac3: { name: "@audio/decode-ac3", decode: decodeAc3 },
};

async function whole(decoder: FileDecoder, bytes: Uint8Array): Promise<Samples> {
  await decoder.ready;
  const samples = await decoder.decodeFile(bytes);
  decoder.free();
  return samples;
}

async function decodeMp3(bytes: Uint8Array): Promise<Samples> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  const samples = decoder.decode(bytes);
  decoder.free();
  return samples;
}
