/** Renders pieces with FluidSynth and a General MIDI soundfont. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GAP, midiOf } from "./midi";
import type { Piece } from "./piece";

const SOUNDFONT = "/usr/share/sounds/sf2/FluidR3_GM.sf2";
/** Hz: what the onset curves hear of any file. */
export const RENDER_RATE = 22050;

export interface Room {
  /** 0–1; 0 is none. */
  reverb: number;
}

/** Why nothing can be rendered here, or null. */
export function missingPrograms(): string | null {
  for (const program of ["fluidsynth", "mma"]) {
    if (spawnSync(program, ["--version"]).error) return `${program} is not installed`;
  }
  return existsSync(SOUNDFONT) ? null : `${SOUNDFONT} (package fluid-soundfont-gm) is not installed`;
}

/** The sound of each piece, mono; as many samples as its seconds and GAP hold. */
export function render(pieces: readonly Piece[], { reverb }: Room): Float32Array[] {
  const folder = mkdtempSync(join(tmpdir(), "playlista-render-"));
  try {
    const midi = join(folder, "pieces.mid");
    const raw = join(folder, "pieces.raw");
    writeFileSync(midi, midiOf(pieces));
    const room = reverb > 0 ? ["-R", "1", "-o", `synth.reverb.room-size=${reverb}`] : ["-R", "0"];
    const format = ["-T", "raw", "-O", "s16", "-r", String(RENDER_RATE)];
    const options = ["-n", "-i", "-q", "-C", "0", "-g", "0.4", "-o", "synth.dynamic-sample-loading=1"];
    const { status, stderr } = spawnSync(
      "fluidsynth",
      [...options, ...room, ...format, "-F", raw, SOUNDFONT, midi],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`fluidsynth failed: ${stderr}`);
    return cutApart(readFileSync(raw), pieces);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function cutApart(raw: Buffer, pieces: readonly Piece[]): Float32Array[] {
  const stereo = new Int16Array(raw.buffer, raw.byteOffset, raw.length >> 1);
  let begin = 0;
  return pieces.map(({ seconds }) => {
    const first = Math.round(begin * RENDER_RATE);
    const samples = new Float32Array(Math.round((seconds + GAP) * RENDER_RATE));
    for (let i = 0; i < samples.length; i++) {
      const at = 2 * (first + i);
      samples[i] = ((stereo[at] ?? 0) + (stereo[at + 1] ?? 0)) / 65536;
    }
    begin += seconds + GAP;
    return samples;
  });
}
