/** A few cheap instruments, enough that their beginnings look to the onset curves as those of real ones do. */

const TAU = 2 * Math.PI;

export type Sound =
  | "kick"
  | "snare"
  | "clap"
  | "hat"
  | "openHat"
  | "ride"
  | "rim"
  | "conga"
  | "cowbell"
  | "shaker"
  | "tick"
  | "bass"
  | "bassNote"
  | "pluck"
  | "chord"
  | "strum"
  | "stab"
  | "lead"
  | "voice"
  | "pad";

interface Noise {
  kind: "noise";
  /** 1/s. */
  decay: number;
  seconds: number;
  /** 0: white, 1: only its highs. */
  bright: number;
  /** Level of a tone of `hz` within. */
  tone?: number;
  hz?: number;
}

interface Tone {
  kind: "tone";
  decay: number;
  /** Seconds until full. */
  attack: number;
  /** Longest sound in seconds; it ends with the next note at the latest. */
  seconds: number;
  /** MIDI notes. */
  range: readonly [number, number];
  /** Notes at once. */
  notes: number;
  /** Strength of harmonic h is h to the power of −slope. */
  slope: number;
  harmonics: number;
}

const SOUNDS: Record<Sound, Noise | Tone | { kind: "kick" }> = {
  kick: { kind: "kick" },
  snare: { kind: "noise", decay: 22, seconds: 0.18, bright: 0.4, tone: 0.6, hz: 190 },
  clap: { kind: "noise", decay: 28, seconds: 0.15, bright: 0.6 },
  hat: { kind: "noise", decay: 70, seconds: 0.06, bright: 1 },
  openHat: { kind: "noise", decay: 14, seconds: 0.25, bright: 1 },
  ride: { kind: "noise", decay: 9, seconds: 0.4, bright: 1, tone: 0.15, hz: 3300 },
  rim: { kind: "noise", decay: 90, seconds: 0.05, bright: 0.5, tone: 0.8, hz: 1700 },
  conga: { kind: "noise", decay: 30, seconds: 0.12, bright: 0.1, tone: 1.5, hz: 220 },
  cowbell: { kind: "noise", decay: 18, seconds: 0.2, bright: 0.8, tone: 2, hz: 820 },
  shaker: { kind: "noise", decay: 40, seconds: 0.08, bright: 1 },
  tick: { kind: "noise", decay: 300, seconds: 0.02, bright: 0, tone: 3, hz: 1000 },
  bass: {
    kind: "tone",
    decay: 4,
    attack: 0.005,
    seconds: 0.4,
    range: [28, 45],
    notes: 1,
    slope: 1.2,
    harmonics: 8,
  },
  bassNote: {
    kind: "tone",
    decay: 3,
    attack: 0.006,
    seconds: 0.8,
    range: [33, 50],
    notes: 1,
    slope: 1.4,
    harmonics: 8,
  },
  pluck: {
    kind: "tone",
    decay: 5,
    attack: 0.004,
    seconds: 0.8,
    range: [60, 84],
    notes: 1,
    slope: 1.3,
    harmonics: 7,
  },
  chord: {
    kind: "tone",
    decay: 5,
    attack: 0.005,
    seconds: 0.5,
    range: [52, 70],
    notes: 3,
    slope: 1.4,
    harmonics: 6,
  },
  strum: {
    kind: "tone",
    decay: 7,
    attack: 0.004,
    seconds: 0.3,
    range: [50, 74],
    notes: 4,
    slope: 0.9,
    harmonics: 8,
  },
  stab: {
    kind: "tone",
    decay: 8,
    attack: 0.004,
    seconds: 0.25,
    range: [55, 76],
    notes: 4,
    slope: 0.8,
    harmonics: 9,
  },
  lead: {
    kind: "tone",
    decay: 1.5,
    attack: 0.015,
    seconds: 0.7,
    range: [62, 84],
    notes: 1,
    slope: 1,
    harmonics: 9,
  },
  voice: {
    kind: "tone",
    decay: 0.5,
    attack: 0.05,
    seconds: 2,
    range: [48, 79],
    notes: 1,
    slope: 1.2,
    harmonics: 7,
  },
  pad: {
    kind: "tone",
    decay: 0.2,
    attack: 0.2,
    seconds: 4,
    range: [50, 74],
    notes: 3,
    slope: 1.3,
    harmonics: 6,
  },
};

export interface Note {
  /** Seconds. */
  at: number;
  /** Seconds until the next note of the same part. */
  until: number;
  sound: Sound;
  /** Linear. */
  level: number;
  /** Place in the sound's range (0–1). */
  height: number;
}

/** Adds one note to `samples`; `random` gives 0–1. */
export function addNote(samples: Float32Array, sampleRate: number, note: Note, random: () => number): void {
  const sound = SOUNDS[note.sound];
  const first = Math.max(0, Math.round(note.at * sampleRate));
  if (sound.kind === "kick") addKick(samples, first, sampleRate, note.level);
  else if (sound.kind === "noise")
    addNoise(samples, first, sampleRate, { ...sound, level: note.level, random });
  else addTones(samples, first, sampleRate, { ...sound, note });
}

function addKick(samples: Float32Array, first: number, sampleRate: number, level: number): void {
  const length = Math.min(Math.round(0.18 * sampleRate), samples.length - first);
  for (let i = 0; i < length; i++) {
    const t = i / sampleRate;
    const wave = Math.exp(-18 * t) * Math.sin(TAU * (48 * t + (140 / 45) * (1 - Math.exp(-45 * t))));
    samples[first + i] = (samples[first + i] ?? 0) + level * wave;
  }
}

type LoudNoise = Noise & { level: number; random: () => number };

function addNoise(samples: Float32Array, first: number, sampleRate: number, noise: LoudNoise): void {
  const { decay, seconds, bright, tone = 0, hz = 0, level, random } = noise;
  const length = Math.min(Math.round(seconds * sampleRate), samples.length - first);
  let before = 0;
  for (let i = 0; i < length; i++) {
    const t = i / sampleRate;
    const white = 2 * random() - 1;
    const wave = white - bright * before + tone * Math.sin(TAU * hz * t);
    before = white;
    samples[first + i] = (samples[first + i] ?? 0) + 0.4 * level * Math.exp(-decay * t) * wave;
  }
}

function addTones(
  samples: Float32Array,
  first: number,
  sampleRate: number,
  tone: Tone & { note: Note },
): void {
  const { attack, decay, note, range, notes } = tone;
  const seconds = Math.min(tone.seconds, note.until - note.at + 0.03);
  const length = Math.min(Math.round(seconds * sampleRate), samples.length - first);
  const root = range[0] + Math.round(note.height * (range[1] - range[0]));
  for (let n = 0; n < notes; n++) {
    const hz = 440 * 2 ** ((root + ([0, 4, 7, 12][n] ?? 0) - 69) / 12);
    const count = Math.min(tone.harmonics, Math.floor((0.45 * sampleRate) / hz));
    const table = waveTable(tone.slope, count);
    const step = (hz * table.length) / sampleRate;
    for (let i = 0; i < length; i++) {
      const t = i / sampleRate;
      const shape = Math.min(1, t / attack, (length - i) / (0.02 * sampleRate)) * Math.exp(-decay * t);
      const value = table[Math.floor(i * step) % table.length] ?? 0;
      samples[first + i] = (samples[first + i] ?? 0) + (0.3 / notes) * note.level * shape * value;
    }
  }
}

const tables = new Map<string, Float32Array>();

function waveTable(slope: number, harmonics: number): Float32Array {
  const key = `${slope} ${harmonics}`;
  const known = tables.get(key);
  if (known) return known;
  const table = Float32Array.from({ length: 2048 }, (_, i) => {
    let sum = 0;
    for (let h = 1; h <= harmonics; h++) sum += Math.sin((TAU * h * i) / 2048) / h ** slope;
    return sum;
  });
  tables.set(key, table);
  return table;
}
