/**
 * The formats that can be decoded, and the extensions a folder search takes for audio. Content decides what
 * a file is; the extension only whether it is looked at unasked.
 */
export interface AudioFormat {
  id:
    | "wav"
    | "flac"
    | "mp3"
    | "ogg"
    | "aiff"
    | "caf"
    | "wma"
    | "wavpack"
    | "tta"
    | "ac3"
    | "mp4"
    | "aac"
    | "musepack"
    | "matroska";
  label: string;
  extensions: readonly string[];
}

export const AUDIO_FORMATS: readonly AudioFormat[] = [
  { id: "wav", label: "WAV", extensions: ["wav", "wave", "rf64", "bwf"] },
  { id: "flac", label: "FLAC", extensions: ["flac"] },
  { id: "mp3", label: "MP3", extensions: ["mp3"] },
  { id: "ogg", label: "Ogg (Vorbis, Opus, FLAC)", extensions: ["ogg", "oga", "opus"] },
  { id: "aiff", label: "AIFF", extensions: ["aif", "aiff", "aifc"] },
  { id: "caf", label: "CAF (PCM, AAC, ALAC)", extensions: ["caf"] },
  { id: "wma", label: "WMA", extensions: ["wma"] },
  { id: "wavpack", label: "WavPack", extensions: ["wv"] },
  { id: "tta", label: "TTA", extensions: ["tta"] },
  { id: "ac3", label: "AC-3", extensions: ["ac3"] },
  { id: "mp4", label: "M4A, MP4 and MOV (AAC, ALAC)", extensions: ["m4a", "m4b"] },
  { id: "aac", label: "AAC (ADTS)", extensions: ["aac"] },
  { id: "musepack", label: "Musepack", extensions: ["mpc", "mpp"] },
  { id: "matroska", label: "Matroska and WebM audio", extensions: ["mka", "weba", "webm"] },
];

export const AUDIO_EXTENSIONS: readonly string[] = AUDIO_FORMATS.flatMap((format) => format.extensions);

export function hasAudioExtension(path: string): boolean {
  const dot = path.lastIndexOf(".");
  return dot >= 0 && AUDIO_EXTENSIONS.includes(path.slice(dot + 1).toLowerCase());
}
