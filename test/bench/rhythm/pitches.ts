/** Keys, chords and lines of invented music. */
import { oneOf } from "./piece";
import type { Role } from "./sounds";

const MAJOR = [0, 2, 4, 5, 7, 9, 11] as const;
const MINOR = [0, 2, 3, 5, 7, 8, 10] as const;
/** Degrees (0 is the tonic) to which each degree likes to go. */
const FOLLOWING: readonly (readonly number[])[] = [
  [3, 4, 5, 1, 0],
  [4, 4, 6, 3],
  [5, 3],
  [4, 0, 1, 4],
  [0, 0, 5, 3],
  [1, 3, 4, 2],
  [0, 2],
];

export interface Harmony {
  /** Pitch class of the tonic. */
  tonic: number;
  scale: readonly number[];
  /** Beats from chord to chord. */
  every: number;
  /** Degree of each chord's root; they come again from the first. */
  roots: readonly number[];
}

export function inventHarmony(every: number, beats: number, random: () => number): Harmony {
  const count = Math.max(1, Math.round(beats / every));
  const roots = [0];
  while (roots.length < count) roots.push(oneOf(FOLLOWING[roots.at(-1) ?? 0] ?? [0], random));
  return { tonic: Math.floor(12 * random()), scale: random() < 0.6 ? MAJOR : MINOR, every, roots };
}

/** Degrees of the chord at a beat, root first. */
function chordAt({ every, roots }: Harmony, beat: number): number[] {
  const root = roots[Math.floor(beat / every + 1e-6) % roots.length] ?? 0;
  return [root, root + 2, root + 4];
}

/** MIDI notes of the chord at a beat that lie in a range. */
function chordNotes(harmony: Harmony, beat: number, [lowest, highest]: readonly [number, number]): number[] {
  const classes = chordAt(harmony, beat).map((degree) => classOf(harmony, degree));
  return notesIn(lowest, highest).filter((note) => classes.includes(note % 12));
}

function classOf({ tonic, scale }: Harmony, degree: number): number {
  return (tonic + (scale[degree % 7] ?? 0)) % 12;
}

function notesIn(lowest: number, highest: number): number[] {
  return Array.from({ length: highest - lowest + 1 }, (_, i) => lowest + i);
}

export interface Line {
  role: Role;
  range: readonly [number, number];
  harmony: Harmony;
}

/** What sounds at each place (in beats): one list of MIDI notes for each. */
export function pitchesAt(
  places: readonly number[],
  { role, range, harmony }: Line,
  random: () => number,
): number[][] {
  const scale = notesIn(...range).filter((note) =>
    harmony.scale.some((step) => (harmony.tonic + step) % 12 === note % 12),
  );
  const size = 2 + Math.floor(3 * random());
  const shape = oneOf(
    [
      [0, 1, 2],
      [0, 1, 2, 3],
      [0, 2, 1, 2],
      [2, 1, 0],
      [0, 1, 2, 1],
    ],
    random,
  );
  let at = Math.floor(scale.length * (0.3 + 0.4 * random()));
  return places.map((place, i) => {
    const chord = chordNotes(harmony, place, range);
    if (role === "chord") return chordFrom(chord, size, random);
    if (role === "arpeggio") return [chord[(shape[i % shape.length] ?? 0) % chord.length] ?? 60];
    if (role === "bass") return [bassNote(chord, harmony, place, random)];
    at = Math.max(0, Math.min(scale.length - 1, at + oneOf([-2, -1, -1, 1, 1, 2, 0, 3, -3], random)));
    const note = scale[at] ?? 60;
    return [place % 1 < 0.01 && random() < 0.8 ? nearestOf(chord, note) : note];
  });
}

function chordFrom(chord: readonly number[], size: number, random: () => number): number[] {
  const first = Math.floor(Math.max(1, chord.length - size) * 0.6 * random());
  return chord.slice(first, first + size);
}

function bassNote(chord: readonly number[], harmony: Harmony, place: number, random: () => number): number {
  const [root = 0] = chordAt(harmony, place);
  const isFirst = Math.abs(place / harmony.every - Math.round(place / harmony.every)) < 0.01;
  const wanted = classOf(harmony, root + (isFirst || random() < 0.4 ? 0 : oneOf([2, 4, 4], random)));
  return chord.find((note) => note % 12 === wanted) ?? chord[0] ?? 40;
}

function nearestOf(notes: readonly number[], to: number): number {
  return notes.reduce(
    (best, note) => (Math.abs(note - to) < Math.abs(best - to) ? note : best),
    notes[0] ?? to,
  );
}
