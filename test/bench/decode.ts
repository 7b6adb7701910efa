/**
 * How fast each format is decoded: by us, by the installed packages' own whole-file decoders and by ffmpeg, in
 * one run, and how much memory it takes us.
 * Usage: node scripts/run.mjs test/bench/decode.ts CORPUS_DIR [SECONDS]
 * CORPUS_DIR holds encodes/piece-stereo-10s.flac.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { openAudio } from "../../src/worker/decode/openAudio";
import { FileSource } from "../../src/worker/FileSource";
import { FFMPEG, findEncodes, hasFfmpeg, makeEncodes, type Encode } from "./encodes";
import { OTHER_DECODERS } from "./otherDecoders";

const ROUNDS = 5;
/** Runs this program again for one file, so that memory is that of one decoder. */
const MEASURE = "--memory";

/** Seconds of sound in the file. */
async function decodeByUs(path: string): Promise<number> {
  const source = await FileSource.open(path);
  try {
    const stream = await openAudio(source);
    for await (const { length } of stream.blocks()) if (length === 0) break;
    const { decodedSamples } = stream.summary();
    stream.close();
    return decodedSamples / stream.format.sampleRate;
  } finally {
    await source.close();
  }
}

async function decodeByOther(path: string): Promise<number | null> {
  const other = OTHER_DECODERS[extname(path).slice(1)];
  if (!other) return null;
  try {
    await other.decode(readFileSync(path));
    return 1;
  } catch (error) {
    console.log(`${other.name}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/**
 * Shortest of several times of each, ms; null for what can't be done. They take turns, so that whatever else the
 * machine does comes to all of them.
 */
async function fastest(works: readonly (() => Promise<unknown>)[]): Promise<(number | null)[]> {
  const best: (number | null)[] = works.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, work] of works.entries()) {
      const before = best[i] ?? null;
      if (before === null) continue;
      const started = performance.now();
      const isDone = (await work()) !== null;
      best[i] = isDone ? Math.min(before, performance.now() - started) : null;
    }
  }
  return best;
}

function decodeByFfmpeg(path: string): Promise<true | null> {
  const args = ["-v", "error", "-threads", "1", "-i", path, "-map", "0:a:0", "-c:a", "pcm_f32le"];
  const { status } = spawnSync(FFMPEG, [...args, "-f", "null", "-"]);
  return Promise.resolve(status === 0 ? true : null);
}

/** Peak resident memory of a process that decodes this file, MB. */
function peakMemory(path: string): number {
  const [, script = ""] = process.argv;
  const { stdout } = spawnSync(process.execPath, [script, MEASURE, path], { encoding: "utf8" });
  return Number(stdout);
}

async function row({ label, path }: Encode): Promise<string> {
  const seconds = await decodeByUs(path);
  const works = [() => decodeByUs(path), () => decodeByOther(path), () => decodeByFfmpeg(path)];
  const [ours = null, other = null, ffmpeg = null] = await fastest(works);
  const speed = (ms: number | null): string => (ms === null ? "–" : ((seconds * 1000) / ms).toFixed(0));
  const ratio = (ms: number | null): string => (ms === null || ours === null ? "–" : (ms / ours).toFixed(2));
  const cells = [
    speed(ours),
    speed(other),
    ratio(other),
    speed(ffmpeg),
    ratio(ffmpeg),
    `${peakMemory(path)}`,
  ];
  return [label.padEnd(14), ...cells.map((cell) => cell.padStart(9))].join("");
}

async function main([corpus, seconds = "180"]: string[]): Promise<void> {
  if (!corpus) throw new Error("usage: node scripts/run.mjs test/bench/decode.ts CORPUS_DIR [SECONDS]");
  const folder = mkdtempSync(join(tmpdir(), "playlista-decode-"));
  try {
    const source = join(corpus, "encodes", "piece-stereo-10s.flac");
    const files = hasFfmpeg()
      ? makeEncodes(source, folder, Number(seconds))
      : findEncodes(join(corpus, "encodes"));
    console.log(
      "× real time, best of 5 in turns; ratios: ours to the other's speed; peak memory of a process, MB",
    );
    const heads = ["ours", "package", "ratio", "ffmpeg", "ratio", "MB"];
    console.log(["format".padEnd(14), ...heads.map((head) => head.padStart(9))].join(""));
    for (const file of files) console.log(await row(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [first, ...rest] = process.argv.slice(2);
if (first === MEASURE && rest[0]) {
  await decodeByUs(rest[0]);
  console.log(Math.round(process.resourceUsage().maxRSS / 1000));
} else {
  await main([first ?? "", ...rest]);
}
