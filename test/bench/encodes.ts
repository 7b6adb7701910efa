/** The files that the decoding bench decodes: one piece in all formats, made by ffmpeg where it is installed. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { extname, join } from "node:path";

/** Programs that need not be there. */
export const FFMPEG = "ffmpeg";
const MPCENC = "mpcenc";

export interface Encode {
  label: string;
  path: string;
}

/** Label, extension and ffmpeg's arguments. */
const FORMATS: readonly (readonly [label: string, extension: string, args: string])[] = [
  ["WAV 16", "wav", "-c:a pcm_s16le"],
  ["WAV float", "float.wav", "-c:a pcm_f32le"],
  ["AIFF 16", "aiff", "-c:a pcm_s16be"],
  ["AIFF 24", "24.aiff", "-c:a pcm_s24be"],
  ["CAF 16", "caf", "-c:a pcm_s16le"],
  ["FLAC", "flac", "-c:a flac"],
  ["WavPack", "wv", "-c:a wavpack"],
  ["TTA", "tta", "-c:a tta"],
  ["ALAC", "alac.m4a", "-c:a alac"],
  ["AAC (M4A)", "m4a", "-c:a aac -b:a 160k"],
  ["AAC (ADTS)", "aac", "-c:a aac -b:a 160k"],
  ["MP3", "mp3", "-c:a libmp3lame -b:a 192k"],
  ["Vorbis", "ogg", "-c:a libvorbis -q:a 5"],
  ["Opus", "opus", "-c:a libopus -b:a 128k"],
  ["Opus in WebM", "webm", "-c:a libopus -b:a 128k"],
  ["WMA 2", "wma", "-c:a wmav2 -b:a 160k"],
  ["AC-3", "ac3", "-c:a ac3 -b:a 192k"],
];

export function hasFfmpeg(): boolean {
  return spawnSync(FFMPEG, ["-version"]).status === 0;
}

/** Encodes `source`, repeated to so many seconds, into `folder`; Musepack only where its encoder is installed. */
export function makeEncodes(source: string, folder: string, seconds: number): Encode[] {
  const made: Encode[] = [];
  for (const [label, extension, args] of FORMATS) {
    const path = join(folder, `piece.${extension}`);
    if (run(FFMPEG, ["-v", "error", "-y", ...repeated(source, seconds), ...args.split(" "), path])) {
      made.push({ label, path });
    }
  }
  const musepack = join(folder, "piece.mpc");
  if (run(MPCENC, ["--overwrite", join(folder, "piece.wav"), musepack])) {
    made.push({ label: "Musepack", path: musepack });
  }
  return made;
}

function repeated(source: string, seconds: number): string[] {
  return ["-stream_loop", "-1", "-i", source, "-t", String(seconds), "-map", "0:a", "-map_metadata", "-1"];
}

function run(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args).status === 0;
}

/** Without ffmpeg: the corpus' own encodes, which are short, so that starting a decoder weighs more. */
export function findEncodes(folder: string): Encode[] {
  return readdirSync(folder)
    .filter((name) => extname(name) !== "")
    .map((name) => ({ label: name, path: join(folder, name) }));
}
