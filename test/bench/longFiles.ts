/**
 * Whether memory stays flat however long a file is: ten hours of M4A (its index at the end), MP3, FLAC and WAV
 * (RF64), each decoded in a process of its own that says its resident memory at every tenth. With --analysis the
 * whole analysis runs over them, as a worker runs it.
 * Usage: npm run bench:long -- [HOURS] [--analysis] [--only=mp3,flac]
 * Takes 4 GB of the temporary folder for ten hours, and removes them.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAudio } from "../../src/worker/decode/openAudio";
import { FileSource } from "../../src/worker/FileSource";
import { fileAnalyzer } from "../accuracy/listen";
import { LONG_SOUNDS, writeLongSound } from "./longSounds";

/** MB above the process before it opens the file. */
const ALLOWED_MB = 64;
/** MB that a worker may have in all while it analyses. */
const ALLOWED_ANALYSIS_MB = 300;
const STEPS = 10;
/** As many files at a time. */
const LANES = 2;
/** Run this program again for one file. */
const DECODE = "--decode";
const ANALYZE = "--analyze";

interface Curve {
  /** MB before the file is opened. */
  idle: number;
  /** MB after each tenth of the sound. */
  tenths: number[];
  /** Highest MB seen at any block. */
  peak: number;
  /** Of decoded sound. */
  seconds: number;
  tookMs: number;
  /** Anything that the decoder complained of. */
  isWhole: boolean;
}

function residentMB(): number {
  return process.memoryUsage.rss() / 1e6;
}

async function decode(path: string, seconds: number): Promise<Curve> {
  const started = performance.now();
  const idle = residentMB();
  const source = await FileSource.open(path);
  const stream = await openAudio(source);
  const { sampleRate } = stream.format;
  const tenths: number[] = [];
  let samples = 0;
  let peak = idle;
  for await (const { length } of stream.blocks()) {
    samples += length;
    const now = residentMB();
    peak = Math.max(peak, now);
    if (samples / sampleRate >= (seconds * (tenths.length + 1)) / STEPS) tenths.push(now);
  }
  const { damage, endsEarly } = stream.summary();
  stream.close();
  await source.facts();
  await source.close();
  const isWhole = damage.length === 0 && !endsEarly && samples / sampleRate > seconds * 0.999;
  return { idle, tenths, peak, seconds: samples / sampleRate, tookMs: performance.now() - started, isWhole };
}

async function analyze(path: string, seconds: number): Promise<Curve> {
  const started = performance.now();
  const run = fileAnalyzer();
  const idle = residentMB();
  const seen: number[] = [];
  // The analyzer looks at it once a block.
  const signal = {
    get aborted() {
      seen.push(residentMB());
      return false;
    },
  };
  const { state, format, warnings } = await run(path, signal);
  const duration = format?.duration ?? 0;
  return {
    idle,
    tenths: Array.from(
      { length: STEPS },
      (_, i) => seen[Math.ceil((seen.length * (i + 1)) / STEPS) - 1] ?? 0,
    ),
    peak: process.resourceUsage().maxRSS / 1000,
    seconds: duration,
    tookMs: performance.now() - started,
    isWhole: state === "analyzed" && warnings.length === 0 && duration > seconds * 0.999,
  };
}

async function inProcess(mode: string, path: string, seconds: number): Promise<Curve> {
  const [, script = ""] = process.argv;
  const child = spawn(process.execPath, [script, mode, path, String(seconds)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  await once(child, "close");
  if (output === "") throw new Error(`${path} could not be ${mode === ANALYZE ? "analysed" : "decoded"}.`);
  return JSON.parse(output) as Curve;
}

function report(name: string, mode: string, { idle, tenths, peak, seconds, tookMs, isWhole }: Curve): void {
  const isAnalysis = mode === ANALYZE;
  const [used, allowed] = isAnalysis ? [peak, ALLOWED_ANALYSIS_MB] : [peak - idle, ALLOWED_MB];
  const verdict = used <= allowed && isWhole ? "PASS" : isWhole ? "over" : "NOT WHOLE";
  const curve = tenths.map((now) => (now - (isAnalysis ? 0 : idle)).toFixed(0).padStart(4)).join("");
  const speed = (seconds * 1000) / tookMs;
  const what = isAnalysis ? "in all" : "above it";
  console.log(
    `${name.padEnd(10)} ${(seconds / 3600).toFixed(2)} h, ${speed.toFixed(0)} × real time: idle ${idle.toFixed(0)} MB;` +
      ` ${what} at each tenth${curve}; peak ${used.toFixed(0)} MB of ${allowed}: ${verdict}`,
  );
  if (verdict !== "PASS") process.exitCode = 1;
}

async function main(args: readonly string[]): Promise<void> {
  const hours = Number(args.find((arg) => !arg.startsWith("-")) ?? 10);
  const mode = args.includes("--analysis") ? ANALYZE : DECODE;
  const only = args
    .find((arg) => arg.startsWith("--only="))
    ?.slice("--only=".length)
    .split(",");
  const folder = await mkdtemp(join(tmpdir(), "playlista-long-"));
  const waiting = LONG_SOUNDS.filter(({ name }) => only?.includes(name.split(".")[1] ?? "") ?? true);
  const lane = async (): Promise<void> => {
    for (let sound = waiting.shift(); sound; sound = waiting.shift()) {
      const path = await writeLongSound(sound, folder, hours * 3600);
      report(sound.name, mode, await inProcess(mode, path, hours * 3600));
      await rm(path);
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const [first = "", path = "", seconds] = process.argv.slice(2);
if (first === DECODE) console.log(JSON.stringify(await decode(path, Number(seconds))));
else if (first === ANALYZE) console.log(JSON.stringify(await analyze(path, Number(seconds))));
else await main(process.argv.slice(2));
