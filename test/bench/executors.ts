/**
 * What threads and processes cost: starts, memory, files per second, and what a second worker gives. Printed beside
 * what Playlista's base document claimed without having measured it.
 * Usage: npm run bench:executors -- [--starts=25] [--rounds=1] [--small=600] [--large=8]
 * Speed is measured twice in each engine process: "cold" with the starts of the workers and V8's first look at the code,
 * "warm" by the same workers once more, as the rest of a large library is analysed. Wall-clock times: on a machine that
 * does other things at the same time, they are of that machine on that day.
 */
import { copyFileSync, mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { extname, join } from "node:path";
import { measuredRun } from "../../src/library/verify/measuredRun";
import type { ExecutorKind } from "../../src/shared/engineProtocol";
import { absolutePath, MUSIC } from "../accuracy/music";
import { writeMixedFiles } from "./executors/soundSets";
import { measureStarts, STARTS, type StartKind } from "./executors/starts";

const WORKER_COUNTS = [1, 2, 4, 8];
const POOLS: readonly ExecutorKind[] = ["threads", "processes"];
/** A worker of ours may take as many bare starts to be ready. */
const ALLOWED_START = 2;
const WANTED_MEMORY_SAVING = 0.4;
const WANTED_SCALING = 1.8;
/** s: single sounds and loops, and pieces of music. */
const SMALL_LENGTHS = [2, 3, 4, 5];
const LARGE_LENGTHS = [240, 300, 360];

const NAMES: Record<StartKind, string> = {
  bareThread: "thread, bare",
  readyThread: "thread, analyzer ready",
  bareProcess: "process, bare",
  readyProcess: "process, analyzer ready",
};

interface Options {
  starts: number;
  rounds: number;
  small: number;
  large: number;
}

function optionsOf(args: readonly string[]): Options {
  const options: Options = { starts: 25, rounds: 1, small: 600, large: 8 };
  for (const arg of args) {
    const [, name = "", value] = /^--(\w+)=(\d+)$/.exec(arg) ?? [];
    if (!(name in options)) throw new Error(`There is no ${arg}; see the head of this file.`);
    options[name as keyof Options] = Number(value);
  }
  return options;
}

async function benchStarts({ starts }: Options, folder: string): Promise<void> {
  const took = await measureStarts(starts, folder);
  console.log(`\nStart, ms; medians of ${starts}     median  fastest  slowest`);
  for (const kind of STARTS) {
    const values = [median(took[kind]), Math.min(...took[kind]), Math.max(...took[kind])];
    console.log(`  ${NAMES[kind].padEnd(26)}${values.map((ms) => ms.toFixed(1).padStart(9)).join("")}`);
  }
  const factor = median(took.readyThread) / median(took.bareThread);
  console.log("  claimed: thread 10–20 ms, process 100–500 ms");
  judge(
    `a thread that is ready takes ${factor.toFixed(1)} × a bare one`,
    factor <= ALLOWED_START,
    "at most 2 ×",
  );
}

async function benchMemory(files: readonly string[]): Promise<void> {
  console.log(
    `\nMemory of engine and workers, PSS in MB: highest while analysing ${files.length} files / warm after`,
  );
  console.log(`  workers${POOLS.map((executor) => executor.padStart(18)).join("")}   threads take less`);
  for (const workers of WORKER_COUNTS) {
    const peaks: number[] = [];
    const cells: string[] = [];
    for (const executor of POOLS) {
      const { peak, warm } = await measuredRun({ executor, workers, files }, { measuresMemory: true });
      if (!peak || !warm) {
        console.log("  This system does not say what processes share.");
        return;
      }
      peaks.push(peak.pss);
      cells.push(`${megabytes(peak.pss)} / ${megabytes(warm.pss)}`.padStart(18));
    }
    const [threads = 0, processes = 1] = peaks;
    const saving = 1 - threads / processes;
    console.log(`  ${String(workers).padStart(7)}${cells.join("")}${percent(saving).padStart(14)}`);
    if (workers === 4) judge("at 4 workers", saving >= WANTED_MEMORY_SAVING, "at least 40 % less");
  }
  console.log("  claimed: 30–50 % less with threads");
}

const LANES: readonly [executor: ExecutorKind, workers: number][] = [
  ["sequential", 1],
  ["threads", 1],
  ["threads", 2],
  ["processes", 1],
  ["processes", 2],
];

/** Files per second, by lane and round. */
interface Speeds {
  cold: number[][];
  warm: number[][];
}

async function benchSpeed(name: string, files: readonly string[], rounds: number): Promise<void> {
  const speeds = await measureSpeeds(name, files, rounds);
  console.log(`\nFiles per second, ${name}; medians of ${rounds}      cold     warm`);
  for (const [i, [executor, workers]] of LANES.entries()) {
    const cells = [speeds.cold[i], speeds.warm[i]].map((values) =>
      median(values ?? [])
        .toFixed(2)
        .padStart(9),
    );
    console.log(`  ${executor} ${workers}`.padEnd(52) + cells.join(""));
  }
  for (const executor of POOLS)
    for (const state of ["cold", "warm"] as const) {
      const ofLanes = speeds[state];
      const of = (workers: number): number =>
        median(ofLanes[LANES.findIndex(([kind, count]) => kind === executor && count === workers)] ?? []);
      const scaling = of(2) / of(1);
      const text = `${executor}, two workers against one, ${state}: ${scaling.toFixed(2)} ×`;
      judge(text, scaling >= WANTED_SCALING, "at least 1.8 × on two free processors");
    }
}

async function measureSpeeds(name: string, files: readonly string[], rounds: number): Promise<Speeds> {
  const speeds: Speeds = { cold: LANES.map(() => []), warm: LANES.map(() => []) };
  for (let round = 0; round < rounds; round++)
    for (const [i, [executor, workers]] of LANES.entries()) {
      const order = { executor, workers, files, again: true };
      const { summary, again } = await measuredRun(order, { measuresMemory: false });
      for (const run of [summary, again])
        if (run?.succeeded !== files.length || run.fellBack)
          throw new Error(`${executor} did not do ${name}.`);
      speeds.cold[i]?.push((files.length * 1000) / summary.totalMs);
      speeds.warm[i]?.push((files.length * 1000) / (again?.totalMs ?? NaN));
    }
  return speeds;
}

function judge(text: string, isMet: boolean, goal: string): void {
  console.log(`  ${text} (goal: ${goal}): ${isMet ? "PASS" : "missed"}`);
}

function copiesOfExample(folder: string): string[] {
  mkdirSync(folder);
  const music = MUSIC.filter(({ file }) => file.startsWith("example/")).map(absolutePath);
  return music.map((from, i) => {
    const path = join(folder, `${i}${extname(from)}`);
    copyFileSync(from, path);
    return path;
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = [sorted[middle - 1 + (sorted.length % 2)], sorted[middle]];
  return (low + high) / 2;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** How many processes wanted a processor in the last minute: more than there are, and times are not ours alone. */
function sayLoad(): void {
  const [lastMinute = 0] = loadavg();
  console.log(`\nLoad ${lastMinute.toFixed(1)} on ${availableParallelism()} processors`);
}

async function main(options: Options): Promise<void> {
  console.log(`Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}`);
  sayLoad();
  const folder = await mkdtemp(join(tmpdir(), "playlista-executors-"));
  try {
    await benchStarts(options, folder);
    await benchMemory(copiesOfExample(join(folder, "example")));
    const small = await writeMixedFiles(join(folder, "small"), options.small, SMALL_LENGTHS);
    await benchSpeed(`${small.length} files of 2–5 s`, small, options.rounds);
    const large = await writeMixedFiles(join(folder, "large"), options.large, LARGE_LENGTHS);
    await benchSpeed(`${large.length} files of 4–6 min`, large, options.rounds);
    console.log("\nclaimed: threads for reading and waiting, processes for arithmetic");
    sayLoad();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main(optionsOf(process.argv.slice(2)));
