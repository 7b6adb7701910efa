/** What the analysis bench listens to: real stereo pieces at 44.1 kHz, one after the other, as WAV and as MP3. */
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readCorpus } from "../accuracy/corpus";
import { absolutePath, MUSIC } from "../accuracy/music";
import { wavBytes } from "../fixtures/sound/wavBytes";
import { decodeFile } from "./decodeFile";
import { FFMPEG } from "./encodes";
import { LONG_SOUNDS, writeLongSound } from "./longSounds";

const SAMPLE_RATE = 44100;
/** Of each piece, so that one piece's sound does not decide. */
const SECONDS_EACH = 30;

export interface BenchPiece {
  wav: string;
  mp3: string;
  /** Of sound in the WAV. */
  seconds: number;
  /** The MP3 may have another length, where no encoder is installed. */
  mp3Seconds: number;
}

/** Writes both into `folder`: of a corpus' recorded music, or of the shipped example folder. */
export async function makePiece(folder: string, corpus: string | null, seconds: number): Promise<BenchPiece> {
  const sources = corpus === null ? MUSIC.map(absolutePath) : await recordedMusic(corpus);
  const left = new Float32Array(seconds * SAMPLE_RATE);
  const right = new Float32Array(seconds * SAMPLE_RATE);
  let filled = 0;
  while (filled < left.length) {
    const before = filled;
    for (const path of sources) {
      const { channels, sampleRate } = await decodeFile(path);
      const [first, second] = channels;
      if (sampleRate !== SAMPLE_RATE || !first || !second) continue;
      const length = Math.min(first.length, SECONDS_EACH * SAMPLE_RATE, left.length - filled);
      left.set(first.subarray(0, length), filled);
      right.set(second.subarray(0, length), filled);
      filled += length;
    }
    if (filled === before) throw new Error("There is no stereo music at 44.1 kHz to listen to.");
  }
  const wav = join(folder, "piece.wav");
  await writeFile(wav, wavBytes([left, right], SAMPLE_RATE));
  return { wav, seconds, ...(await encode(wav, folder, seconds)) };
}

async function encode(
  wav: string,
  folder: string,
  seconds: number,
): Promise<Pick<BenchPiece, "mp3" | "mp3Seconds">> {
  const mp3 = join(folder, "piece.mp3");
  const args = ["-v", "error", "-y", "-i", wav, "-c:a", "libmp3lame", "-b:a", "192k", mp3];
  if (spawnSync(FFMPEG, args).status === 0) return { mp3, mp3Seconds: seconds };
  const sound = LONG_SOUNDS.find(({ name }) => name.endsWith(".mp3"));
  if (!sound) throw new Error("There is no MP3 to listen to.");
  return { mp3: await writeLongSound(sound, folder, seconds), mp3Seconds: seconds };
}

async function recordedMusic(corpus: string): Promise<string[]> {
  const files = await readCorpus(corpus);
  return files.flatMap(({ file, path }) => (file.startsWith("music/") ? [path] : []));
}
