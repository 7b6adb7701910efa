/** Which media types to ask the editor's browser about: what the file was found to be, else its extension. */
import type { Analysis, FormatFacts } from "../../shared/analysis";
import type { PageState } from "../../shared/pageProtocol";

/** Before an analysis. */
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
  m4a: "audio/mp4",
  m4b: "audio/mp4",
  aac: "audio/aac",
};

const AAC = "mp4a.40.2";

/** Container, then codec, both in small letters. What is not here no browser plays. */
const BY_FORMAT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  wave: { pcm: "audio/wav", "pcm float": "audio/wav" },
  flac: { flac: "audio/flac" },
  mpeg: { mp3: "audio/mpeg" },
  ogg: {
    vorbis: 'audio/ogg; codecs="vorbis"',
    opus: 'audio/ogg; codecs="opus"',
    flac: 'audio/ogg; codecs="flac"',
  },
  adts: { aac: "audio/aac", "he-aac": "audio/aac", "he-aac v2": "audio/aac" },
  mp4: {
    aac: `audio/mp4; codecs="${AAC}"`,
    "he-aac": `audio/mp4; codecs="${AAC}"`,
    "he-aac v2": `audio/mp4; codecs="${AAC}"`,
    flac: 'audio/mp4; codecs="flac"',
    opus: 'audio/mp4; codecs="opus"',
  },
  matroska: { vorbis: 'audio/webm; codecs="vorbis"', opus: 'audio/webm; codecs="opus"' },
};

/** Null when there is nothing to play or nothing to tell it by. */
export function mediaType(fileName: string, format: FormatFacts | null): string | null {
  if (format) return BY_FORMAT[format.container.toLowerCase()]?.[format.codec.toLowerCase()] ?? null;
  const extension = fileName.slice(fileName.lastIndexOf(".") + 1).toLowerCase();
  return BY_EXTENSION[extension] ?? null;
}

/** False when there is no file, or one in which no sound was found. */
export function isSound(state: PageState, facts: Analysis | null): boolean {
  if (state.kind === "gone" || (state.kind === "analyzed" && state.fileState === "gone")) return false;
  return state.kind !== "failed" || (facts?.format ?? null) !== null;
}
