/**
 * The same pieces made harder for key detection: detuned, transposed, under drums, through narrow codecs, from
 * the middle. Functions on mono samples, the same for the same name of a piece; only the codecs need a program.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { KEY_NAMES } from "../../src/shared/analysis";
import { addClick } from "../fixtures/sound/clicks";
import { seededRandom } from "../fixtures/sound/random";
import { resample } from "./resample";
import { pitchClass } from "./scores";

interface Mono {
  samples: Float32Array;
  /** Hz. */
  sampleRate: number;
}

/** What is known of a piece: its name, which seeds the changes, and its key ("Eb minor"). */
interface KeyTruth {
  name: string;
  key: string;
}

interface HarderPiece {
  pcm: Mono;
  /** The key that is right now. */
  key: string;
}

export interface Harder {
  name: string;
  /** The piece made harder, or null where the program for it (ffmpeg) is not installed. */
  apply(pcm: Mono, truth: KeyTruth): HarderPiece | null;
}

const FFMPEG = "ffmpeg";
/** A drum loop is as loud as the music that it is mixed into, by RMS. */
const DRUM_GAIN = 1;
const MOST_CENTS = 40;
const SHORTEST_REST_SECONDS = 10;

export const HARDER: readonly Harder[] = [
  { name: "detuned", apply: detuned },
  { name: "transposed", apply: transposed },
  { name: "drums", apply: withDrums },
  { name: "mp3 32k", apply: (pcm, { key }) => coded(pcm, key, ["-c:a", "libmp3lame", "-b:a", "32k"], "mp3") },
  { name: "opus 16k", apply: (pcm, { key }) => coded(pcm, key, ["-c:a", "libopus", "-b:a", "16k"], "ogg") },
  { name: "from the middle", apply: fromTheMiddle },
  { name: "all at once", apply: allAtOnce },
];

/** Up or down by 10 to 40 cents. */
function detuned(pcm: Mono, { name, key }: KeyTruth): HarderPiece {
  const random = randomFor(name, "detuned");
  const cents = (random() < 0.5 ? -1 : 1) * (10 + (MOST_CENTS - 10) * random());
  return { pcm: faster(pcm, 2 ** (cents / 1200)), key };
}

/** Up or down by one to five semitones, tempo with it, as a record player does. */
function transposed(pcm: Mono, { name, key }: KeyTruth): HarderPiece {
  const random = randomFor(name, "transposed");
  const semitones = (random() < 0.5 ? -1 : 1) * (1 + Math.floor(5 * random()));
  return { pcm: faster(pcm, 2 ** (semitones / 12)), key: transposedKey(key, semitones) };
}

/** With a drum pattern of its own tempo over it. */
function withDrums({ samples, sampleRate }: Mono, { name, key }: KeyTruth): HarderPiece {
  const random = randomFor(name, "drums");
  const drums = drumPattern(samples.length / sampleRate, sampleRate, random);
  const gain = (DRUM_GAIN * rms(samples)) / rms(drums);
  return { pcm: { samples: samples.map((x, i) => x + gain * (drums[i] ?? 0)), sampleRate }, key };
}

/** Begins anywhere between a fifth and three fifths, and leaves at least ten seconds. */
function fromTheMiddle({ samples, sampleRate }: Mono, { name, key }: KeyTruth): HarderPiece {
  const share = 0.2 + 0.4 * randomFor(name, "middle")();
  const latest = samples.length - SHORTEST_REST_SECONDS * sampleRate;
  const from = Math.max(0, Math.min(Math.round(share * samples.length), latest));
  return { pcm: { samples: samples.slice(from), sampleRate }, key };
}

/** From the middle, transposed, detuned, with drums, through MP3 at 32 kbit/s. */
function allAtOnce(pcm: Mono, { name, key }: KeyTruth): HarderPiece | null {
  let piece: HarderPiece = { pcm, key };
  for (const step of [fromTheMiddle, transposed, detuned, withDrums]) {
    piece = step(piece.pcm, { name: `${name} in all`, key: piece.key });
  }
  return coded(piece.pcm, piece.key, ["-c:a", "libmp3lame", "-b:a", "32k"], "mp3");
}

/** Encoded and decoded again by ffmpeg. */
function coded(pcm: Mono, key: string, codec: readonly string[], format: string): HarderPiece | null {
  const raw = ["-f", "f32le", "-ac", "1", "-ar", String(pcm.sampleRate)];
  const bytes = Buffer.from(pcm.samples.buffer, pcm.samples.byteOffset, pcm.samples.byteLength);
  const encoded = ffmpeg([...raw, "-i", "-", ...codec, "-f", format, "-"], bytes);
  const decoded = encoded && ffmpeg(["-i", "-", ...raw, "-"], encoded);
  if (!decoded) return null;
  const samples = new Float32Array(new Uint8Array(decoded).buffer, 0, Math.floor(decoded.length / 4));
  return { pcm: { samples, sampleRate: pcm.sampleRate }, key };
}

/** Null when it is not installed. */
function ffmpeg(args: readonly string[], input: Buffer): Buffer | null {
  const options = { input, maxBuffer: 2 ** 30 };
  const { error, status, stdout, stderr } = spawnSync(FFMPEG, ["-v", "error", ...args], options);
  if (error && "code" in error && error.code === "ENOENT") return null;
  if (error || status !== 0) throw new Error(`ffmpeg failed: ${String(stderr)}`, { cause: error });
  return stdout;
}

/** Played `factor` times as fast: higher and shorter. */
function faster({ samples, sampleRate }: Mono, factor: number): Mono {
  return { samples: resample(samples, factor), sampleRate };
}

/** Kick, snare and hats in eighths, at 80 to 170 BPM. */
function drumPattern(seconds: number, sampleRate: number, random: () => number): Float32Array {
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  const eighth = 30 / (80 + 90 * random());
  for (let step = 0; step * eighth < seconds - 0.2; step++) {
    const at = step * eighth;
    const beat = step % 8;
    if (beat === 0 || beat === 4 || (beat === 3 && random() < 0.5)) {
      addClick(samples, sampleRate, { at, sound: "kick", amplitude: 1 });
    }
    if (beat === 2 || beat === 6) addClick(samples, sampleRate, { at, sound: "noise", amplitude: 0.8 });
    addClick(samples, sampleRate, { at, sound: "noise", amplitude: 0.15 + 0.1 * random() });
  }
  return samples;
}

function transposedKey(key: string, semitones: number): string {
  const [name = "", mode = ""] = key.split(" ");
  return `${KEY_NAMES[(pitchClass(name) + semitones + 12) % 12] ?? ""} ${mode}`;
}

function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}

function randomFor(name: string, change: string): () => number {
  return seededRandom(createHash("sha256").update(`${change}: ${name}`).digest().readUInt32LE(0));
}
