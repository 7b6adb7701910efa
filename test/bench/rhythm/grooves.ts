/**
 * Accompaniments by MMA (Musical MIDI Accompaniment): its styles with the tempos at which such music is written, and
 * pieces made of them.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../../fixtures/sound/random";
import { voicesOf } from "./midi";
import { oneOf, type Note, type Piece, type Voice } from "./piece";

const CACHE = join(tmpdir(), "playlista-tempo");
/** To be raised with what is made of a groove. */
const VERSION = 1;
const LIBRARY = "/usr/share/mma/lib";

interface Style {
  /** Of file names in the library, and of the BPM at which they are written. */
  files: RegExp;
  tempo: readonly [slowest: number, fastest: number];
  /** Quarters of MMA's a beat: dotted quarters, or half notes where it writes twice as long. */
  quarters?: number;
}

/** The first that fits a file counts; files that none fits are left out. */
const STYLES: readonly Style[] = [
  {
    files: /ending|intro|count|mide|none|afro-cuban|metronome|evansish|jazz-54|jazz04|desert|5-?4/,
    tempo: [0, 0],
  },
  { files: /stdlib.(68swing|arpeggio68|blues68)/, tempo: [54, 100], quarters: 3 },
  { files: /stdlib.68march/, tempo: [100, 132] },
  { files: /zoom.blues68/, tempo: [50, 90], quarters: 1.5 },
  { files: /68ballad|ballad68/, tempo: [0, 0] },
  { files: /ragtime/, tempo: [72, 104], quarters: 2 },
  { files: /dixiemarch|bwmarch|march/, tempo: [96, 132] },
  { files: /vienese/, tempo: [150, 200] },
  { files: /fastjazzwaltz/, tempo: [160, 210] },
  { files: /fastwaltz/, tempo: [150, 210] },
  { files: /jazzwaltz|frenchwaltz|modernjazzwaltz/, tempo: [120, 190] },
  { files: /waltz|bald34|rock34|blues34/, tempo: [84, 160] },
  { files: /slow(blues|jazz|spiritual|bolero|broadway|country|bigband|swing|rock|16beat)/, tempo: [56, 88] },
  { files: /ballad|hymn|lullaby|spiritual|serenade|bald|ambient|arpeggio44/, tempo: [56, 92] },
  {
    files:
      /bolero|beguine|rhumba|son\b|folkyjazz|folk\b|softrock|softshoe|mellow|rb\b|r\+b|rnb|soul|modernrb/,
    tempo: [76, 116],
  },
  { files: /hip-?hop|trip/, tempo: [78, 102] },
  { files: /reggae/, tempo: [66, 92] },
  { files: /dnb/, tempo: [160, 178] },
  { files: /punk|thr|ska|mtl|hrk/, tempo: [130, 190] },
  { files: /house|dance|disco|techno|trance|rave|boneym|electricpop/, tempo: [112, 142] },
  {
    files: /fast(blues|swing|bigband|twist)|bebop|bluegrass|gypsy|quickstep|jazzcountry|jazzbouncy/,
    tempo: [160, 232],
  },
  {
    files: /swing|jazz|bigband|basie|foxtrot|charleston|dixie|nitejazz|broadway|showtune|evans/,
    tempo: [116, 208],
  },
  { files: /polka|zydeco|jive|twist|2beatp|hillcountry|merengue|mambo/, tempo: [108, 176] },
  { files: /samba/, tempo: [88, 116], quarters: 1 },
  { files: /bossa|calypso|chacha|cuban|latin|lfusion|quando|tango/, tempo: [104, 148] },
  { files: /salsa|afro/, tempo: [84, 112], quarters: 1 },
  {
    files:
      /blues|shuffle|boggie|boogie|country|western|cntry|strut|rock|pop|beat|funk|fus|80s|60s|worldpop|motown|twi|highfive/,
    tempo: [84, 152],
  },
];

interface Groove {
  /** "casio/rock1:Rock1Plus". */
  name: string;
  style: Style;
}

/** All grooves of the library that have a style. */
export function allGrooves(): Groove[] {
  const folders = ["stdlib", "casio", "yamaha", "zoom", "alexis", "kara"];
  const files = folders.flatMap((folder) =>
    readdirSync(join(LIBRARY, folder))
      .filter((file) => file.endsWith(".mma"))
      .sort()
      .map((file) => `${folder}/${file.slice(0, -4)}`),
  );
  return files.flatMap((file) => {
    const style = STYLES.find(({ files }) => files.test(file));
    if (!style || style.tempo[0] === 0) return [];
    const text = readFileSync(join(LIBRARY, `${file}.mma`), "latin1");
    return [...text.matchAll(/^DefGroove\s+(\S+)/gm)]
      .map(([, name = ""]) => ({ name: `${file}:${name}`, style }))
      .filter(({ name }) => !/intro|end|fill|:none|metro/i.test(name.slice(file.length)));
  });
}

const SECONDS = [12, 24] as const;
const CHORDS = ["C", "Am", "F", "G7", "Dm", "Em", "C7", "F", "G", "Bb", "A7", "D7", "Dm7", "Cm7"] as const;
/** Some parts of the band may be silent, and an excerpt may begin in a bar's middle. */
const THIN = 0.15;
const CUT_IN = 0.3;

/** The groove as a piece, kept in the temporary folder once it was played; null where MMA can't play it. */
export function groovePiece(groove: Groove, number: number): Piece | null {
  const { name, style } = groove;
  const key = JSON.stringify([VERSION, name, number, style.tempo, style.quarters ?? 1]);
  const cached = join(CACHE, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`);
  if (existsSync(cached)) return JSON.parse(readFileSync(cached, "utf8")) as Piece | null;
  mkdirSync(CACHE, { recursive: true });
  const piece = playedPiece(groove, number);
  writeFileSync(cached, JSON.stringify(piece));
  return piece;
}

function playedPiece({ name, style }: Groove, number: number): Piece | null {
  const random = seededRandom(104729 * number + 7);
  const { tempo: range, quarters = 1 } = style;
  const tempo = range[0] * Math.exp(random() * Math.log(range[1] / range[0]));
  const seconds = SECONDS[0] + (SECONDS[1] - SECONDS[0]) * random();
  const beat = 60 / tempo;
  const bars = Math.ceil((seconds / beat) * quarters) + 4;
  const chords = Array.from({ length: 8 }, () => oneOf(CHORDS, random));
  const file = playedByMma([
    `RndSeed ${number}`,
    "Tempo 120",
    `Groove ${name}`,
    // Bars have two quarters at least: what is too much is cut off.
    ...Array.from({ length: Math.ceil(bars / 2) }, (_, bar) => `${bar + 1} ${chords[bar % 8] ?? "C"}`),
  ]);
  if (!file) return null;
  const all = voicesOf(file);
  const kept = all.filter(() => random() >= THIN);
  const begin = random() < CUT_IN ? -4 * beat * random() : random() < 0.5 ? 0 : beat * random();
  const voices = (kept.length > 0 ? kept : all).map((voice) =>
    inSeconds(voice, beat / quarters, begin, seconds),
  );
  const start = begin >= 0 ? begin : begin + Math.ceil(-begin / beat) * beat;
  const notes = voices.reduce((sum, voice) => sum + voice.notes.length, 0);
  return notes < (2 * seconds) / beat / 4 ? null : { genre: `mma ${name}`, tempo, start, seconds, voices };
}

function inSeconds(voice: Voice, quarter: number, begin: number, seconds: number): Voice {
  const notes: Note[] = voice.notes
    .map((note) => ({ ...note, at: begin + note.at * quarter, seconds: note.seconds * quarter }))
    .filter(({ at }) => at >= -0.02 && at < seconds - 0.02)
    .map((note) => ({ ...note, at: Math.max(0, note.at) }));
  return { ...voice, notes };
}

function playedByMma(lines: readonly string[]): Uint8Array | null {
  const folder = mkdtempSync(join(tmpdir(), "playlista-mma-"));
  try {
    const song = join(folder, "song.mma");
    writeFileSync(song, `${lines.join("\n")}\n`);
    const { status } = spawnSync("mma", [song, "-f", join(folder, "song.mid")], { stdio: "ignore" });
    return status === 0 ? readFileSync(join(folder, "song.mid")) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
