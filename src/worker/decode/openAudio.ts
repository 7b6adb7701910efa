/** The way from a file's first bytes to the decoder that takes it. */
import { DECODERS } from "./registry";
import { sniff } from "./signature";
import { MAX_CHANNELS, MAX_SAMPLE_RATE, type DecodedStream } from "./stream";
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

/** Hz. Telephones use 8 kHz, the fastest converters 768: what is far from that is a broken header. */
const MIN_SAMPLE_RATE = 1000;

function withSaneFormat(stream: DecodedStream): DecodedStream {
  const { sampleRate, channels } = stream.format;
  if (sampleRate >= MIN_SAMPLE_RATE && sampleRate <= MAX_SAMPLE_RATE && channels <= MAX_CHANNELS) {
    return stream;
  }
  stream.close();
  throw new AudioFailure(
    "corrupt",
    `The file says it has ${channels} channels at ${sampleRate} Hz, which can't be right. Export it again.`,
  );
}
