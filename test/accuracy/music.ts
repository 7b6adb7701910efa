/** Music with known answers: the shipped example folder and fixtures. Tempo, beats and keys are those of the scores. */
import { join } from "node:path";

const PROJECT = join(import.meta.dirname, "../..");

export interface KnownMusic {
  /** Path from the project's folder. */
  file: string;
  /** BPM of the metre's beat; a listener may rightly feel its double or half. */
  tempo: number;
  /** Of the first beat in seconds, and how many follow each other at `tempo`; null where nobody wrote them down. */
  beats: readonly [first: number, count: number] | null;
  /** Null: has none. */
  key: string | null;
  /** LUFS and dBTP as ffmpeg's ebur128 reads them, to 0.1. */
  levels: readonly [integrated: number, truePeak: number];
  /** Samples a channel that ffmpeg decodes, and their rate in Hz. */
  length: readonly [samples: number, sampleRate: number];
}

export const MUSIC: readonly KnownMusic[] = [
  {
    file: "example/Classical/Bach - Prelude in C major.ogg",
    tempo: 76,
    beats: [0, 76],
    key: "C major",
    levels: [-15.6, -2.4],
    length: [2712150, 44100],
  },
  {
    file: "example/Classical/Grieg - In the Hall of the Mountain King.m4a",
    tempo: 138,
    beats: [0, 72],
    key: "B minor",
    levels: [-15.7, -2.1],
    length: [1446912, 44100],
  },
  {
    file: "example/Classical/Petzold - Minuet in G.mp3",
    tempo: 126,
    beats: [0, 96],
    key: "G major",
    levels: [-13.1, -1.1],
    length: [2082150, 44100],
  },
  {
    file: "example/Folk/Greensleeves.flac",
    tempo: 66,
    beats: [0.30303, 32],
    key: "A minor",
    levels: [-14.8, -1.5],
    length: [988606, 32000],
  },
  {
    file: "example/Folk/Korobeiniki.opus",
    tempo: 148,
    beats: [0, 96],
    key: "A minor",
    levels: [-14.6, -1.6],
    length: [1940108, 48000],
  },
  {
    file: "example/Grooves/Drum and Bass.ogg",
    tempo: 174,
    beats: [0, 98],
    key: "D minor",
    levels: [-15.8, -1.5],
    length: [1556425, 44100],
  },
  {
    file: "example/Jazz and Ragtime/Joplin - The Entertainer.ogg",
    tempo: 80,
    beats: [0, 34],
    key: "C major",
    levels: [-15.9, -1.4],
    length: [1190700, 44100],
  },
  {
    file: "example/Jazz and Ragtime/When the Saints Go Marching In.mp3",
    tempo: 184,
    beats: [0, 136],
    key: "F major",
    levels: [-14.9, -1.7],
    length: [2021889, 44100],
  },
  {
    file: "test/fixtures/audio/groove-rock-142.ogg",
    tempo: 142,
    beats: [0, 66],
    key: "E major",
    levels: [-18.3, -0.9],
    length: [1295980, 44100],
  },
  {
    file: "test/fixtures/audio/own-mountain-king-eb-minor.ogg",
    tempo: 152,
    beats: [0, 72],
    key: "Eb minor",
    levels: [-19, -1.6],
    length: [1319518, 44100],
  },
  {
    file: "test/fixtures/audio/sonicpi-loop-perc1-tiled.ogg",
    tempo: 97,
    beats: null,
    key: null,
    levels: [-12.9, 0.5],
    length: [872912, 44100],
  },
];

export function absolutePath({ file }: KnownMusic): string {
  return join(PROJECT, file);
}

/** Seconds of each beat. */
export function beatsOf({ tempo, beats }: KnownMusic): number[] {
  const [first, count] = beats ?? [0, 0];
  return Array.from({ length: count }, (_, i) => first + (i * 60) / tempo);
}
