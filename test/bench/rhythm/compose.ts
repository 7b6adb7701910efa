/** Invents pieces of known tempo in the manner of the genres: the same number, the same piece. */
import { seededRandom } from "../../fixtures/sound/random";
import { BANDS } from "./genres/bands";
import { ELECTRONIC } from "./genres/electronic";
import type { Genre, Part } from "./genres/genre";
import { LOOPS } from "./genres/loops";
import { phraseOnsets, swung } from "./onsets";
import { oneOf, type Note, type Piece, type Voice } from "./piece";
import { inventHarmony, pitchesAt, type Harmony } from "./pitches";
import { ENSEMBLES, INSTRUMENTS, KITS, type Sound } from "./sounds";

const PHRASES = [1, 2, 2, 4] as const;
const SECONDS = [12, 26] as const;
/** Voices of an ensemble, from the top. */
const ENSEMBLE: readonly Sound[] = ["soprano", "alto", "tenor", "lowest"];
/** Of music that is made of loops this share is one: a few bars, some parts. */
const LOOP_SHARES = new Map([
  [BANDS, 0.4],
  [ELECTRONIC, 0.45],
  [LOOPS, 0.75],
]);
const LOOP_SECONDS = [1.3, 8] as const;
/** Some loops are cut badly: by up to this share of their length. */
const BADLY_CUT = 0.2;
const CUT_OFF = 0.06;
/** This share begins in the middle. */
const CUT_IN = 0.3;

/** The piece of this number in the manner of a genre. */
export function inventPiece(genre: Genre, number: number): Piece {
  const letters = Array.from(genre.name, (letter) => letter.charCodeAt(0));
  const random = seededRandom(letters.reduce((sum, code) => (31 * sum + code) % 1e6, number));
  const [slowest, fastest] = genre.tempo;
  const tempo = slowest * Math.exp(random() * Math.log(fastest / slowest));
  const loops = loopShare(genre);
  const isLoop = loops > 0 && random() < loops;
  const beat = 60 / tempo;
  const bar = genre.beats * beat;
  const seconds = isLoop ? loopSeconds(bar, random) : SECONDS[0] + (SECONDS[1] - SECONDS[0]) * random();
  const begin = isLoop ? 0 : beginning(bar, random);
  const bars = Math.ceil((seconds - begin) / bar);
  const music: Music = { genre, bars, lead: [], random, ...manner(genre, random) };
  const parts = isLoop ? someOf(genre.parts, random) : keptOf(genre, random);
  const voices = join(parts.flatMap((part, p) => voiceOf(part, p, music)));
  for (const voice of voices) voice.notes = inSeconds(voice.notes, { beat, begin, seconds });
  const start = begin >= 0 ? begin : begin + Math.ceil(-begin / beat) * beat;
  return { genre: genre.name, tempo, start, seconds, voices };
}

function loopShare(genre: Genre): number {
  return [...LOOP_SHARES].find(([genres]) => genres.includes(genre))?.[1] ?? 0;
}

function loopSeconds(bar: number, random: () => number): number {
  const [least, most] = LOOP_SECONDS;
  const fewest = Math.ceil(least / bar);
  const doubles = [1, 2, 4].map((times) => times * fewest * bar).filter((length) => length <= most);
  const exact = oneOf(doubles.length > 0 ? doubles : [fewest * bar], random);
  return random() < BADLY_CUT ? exact * (1 + CUT_OFF * (2 * random() - 1)) : exact;
}

/** Seconds of the first bar: at once, after a rest, or before the excerpt begins. */
function beginning(bar: number, random: () => number): number {
  const chance = random();
  if (chance < CUT_IN) return -4 * bar * random();
  return chance < 0.65 ? 0 : 0.5 * bar * random();
}

interface Manner {
  swing: number;
  /** Bars. */
  phrase: number;
  cadence: number | null;
  canon: number | null;
  harmony: Harmony;
  ensemble: (typeof ENSEMBLES)[number];
  kit: number;
  /** How much louder a bar's and a beat's first note is, in velocities. */
  accent: number;
  /** Beats by which notes may be early or late. */
  looseness: number;
}

interface Music extends Manner {
  genre: Genre;
  bars: number;
  /** Places of the first part, which those that follow in canon take over. */
  lead: number[];
  random: () => number;
}

function manner(genre: Genre, random: () => number): Manner {
  const [straight, swung] = genre.swing ?? [0.5, 0.5];
  const phrase = oneOf(genre.phrase ?? PHRASES, random);
  const cadence = genre.cadence && random() < 0.8 ? oneOf(genre.cadence, random) : null;
  const every = oneOf(genre.harmony ?? [genre.beats, genre.beats, genre.beats / 2, 4 * genre.beats], random);
  return {
    swing: straight + (swung - straight) * random(),
    phrase,
    cadence,
    canon: genre.canon ? oneOf(genre.canon, random) : null,
    harmony: inventHarmony(every, Math.max(4, phrase) * genre.beats, random),
    ensemble: oneOf(ENSEMBLES, random),
    kit: oneOf(KITS, random),
    accent: random() < 0.5 ? 0 : 30 * random(),
    looseness: random() < 0.6 ? 0 : 0.03 * random() * random(),
  };
}

function keptOf({ parts, thin = 0.25 }: Genre, random: () => number): readonly Part[] {
  const kept = parts.filter(() => random() >= thin);
  return kept.length > 0 ? kept : [oneOf(parts, random)];
}

/** One to three. */
function someOf(parts: readonly Part[], random: () => number): readonly Part[] {
  const count = oneOf([1, 1, 2, 3], random);
  return [...parts].sort(() => random() - 0.5).slice(0, count);
}

function voiceOf(part: Part, index: number, music: Music): Voice[] {
  const { genre, bars, phrase, canon, harmony, ensemble, kit, random } = music;
  const { role, programs, range, lasts } = INSTRUMENTS[part.sound];
  const isFollowing = canon !== null && index > 0 && part.cells !== undefined && part.sound !== "lowest";
  const places = isFollowing
    ? music.lead
    : phraseOnsets(part, genre, { length: phrase, cadence: music.cadence }, random);
  const pitches = pitchesAt(places, { role, range, harmony }, random);
  if (index === 0) music.lead = places;
  const drum = role === "drum" && programs !== "ensemble" ? oneOf(programs, random) : null;
  const late = isFollowing ? index * canon * genre.beats : 0;
  const velocity = 92 * (part.level ?? 1) * (0.55 + 0.5 * random());
  const share = lasts[0] + (lasts[1] - lasts[0]) * random();
  const notes: Note[] = [];
  const length = phrase * genre.beats;
  const step = part.cells ? 0.5 : genre.beats / Math.max(1, part.bars?.[0]?.length ?? 1);
  for (let begin = late; begin < bars * genre.beats; begin += length) {
    for (const [i, place] of places.entries()) {
      const until = places[i + 1] ?? length + (places[0] ?? 0);
      const at = begin + swung(place, music.swing, step) + music.looseness * (2 * random() - 1);
      const weight = place % genre.beats < 0.01 ? 1 : place % 1 < 0.01 ? 0.4 : 0;
      const loud = Math.max(20, Math.min(127, velocity + music.accent * weight + 8 * (random() - 0.5)));
      for (const pitch of drum === null ? (pitches[i] ?? []) : [drum])
        notes.push({ at, seconds: share * (until - place), pitch, velocity: Math.round(loud) });
    }
  }
  const program =
    programs === "ensemble" ? (ensemble[ENSEMBLE.indexOf(part.sound)] ?? 0) : oneOf(programs, random);
  return [{ program: drum === null ? program : kit, isDrums: drum !== null, notes }];
}

/** All drums in one voice. */
function join(voices: readonly Voice[]): Voice[] {
  const drums = voices.filter(({ isDrums }) => isDrums);
  const [first] = drums;
  const others = voices.filter(({ isDrums }) => !isDrums);
  return first ? [...others, { ...first, notes: drums.flatMap(({ notes }) => notes) }] : others;
}

function inSeconds(
  notes: readonly Note[],
  { beat, begin, seconds }: { beat: number; begin: number; seconds: number },
): Note[] {
  return notes
    .map((note) => ({ ...note, at: begin + note.at * beat, seconds: Math.max(0.04, note.seconds * beat) }))
    .filter(({ at }) => at > -0.02 && at < seconds - 0.02)
    .map((note) => ({ ...note, at: Math.max(0, note.at) }));
}
