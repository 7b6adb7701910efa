/** Invents pieces of known tempo in the manner of the genres: the same number, the same piece. */
import { seededRandom } from "../../fixtures/sound/random";
import { GENRES } from "./genres";
import type { Genre, Part } from "./genres";
import { addNote } from "./synth";

export interface InventedPiece {
  genre: string;
  /** BPM. */
  tempo: number;
  /** Seconds of the first beat; the others follow at the tempo. */
  start: number;
  samples: Float32Array;
}

/** Bars that differ before the phrase comes again. */
/** Share of the steps at which a bar departs from its phrase. */
const MUTATION = 0.012;
const PHRASE_BARS = [1, 2, 2, 4] as const;

/** The piece of this number, mono. Every fourth is a short loop of whole bars. */
export function inventPiece(number: number, sampleRate: number): InventedPiece {
  const random = seededRandom(7919 * number + 13);
  const genre = GENRES[number % GENRES.length];
  if (!genre) throw new Error("no genres");
  const [slowest, fastest] = genre.tempo;
  const tempo = slowest * Math.exp(random() * Math.log(fastest / slowest));
  const bar = (60 * genre.beats) / tempo;
  const isLoop = Math.floor(number / GENRES.length) % 4 === 3;
  const seconds = isLoop ? loopSeconds(bar, random) : 14 + 16 * random();
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  const start = isLoop || random() < 0.5 ? 0 : random() * 0.5 * bar;
  const [straight, swung] = genre.swing ?? [0.5, 0.5];
  const swing = straight + (swung - straight) * random();
  const looseness = 0.012 * random() * random();
  const phrase = PHRASE_BARS[Math.floor(random() * PHRASE_BARS.length)] ?? 2;
  for (const part of chosenParts(genre, random)) {
    play(samples, part, { sampleRate, bar, start, seconds, swing, looseness, phrase, random });
  }
  const floor = 0.003 * random() * random();
  for (let i = 0; i < samples.length; i++) samples[i] = 0.3 * (samples[i] ?? 0) + floor * (2 * random() - 1);
  return { genre: genre.name, tempo, start, samples };
}

function loopSeconds(bar: number, random: () => number): number {
  const least = Math.ceil(1.4 / bar);
  return bar * least * (random() < 0.5 ? 1 : 2);
}

function chosenParts({ parts, thin = 0.25 }: Genre, random: () => number): Part[] {
  const kept = parts.filter(() => random() >= thin);
  if (kept.length > 0) return kept;
  const only = parts[Math.floor(random() * parts.length)];
  return only ? [only] : [];
}

interface Playing {
  sampleRate: number;
  /** Seconds. */
  bar: number;
  start: number;
  seconds: number;
  swing: number;
  /** Seconds. */
  looseness: number;
  phrase: number;
  random: () => number;
}

function play(samples: Float32Array, part: Part, how: Playing): void {
  const { sampleRate, bar, start, seconds, swing, looseness, phrase, random } = how;
  const pattern = part.bars[Math.floor(random() * part.bars.length)] ?? "";
  const level = (part.level ?? 1) * (0.35 + 0.9 * random());
  const accent = 0.3 * random();
  const bars = Array.from({ length: phrase }, () => Array.from(pattern, (step) => random() < chance(step)));
  const step = bar / pattern.length;
  const times: { at: number; strong: boolean }[] = [];
  for (let b = 0; start + b * bar < seconds; b++) {
    for (const [s, sounds] of (bars[b % phrase] ?? []).entries()) {
      if (sounds === random() < MUTATION) continue;
      const late = s % 2 === 1 ? (2 * swing - 1) * step : 0;
      const at = start + b * bar + s * step + late + looseness * (2 * random() - 1);
      if (at < seconds - 0.02) times.push({ at, strong: s === 0 });
    }
  }
  let height = random();
  for (const [i, { at, strong }] of times.entries()) {
    height = Math.min(1, Math.max(0, height + 0.35 * (random() - 0.5)));
    const loud = level * (strong ? 1 + accent : 1) * (0.85 + 0.3 * random());
    const until = times[i + 1]?.at ?? seconds;
    addNote(samples, sampleRate, { at, until, sound: part.sound, level: loud, height }, random);
  }
}

function chance(step: string): number {
  return step === "x" ? 1 : step === "." ? 0 : Number(step) / 10;
}
