/** Musepack, stream versions 7 and 8, by libmpcdec. */
import { AudioFailure } from "../../AudioFailure";
import type { FileSource } from "../../FileSource";
import { ByteCursor } from "../ByteCursor";
import { MusepackDecoder } from "./musepackDecoder";
import { corruptMusepack, parseHead7, parseHead8 } from "./musepackHeader";
import { MusepackPacketReader } from "./musepackPackets";
import { Musepack7Stream } from "./musepackStream7";
import { Musepack8Stream } from "./musepackStream8";
import { MUSEPACK } from "../decoderSources";
import type { Account, AudioDecoder, DecodedStream } from "../stream";

/** A file of version 7 must be held as a whole: its frames need all those before them. */
const MAX_BYTES_7 = 96 * 1024 * 1024;

export const musepack: AudioDecoder = {
  id: "musepack",
  signatures: [[{ text: "MPCK" }], [{ text: "MP+" }]],
  decoders: [MUSEPACK],
  async open(source, start): Promise<DecodedStream> {
    const head = await source.read(start, 4);
    return head[3] === 0x4b ? openVersion8(source, start) : openVersion7(source, start, (head[3] ?? 0) & 15);
  },
};

async function openVersion8(source: FileSource, start: number): Promise<DecodedStream> {
  const reader = new MusepackPacketReader(new ByteCursor(source, start + 4));
  const first = await reader.next();
  if (first?.key !== "SH") throw corruptMusepack();
  const head = parseHead8(first);
  const decoder = await MusepackDecoder.create();
  const stream = await Musepack8Stream.start(reader, head, decoder);
  return describe(decoder, stream.account, () => stream.blocks());
}

async function openVersion7(source: FileSource, start: number, version: number): Promise<DecodedStream> {
  if (version !== 7) {
    throw new AudioFailure(
      "unsupportedCodec",
      "The file is of a version of Musepack before 7, which can't be decoded. Convert it to FLAC or MP3.",
    );
  }
  if (source.size > MAX_BYTES_7) {
    throw new AudioFailure(
      "tooLarge",
      "The file is too large for its version of Musepack (7). Convert it to version 8, which is possible without loss.",
    );
  }
  const head = await source.read(start, 24);
  if (head.length < 24) throw corruptMusepack();
  const decoder = await MusepackDecoder.create();
  const stream = await Musepack7Stream.start(source, start, parseHead7(head), decoder);
  return describe(decoder, stream.account, () => stream.blocks());
}

function describe(
  decoder: MusepackDecoder,
  account: Account,
  blocks: DecodedStream["blocks"],
): DecodedStream {
  return {
    format: {
      container: "Musepack",
      codec: "Musepack",
      lossless: false,
      sampleRate: decoder.sampleRate,
      channels: decoder.channels,
      bitDepth: null,
    },
    blocks,
    summary: () => account.summary(),
    close: () => undefined,
  };
}
