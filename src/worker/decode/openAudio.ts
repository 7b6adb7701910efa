/** The way from a file's first bytes to the decoder that takes it. */
import { DECODERS } from "./registry";
import { sniff } from "./signature";
import { MAX_CHANNELS, type DecodedStream } from "./stream";
import { AudioFailure } from "../AudioFailure";
import type { FileSource } from "../FileSource";

/** Opens a file's audio for decoding, or throws an AudioFailure that says why it can't be. */
export async function openAudio(source: FileSource): Promise<DecodedStream> {
  if (source.size === 0) {
    throw new AudioFailure("empty", "The file has no bytes. Copy or download it again.");
  }
  const found = await sniff(source);
  switch (found.kind) {
    case "known":
      return withSaneFormat(await DECODERS[found.id].open(source, found.start));
    case "foreign":
      throw new AudioFailure(
        "unsupportedCodec",
        `This is ${found.name}, which can't be decoded yet. Convert it to FLAC, MP3, Ogg or WAV.`,
      );
    case "tagOnly":
      throw new AudioFailure("empty", "The file has a tag but no audio. Copy or download it again.");
    case "cutTag":
      throw new AudioFailure(
        "corrupt",
        "The file ends within its tag, before any audio. Copy or download it again.",
      );
    case "notAudio":
      throw new AudioFailure(
        "notAudio",
        found.looksLike
          ? `This is not audio: it looks like ${found.looksLike}. Remove it or fix its name.`
          : "This is not audio: nothing in it looks like a known format. Remove it or fix its name.",
      );
  }
}

/** Telephones use 8 kHz, the fastest converters 768 kHz: what is far from that is a broken header. */
const SAMPLE_RATES = [1000, 1_536_000] as const;

function withSaneFormat(stream: DecodedStream): DecodedStream {
  const { sampleRate, channels } = stream.format;
  if (sampleRate >= SAMPLE_RATES[0] && sampleRate <= SAMPLE_RATES[1] && channels <= MAX_CHANNELS) {
    return stream;
  }
  stream.close();
  throw new AudioFailure(
    "corrupt",
    `The file says it has ${channels} channels at ${sampleRate} Hz, which can't be right. Export it again.`,
  );
}
