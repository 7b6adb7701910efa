/** Which media types to ask the editor's browser about: what the file was found to be, else its extension. */
import type { FormatFacts } from "../../shared/analysis";

const BY_EXTENSION: Readonly<Record<string, string>> = {
  wav: "audio/wav",
  wave: "audio/wav",
  rf64: "audio/wav",
  bwf: "audio/wav",
  flac: "audio/flac",
  mp3: "audio/mpeg",
  ogg: "audio/ogg",
  oga: "audio/ogg",
  opus: 'audio/ogg; codecs="opus"',
};

const BY_CODEC: Readonly<Record<string, string>> = {
  flac: "audio/flac",
  mp3: "audio/mpeg",
  pcm: "audio/wav",
  vorbis: 'audio/ogg; codecs="vorbis"',
  opus: 'audio/ogg; codecs="opus"',
};

/** Null when neither tells. */
export function mediaType(fileName: string, format: FormatFacts | null): string | null {
  const codec = format?.codec.toLowerCase() ?? "";
  if (codec === "flac" && format?.container.toLowerCase() === "ogg") return 'audio/ogg; codecs="flac"';
  const extension = fileName.slice(fileName.lastIndexOf(".") + 1).toLowerCase();
  return BY_CODEC[codec] ?? BY_EXTENSION[extension] ?? null;
}
