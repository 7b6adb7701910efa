/** Sets of sounds to count files per second with: many that are small, and few that are large. */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { wavBytes } from "../../fixtures/sound/wavBytes";
import { LONG_SOUNDS, writeLongSound } from "../longSounds";

const SAMPLE_RATE = 44100;
const SMALL_SECONDS = 2;
/** Notes of a scale from A3, Hz. */
const NOTES = [220, 246.9, 261.6, 293.7, 329.6, 349.2, 392];

/** Short WAV files, each a note with a stroke every half second. */
export function writeSmallFiles(folder: string, count: number): string[] {
  mkdirSync(folder);
  return Array.from({ length: count }, (_, i) => {
    const path = join(folder, `${i}.wav`);
    const note = soundOf(NOTES[i % NOTES.length] ?? 220);
    writeFileSync(path, wavBytes([note, note], SAMPLE_RATE));
    return path;
  });
}

function soundOf(frequency: number): Float32Array {
  return Float32Array.from({ length: SMALL_SECONDS * SAMPLE_RATE }, (_, i) => {
    const sinceStroke = (i % (SAMPLE_RATE / 2)) / SAMPLE_RATE;
    return 0.5 * Math.exp(-4 * sinceStroke) * Math.sin((2 * Math.PI * frequency * i) / SAMPLE_RATE);
  });
}

/** MP3 and FLAC files in turn, and the lengths (s) in turn. */
export async function writeMixedFiles(
  folder: string,
  count: number,
  lengths: readonly number[],
): Promise<string[]> {
  mkdirSync(folder);
  const made: string[] = [];
  for (const seconds of lengths)
    for (const sound of LONG_SOUNDS.filter(({ name }) => /\.(mp3|flac)$/.test(name))) {
      const place = join(folder, String(seconds));
      mkdirSync(place, { recursive: true });
      made.push(await writeLongSound(sound, place, seconds));
    }
  return Array.from({ length: count }, (_, i) => {
    const from = made[i % made.length] ?? "";
    const path = join(folder, `${i}${extname(from)}`);
    copyFileSync(from, path);
    return path;
  });
}
