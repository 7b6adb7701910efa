/** Music of known tempo and key: the shipped example folder and fixtures. The truth is that of the scores. */
import { join } from "node:path";

const PROJECT = join(import.meta.dirname, "../..");

export interface KnownMusic {
  /** Path from the project's folder. */
  file: string;
  /** BPM of the metre's beat; a listener may rightly feel its double or half. */
  tempo: number;
  /** Null: has none. */
  key: string | null;
}

export const MUSIC: readonly KnownMusic[] = [
  { file: "example/Classical/Bach - Prelude in C major.ogg", tempo: 76, key: "C major" },
  { file: "example/Classical/Grieg - In the Hall of the Mountain King.m4a", tempo: 138, key: "B minor" },
  { file: "example/Classical/Petzold - Minuet in G.mp3", tempo: 126, key: "G major" },
  { file: "example/Folk/Greensleeves.flac", tempo: 66, key: "A minor" },
  { file: "example/Folk/Korobeiniki.opus", tempo: 148, key: "A minor" },
  { file: "example/Grooves/Drum and Bass.ogg", tempo: 174, key: "D minor" },
  { file: "example/Jazz and Ragtime/Joplin - The Entertainer.ogg", tempo: 80, key: "C major" },
  {
    file: "example/Jazz and Ragtime/When the Saints Go Marching In.mp3",
    tempo: 184,
    key: "F major",
  },
  { file: "test/fixtures/audio/groove-rock-142.ogg", tempo: 142, key: "E major" },
  { file: "test/fixtures/audio/own-mountain-king-eb-minor.ogg", tempo: 152, key: "Eb minor" },
  { file: "test/fixtures/audio/sonicpi-loop-perc1-tiled.ogg", tempo: 97, key: null },
];

export function absolutePath({ file }: KnownMusic): string {
  return join(PROJECT, file);
}
