/**
 * A folder of audio with known answers: MANIFEST.json lists { files: [{ file, sha256, truth: { tempo, beats, key … } }] }.
 * Only read, never written.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What is known of a file; null where nothing is. */
export interface Truth {
  /** BPM of the metre's beat. */
  tempo: number | null;
  /** "Eb minor". */
  key: string | null;
  /** Seconds. */
  beats: readonly number[] | null;
  /** LUFS, by ffmpeg to 0.1. */
  integrated: number | null;
  /** LU, by ffmpeg to 0.1. */
  range: number | null;
  /** dBTP, by ffmpeg to 0.1. */
  truePeak: number | null;
  /** Seconds: what the file's maker or ffmpeg counts. */
  duration: number | null;
}

export interface CorpusFile {
  /** Path in the corpus. */
  file: string;
  /** Absolute. */
  path: string;
  /** Of the content, in hex. */
  sha256: string;
  truth: Truth;
}

interface ManifestEntry {
  file: string;
  sha256: string;
  sampleRate?: number;
  decodedByFfmpeg?: number | null;
  truth?: {
    tempo?: number | null;
    key?: string | null;
    /** Path of a file with a beat a line: seconds, tab, place in the bar. */
    beats?: string | null;
    integratedLoudness?: number | null;
    loudnessRange?: number | null;
    truePeak?: number | null;
    samples?: number | null;
  };
}

/** `encodes/` is one piece in many formats: it counts once. */
const ONE_ENCODE = "encodes/piece-s16-mono.wav";
const NOT_COUNTED = /^(malformed|tagged|encodes)\//;

/** Every file with a known tempo or key that counts in statistics. */
export async function readCorpus(folder: string): Promise<CorpusFile[]> {
  const text = await readFile(join(folder, "MANIFEST.json"), "utf8");
  const { files } = JSON.parse(text) as { files: ManifestEntry[] };
  const counted = files.filter(
    ({ file, truth }) =>
      (!NOT_COUNTED.test(file) || file === ONE_ENCODE) && Boolean(truth?.tempo ?? truth?.key),
  );
  return await Promise.all(
    counted.map(async (entry) => ({
      file: entry.file,
      path: join(folder, entry.file),
      sha256: entry.sha256,
      truth: await truthOf(folder, entry),
    })),
  );
}

async function truthOf(
  folder: string,
  { sampleRate, decodedByFfmpeg, truth = {} }: ManifestEntry,
): Promise<Truth> {
  const samples = truth.samples ?? decodedByFfmpeg ?? null;
  return {
    tempo: truth.tempo ?? null,
    key: truth.key ?? null,
    beats: truth.beats ? await readBeats(join(folder, truth.beats)) : null,
    integrated: truth.integratedLoudness ?? null,
    range: truth.loudnessRange ?? null,
    truePeak: truth.truePeak ?? null,
    duration: samples !== null && sampleRate ? samples / sampleRate : null,
  };
}

/** Times in seconds of a beat file. */
async function readBeats(path: string): Promise<number[]> {
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  return lines.map((line) => Number.parseFloat(line));
}
