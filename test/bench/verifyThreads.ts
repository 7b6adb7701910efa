/**
 * Whether it makes no difference where files are analysed: the same files by threads, by processes and one by one,
 * every value of every result compared exactly. Only path and timing may differ. Ends with 1 when anything else
 * does, when a file fails, when there is no file, or when workers did not start.
 * Usage: npm run verify:threads -- [FOLDER or FILE…] [--workers=N] [--essentia]
 */
import { resolve } from "node:path";
import { findAudio } from "../../src/library/files/findAudio";
import type { ExecutorKind } from "../../src/shared/engineProtocol";
import { compareValues, type Comparison } from "./executors/compareValues";
import {
  answerOrders,
  AS_ENGINE,
  measuredRun,
  type Answered,
  type MeasuredRun,
} from "./executors/measuredRun";
import type { TreeMemory } from "./executors/memoryOfTree";

const EXECUTORS: readonly ExecutorKind[] = ["threads", "processes", "sequential"];
/** More would hide the first. */
const MAX_SHOWN = 10;

const COLUMNS: readonly [name: string, width: number][] = [
  ["executor", 12],
  ["workers", 9],
  ["files", 7],
  ["failed", 8],
  ["seconds", 9],
  ["files/s", 9],
  ["PSS, MB", 9],
  ["RSS, MB", 9],
  ["processes", 11],
];

function row(cells: readonly string[]): string {
  return cells
    .map((cell, i) => {
      const width = COLUMNS[i]?.[1] ?? 0;
      return i === 0 ? cell.padEnd(width) : cell.padStart(width);
    })
    .join("");
}

function describe(executor: ExecutorKind, { summary, answers, peak }: MeasuredRun): string {
  const seconds = summary.totalMs / 1000;
  const workers = new Set(answers.map(({ analysis }) => analysis.timing.workerId));
  return row([
    executor,
    String(workers.size),
    String(summary.asked),
    String(summary.failed),
    seconds.toFixed(1),
    (summary.asked / seconds).toFixed(2),
    ...memoryCells(peak),
  ]);
}

function memoryCells(peak: TreeMemory | null): string[] {
  if (peak === null) return ["–", "–", "–"];
  return [(peak.pss / 1e6).toFixed(0), (peak.rss / 1e6).toFixed(0), String(peak.processes)];
}

/** What is wrong with one run by itself. */
function faultsOf(executor: ExecutorKind, { summary, answers }: MeasuredRun): string[] {
  const faults = answers
    .filter(({ analysis }) => analysis.state !== "analyzed")
    .map(
      ({ analysis: { path, state, error } }) => `${path}: ${error?.code ?? state}, ${error?.message ?? ""}`,
    );
  if (summary.fellBack) faults.push("its workers did not start; the files were analysed one by one");
  if (answers.length !== summary.asked) faults.push(`${summary.asked} files, but ${answers.length} results`);
  return faults.map((fault) => `${executor}: ${fault}`);
}

function comparable({ analysis, view }: Answered): unknown {
  return { ...analysis, path: null, timing: null, view };
}

function compareRuns(one: MeasuredRun, other: MeasuredRun): Comparison {
  const twins = new Map(other.answers.map((answered) => [answered.analysis.path, answered]));
  const all: Comparison = { values: 0, differing: [] };
  for (const answered of one.answers) {
    const { path } = answered.analysis;
    const twin = twins.get(path);
    const { values, differing } = compareValues(comparable(answered), twin ? comparable(twin) : null);
    all.values += values;
    all.differing.push(...differing.map((name) => `${name} of ${path}`));
  }
  return all;
}

function fail(faults: readonly string[]): void {
  for (const fault of faults.slice(0, MAX_SHOWN)) console.log(`  ${fault}`);
  if (faults.length > MAX_SHOWN) console.log(`  … and ${faults.length - MAX_SHOWN} more`);
  if (faults.length > 0) process.exitCode = 1;
}

async function findFiles(given: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for await (const file of findAudio(given)) files.push(file);
  return files;
}

async function main(args: readonly string[]): Promise<void> {
  const given = args.filter((arg) => !arg.startsWith("--"));
  const paths = given.length > 0 ? given : ["example"];
  const workers = Number(args.find((arg) => arg.startsWith("--workers="))?.slice("--workers=".length) ?? 0);
  const files = await findFiles(paths);
  console.log(`${files.length} files of ${paths.map((path) => resolve(path)).join(", ")}`);
  if (files.length === 0) {
    fail(["There is nothing to verify."]);
    return;
  }
  console.log(row(COLUMNS.map(([name]) => name)));
  const runs: MeasuredRun[] = [];
  const faults: string[] = [];
  for (const executor of EXECUTORS) {
    const order = { executor, workers, files, essentia: args.includes("--essentia") };
    const run = await measuredRun(order, { measuresMemory: true });
    console.log(describe(executor, run));
    faults.push(...faultsOf(executor, run));
    runs.push(run);
  }
  const [threads, ...others] = runs;
  if (!threads) throw new Error("There is no run.");
  for (const [i, other] of others.entries()) {
    const { values, differing } = compareRuns(threads, other);
    const verdict = differing.length === 0 ? "none differs: PASS" : `${differing.length} differ: FAIL`;
    console.log(`threads and ${EXECUTORS[i + 1] ?? ""}: ${values} values compared, ${verdict}`);
    faults.push(...differing.map((each) => `threads and ${EXECUTORS[i + 1] ?? ""} differ: ${each}`));
  }
  fail(faults);
}

if (process.argv.includes(AS_ENGINE)) answerOrders();
else await main(process.argv.slice(2));
