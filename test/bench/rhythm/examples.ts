/** What the models are fitted on: a half of a corpus, and excerpts of it; what is invented is in inventions.ts and metronomes.ts. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { MonoMix } from "../../../src/analysis/dsp/MonoMix";
import { OnsetCurves } from "../../../src/analysis/rhythm/OnsetCurves";
import type { Curves } from "../../../src/analysis/rhythm/OnsetCurves";
import { halfOf, pieceOf } from "../../accuracy/halves";
import { seededRandom } from "../../fixtures/sound/random";
import { decodeFile } from "../decodeFile";

export interface Example {
  /** What must stay on one side when parts of the examples are left out; null: invented. */
  piece: string | null;
  /** Kind of invented music. */
  genre?: string;
  /** A cut from a longer example. */
  isCut: boolean;
  /** Of what one of its kind weighs in the fit; 1 when left out. */
  share?: number;
  /** BPM. */
  tempo: number;
  seconds: number;
  /** Seconds, where known. */
  beats: number[] | null;
  curves: Curves;
  frameRate: number;
}

/** Cuts taken from each longer piece, and their length in seconds. */
const CUTS = 2;
const CUT_SECONDS = [8, 14] as const;
const LONG_SECONDS = 16;

/** The files of one half (test/accuracy/halves.ts) whose tempo is known. */
export async function corpusExamples(corpus: string, half: "tune" | "report"): Promise<Example[]> {
  const text = await readFile(join(corpus, "MANIFEST.json"), "utf8");
  const { files } = JSON.parse(text) as {
    files: { file: string; truth?: { tempo?: number | null; beats?: string | null } }[];
  };
  const examples: Example[] = [];
  for (const { file, truth } of files) {
    const counts = !/^(malformed|tagged|encodes)\//.test(file) && halfOf(file) === half;
    if (!counts || !truth?.tempo) continue;
    const { channels, sampleRate } = await decodeFile(join(corpus, file));
    const mix = new MonoMix({ sampleRate, channels: channels.length });
    const onsets = new OnsetCurves(mix.sampleRate);
    mix.push(channels, channels[0]?.length ?? 0, (mono) => {
      onsets.push(mono);
    });
    const seconds = (channels[0]?.length ?? 0) / sampleRate;
    const beats = truth.beats ? await beatsIn(join(corpus, truth.beats), seconds) : null;
    const { frameRate } = onsets;
    examples.push({
      piece: pieceOf(file),
      isCut: false,
      tempo: truth.tempo,
      seconds,
      beats,
      curves: onsets.values(),
      frameRate,
    });
  }
  return examples;
}

async function beatsIn(path: string, seconds: number): Promise<number[]> {
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  return lines.map((line) => Number(line.split("\t")[0])).filter((time) => time < seconds);
}

/** The examples and, of each that is long, some cuts: another beginning and less to go by. */
export function withCuts(examples: readonly Example[]): Example[] {
  const random = seededRandom(3);
  return examples.flatMap((example) => {
    if (example.seconds < LONG_SECONDS) return [example];
    const cuts = Array.from({ length: CUTS }, () => {
      const length = CUT_SECONDS[0] + (CUT_SECONDS[1] - CUT_SECONDS[0]) * random();
      return cut(example, (example.seconds - length) * random(), length);
    });
    return [example, ...cuts];
  });
}

function cut(example: Example, from: number, seconds: number): Example {
  const { curves, frameRate, beats } = example;
  const first = Math.round(from * frameRate);
  const last = Math.round((from + seconds) * frameRate);
  const begin = first / frameRate;
  const piece = (curve: Float32Array) => curve.slice(first, last);
  return {
    ...example,
    isCut: true,
    seconds,
    beats: beats?.map((time) => time - begin).filter((time) => time > -0.02 && time < seconds) ?? null,
    curves: { full: piece(curves.full), bass: piece(curves.bass), treble: piece(curves.treble) },
  };
}
