/**
 * What the analysis costs: CPU per second of audio by group and as a whole, ours beside what other tools need for the
 * same, and peak memory. Rounds go through all tasks in turn, so that a busy machine is busy for all of them.
 * Usage: npm run bench:analysis [-- CORPUS] [--rounds=N] [--markdown]
 * Without a CORPUS it listens to the example folder. Peers are taken where they are installed (ffmpeg, aubio, and
 * Essentia and librosa in the Python that PLAYLISTA_PYTHON names). --markdown adds the README's table.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { servesAsChild } from "../accuracy/children";
import { printTable } from "../accuracy/scoreTable";
import type { Cost } from "./analysisCost";
import { ESSENTIA_JS_COST_ROLE, essentiaJsCostRole, ESSENTIA_JS_TASKS } from "./analysisEssentiaJs";
import { fileOf, OUR_COST_ROLE, OUR_TASKS, ourCost, ourCostRole } from "./analysisOurs";
import { makePiece, type BenchPiece } from "./analysisPiece";
import { findPrograms } from "./analysisPrograms";

const SECONDS = 120;
const ROUNDS = 3;
/** Of the table: group, tool and what it computes. */
const TEXT_COLUMNS = [0, 1, 6];

/** ms of CPU per second of audio that ours may take. */
const GOALS: Readonly<Record<string, number>> = {
  "loudness, true peak": 2,
  rhythm: 2,
  tonal: 1.5,
  "spectrum, timbre": 1.5,
  "whole, WAV": 7,
  "whole, MP3": 12.5,
};

interface Task {
  group: string;
  tool: string;
  what: string;
  seconds: number;
  measure: () => Promise<Cost | null> | Cost | null;
}

interface Row extends Task {
  /** ms of CPU per second of audio, a value a round. */
  costs: number[];
  /** MB, the highest of all rounds; NaN where it is not known. */
  peakMB: number;
}

async function main(args: readonly string[]): Promise<void> {
  const corpus = args.find((arg) => !arg.startsWith("-")) ?? null;
  const rounds = Number(args.find((arg) => arg.startsWith("--rounds="))?.split("=")[1] ?? ROUNDS);
  const folder = await mkdtemp(join(tmpdir(), "playlista-analysis-"));
  try {
    const piece = await makePiece(folder, corpus, SECONDS);
    const rows = tasksOf(piece).map((task): Row => ({ ...task, costs: [], peakMB: NaN }));
    for (let round = 0; round < rounds; round++) {
      for (const row of rows) await measure(row);
    }
    report(rows, rounds);
    if (args.includes("--markdown")) reportMarkdown(rows);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function tasksOf(piece: BenchPiece): Task[] {
  const ours = OUR_TASKS.map(([group, file]): Task => {
    const { path, seconds } = fileOf(piece, file);
    return { group, tool: "Playlista", what: "", seconds, measure: () => ourCost(group, path) };
  });
  const peers = [
    ...ESSENTIA_JS_TASKS,
    ...findPrograms((message) => {
      console.log(message);
    }),
  ].map(({ measure, ...of }): Task => ({ ...of, seconds: piece.seconds, measure: () => measure(piece) }));
  return [...ours, ...peers];
}

async function measure(row: Row): Promise<void> {
  const cost = await row.measure();
  if (!cost) return;
  row.costs.push(cost.cpuMs / row.seconds);
  row.peakMB = Math.max(Number.isNaN(row.peakMB) ? 0 : row.peakMB, cost.peakMB);
}

/** Groups in the order of ours, each with its peers under it. */
function report(rows: readonly Row[], rounds: number): void {
  const model = cpus()[0]?.model ?? "unknown processor";
  console.log(
    `\n${SECONDS} s of stereo at 44.1 kHz, medians of ${rounds} rounds; Node ${process.version}, ${model}`,
  );
  console.log("ms of CPU per second of audio; × is the cost against ours of the same group\n");
  const lines: string[][] = [["group", "tool", "ms/s", "×", "goal", "peak MB", "what"]];
  for (const group of new Set(rows.map((row) => row.group))) {
    const inGroup = rows.filter((row) => row.group === group);
    const ours = median(inGroup.find(({ tool }) => tool === "Playlista")?.costs ?? []);
    for (const [i, row] of inGroup.entries()) lines.push(lineOf(row, ours, i === 0));
  }
  printTable(lines, TEXT_COLUMNS);
}

/** A row a group that ours has: its cost, its goal, and what the others take. */
function reportMarkdown(rows: readonly Row[]): void {
  console.log("\n| ms/s | Playlista | goal | others |\n| --- | ---: | ---: | --- |");
  for (const { group, costs } of rows.filter(({ tool }) => tool === "Playlista")) {
    const ours = median(costs);
    const others = rows.flatMap((row) => {
      const cost = median(row.costs);
      if (row.group !== group || row.tool === "Playlista" || Number.isNaN(cost)) return [];
      return [`${row.tool} ${row.what}: ${cost.toFixed(1)} (× ${(cost / ours).toFixed(1)})`];
    });
    console.log(`| ${group} | ${ours.toFixed(1)} | ${GOALS[group] ?? ""} | ${others.join("; ")} |`);
  }
}

function lineOf({ group, tool, what, costs, peakMB }: Row, ours: number, isFirst: boolean): string[] {
  const cost = median(costs);
  const isOurs = tool === "Playlista";
  const goal = isOurs ? GOALS[group] : undefined;
  const verdict = goal === undefined ? "" : `${goal} ${cost <= goal ? "met" : "MISSED"}`;
  const shown = Number.isNaN(cost) ? "failed" : cost.toFixed(2);
  const ratio = isOurs || Number.isNaN(cost / ours) ? "" : (cost / ours).toFixed(1);
  const isWhole = group.startsWith("whole") || group.startsWith("decode");
  const memory = isWhole && !Number.isNaN(peakMB) ? peakMB.toFixed(0) : "";
  return [isFirst ? group : "", tool, shown, ratio, verdict, memory, what];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle) - 1] ?? NaN)) / 2;
}

const isChild = await servesAsChild({
  [OUR_COST_ROLE]: ourCostRole,
  [ESSENTIA_JS_COST_ROLE]: essentiaJsCostRole,
});
if (!isChild) await main(process.argv.slice(2));
