/** Invented pieces as examples: rendered in batches, heard once, and what was heard kept in the temporary folder. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OnsetCurves } from "../../../src/analysis/rhythm/OnsetCurves";
import { seededRandom } from "../../fixtures/sound/random";
import type { Example } from "./examples";
import { render, RENDER_RATE } from "./fluidsynth";
import { midiOf } from "./midi";
import type { Piece } from "./piece";
import { roughened } from "./roughen";

const CACHE = join(tmpdir(), "playlista-tempo");
/** To be raised with OnsetCurves and with how sound is roughened. */
const VERSION = 1;
const REVERBS = [0, 0, 0.2, 0.5] as const;

/** A batch of pieces; `number` chooses the room and how the sound is roughened. */
export function renderedExamples(pieces: readonly Piece[], number: number): Example[] {
  const reverb = REVERBS[number % REVERBS.length] ?? 0;
  const hash = createHash("sha256")
    .update(midiOf(pieces))
    .update(JSON.stringify([VERSION, reverb, number]));
  const cached = join(CACHE, `${hash.digest("hex").slice(0, 32)}.bin`);
  mkdirSync(CACHE, { recursive: true });
  if (!existsSync(cached)) writeFileSync(cached, heardOf(pieces, reverb, number));
  const bytes = readFileSync(cached);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let at = 0;
  return pieces.map(({ tempo, start, genre }) => {
    const [seconds = 0, frameRate = 0, length = 0] = values.subarray(at, at + 3);
    const curve = (c: number) => values.slice(at + 3 + c * length, at + 3 + (c + 1) * length);
    const curves = { full: curve(0), bass: curve(1), treble: curve(2) };
    at += 3 + 3 * length;
    const count = Math.max(0, Math.ceil(((seconds - start) * tempo) / 60));
    const beats = Array.from({ length: count }, (_, beat) => start + (beat * 60) / tempo);
    return { piece: null, genre, isCut: false, tempo, seconds, beats, curves, frameRate };
  });
}

/** Seconds, frame rate, length and the three curves of each. */
function heardOf(pieces: readonly Piece[], reverb: number, number: number): Uint8Array {
  const random = seededRandom(number + 1);
  const parts = render(pieces, { reverb }).map((samples, p) => {
    // A loop is cut where it begins again; others are cut or fade.
    const seconds = pieces[p]?.seconds ?? 0;
    const isCut = seconds < 9 || random() < 0.5;
    const sound = roughened(isCut ? samples.subarray(0, Math.round(seconds * RENDER_RATE)) : samples, random);
    const onsets = new OnsetCurves(RENDER_RATE);
    onsets.push(sound);
    const { full, bass, treble } = onsets.values();
    const head = [sound.length / RENDER_RATE, onsets.frameRate, full.length];
    return Buffer.concat(
      [Float32Array.from(head), full, bass, treble].map((part) => Buffer.from(part.slice().buffer)),
    );
  });
  return Buffer.concat(parts);
}
